package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.boundary.FileSecret.Found;
import org.oathbound.commandline.control.CountedBody;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.InterruptMessage;
import org.oathbound.commandline.control.JobWatch;
import org.oathbound.commandline.control.MultipartBody;
import org.oathbound.commandline.control.ProgressBar;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.SeedFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Imports a seed file, or says what would become of it.")
final class ImportCommand extends ServiceCommand {

    private static final String CREATE = "application/vnd.pingidentity.job.oathtokens.create+json";

    @Parameters(paramLabel = "FILE", description = "The seed file.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}; needed unless the file's name ends with .json, or with .xml"
                    + " or .pskc for PSKC.")
    private @Nullable SeedFormat format;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Mixin
    private FileSecret secret = new FileSecret();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Who has which token, and how far it is: what moving-in writes.")
    private @Nullable Path state;

    @Option(names = "--preview", description = "Changes nothing; says of each row what would become of it.")
    private boolean preview;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A file that is not there yet, for every row that was not right (of a preview every row), as"
                    + " comma-separated values.")
    private @Nullable Path report;

    @Option(names = "--no-wait", description = "Does not wait for the end; prints the job's id.")
    private boolean noWait;

    ImportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        if (noWait && report != null) {
            throw Failure.usage("There is no report before the end: leave out --no-wait or --report.");
        }
        SeedFormat found = format();
        ServiceClient client = client();
        Download download = report == null ? null : new Download(client, terminal(), report);
        JsonNode job = found == SeedFormat.JSON ? sendJson(client) : sendForm(client, found);
        String id = FindByName.id(job);
        if (noWait) {
            terminal().print(job, json(), "Job " + id + " has begun. Follow it: oathbound job follow " + id);
            return ExitCode.DONE;
        }
        JsonNode done = new JobWatch(client, terminal()).follow(id);
        int exitCode = new JobOutcome(done).print(terminal(), json());
        if (download != null) {
            download.table(Download.jobReport(id));
        }
        return exitCode;
    }

    private SeedFormat format() {
        if (format != null) {
            return format;
        }
        return SeedFormat.ofName(String.valueOf(file.getFileName()))
                .orElseThrow(
                        () -> Failure.usage("The name of " + file + " does not tell its format: name it by --format."));
    }

    private JsonNode sendJson(ServiceClient client) throws IOException {
        if (!seeds.fields().isEmpty() || secret.isGiven() || state != null || preview) {
            throw Failure.usage("A job in JSON says all of itself: the options for seed files, --state and --preview"
                    + " don't go with it.");
        }
        return send(client, CREATE, file(file));
    }

    private JsonNode sendForm(ServiceClient client, SeedFormat found) throws IOException {
        MultipartBody form = new MultipartBody().field("format", found.name());
        seeds.fields().forEach(form::field);
        if (preview) {
            form.field("preview", "true");
        }
        Found opens = secret(found);
        if (opens != null) {
            form.field(opens.name(), opens.value());
        }
        if (state != null) {
            form.file("state", state);
        }
        // The last: the service knows all of the rest when the first row comes.
        form.file("file", file);
        return send(client, form.mediaType(), form.publisher());
    }

    private @Nullable Found secret(SeedFormat found) {
        if (found == SeedFormat.PSKC) {
            return secret.find(
                    terminal()::askSecretly, variable("OATHBOUND_FILE_KEY"), variable("OATHBOUND_FILE_PASSWORD"));
        } else if (secret.isGiven()) {
            throw Failure.usage("A key or a password opens PSKC only.");
        }
        return null;
    }

    private static BodyPublisher file(Path file) throws NoSuchFileException {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new NoSuchFileException(file.toString());
        }
    }

    private JsonNode send(ServiceClient client, String mediaType, BodyPublisher body) {
        ProgressBar bar = new ProgressBar(terminal(), "Bytes");
        BodyPublisher counted = new CountedBody(body, sent -> bar.show(sent, body.contentLength()));
        try {
            return new InterruptMessage(
                            terminal(),
                            "Interrupted while the file was sent. If all of it was, its job is there: oathbound job list --all")
                    .whenInterruptedIn(() -> client.post("/oathJobs", mediaType, counted));
        } finally {
            bar.end();
        }
    }
}
