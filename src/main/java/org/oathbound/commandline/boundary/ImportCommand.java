package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.boundary.FileSecret.Found;
import org.oathbound.commandline.control.CountedBody;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.MultipartBody;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.ProgressBar;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Imports a seed file, or says what would become of it.")
final class ImportCommand implements Callable<Integer> {

    private enum SeedFormat {
        JSON,
        OATH_CSV,
        PINGID_TEXT,
        PRIVACYIDEA_CSV,
        ENTRA_CSV,
        YUBICO_CSV,
        PSKC,
        SAFENET_XML,
        SAFEWORD_DAT,
        PINGDIRECTORY_LDIF,
        FREEIPA_LDIF
    }

    private static final String CREATE = "application/vnd.pingidentity.job.oathtokens.create+json";

    @Mixin
    private final ServiceOptions service;

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
            names = "--all-or-nothing",
            description = "Changes nothing where one row is not right, and lists what is wrong.")
    private boolean allOrNothing;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A file that is not there yet, for every row that was not right (of a preview every row), as"
                    + " comma-separated values.")
    private @Nullable Path report;

    @Option(names = "--no-wait", description = "Does not wait for the end; prints the job's id.")
    private boolean noWait;

    ImportCommand(ServiceOptions service) {
        this.service = service;
    }

    @Override
    public Integer call() throws IOException {
        if (noWait && report != null) {
            throw Failure.usage("There is no report before the end: leave out --no-wait or --report.");
        }
        SeedFormat found = format();
        ServiceClient client = service.client();
        NewFile reportFile = report == null ? null : new NewFile(report);
        JsonNode job = found == SeedFormat.JSON ? sendJson() : sendForm(found);
        String id = FindByName.id(job);
        if (noWait) {
            service.print(job, "Job " + id + " has begun. Follow it: oathbound job follow " + id);
            return ExitCode.DONE;
        }
        int exitCode = new JobOutcome(service.follow(id)).print(service);
        if (reportFile != null) {
            reportFile.write(out -> client.downloadTable(JobCommands.report(id), out));
        }
        return exitCode;
    }

    /** The one that is given, or that the file's name tells without a doubt: a {@code .csv} may be any of four. */
    private SeedFormat format() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (format != null) {
            return format;
        } else if (name.endsWith(".json")) {
            return SeedFormat.JSON;
        } else if (name.endsWith(".xml") || name.endsWith(".pskc")) {
            return SeedFormat.PSKC;
        }
        throw Failure.usage("The name of " + file + " does not tell its format: name it by --format.");
    }

    private JsonNode sendJson() throws IOException {
        if (!seeds.fields().isEmpty() || secret.isGiven() || state != null || preview || allOrNothing) {
            throw Failure.usage("A job in JSON says all of itself: the options for seed files, --state, --preview and"
                    + " --all-or-nothing don't go with it.");
        }
        return send(CREATE, MultipartBody.ofFile(file));
    }

    private JsonNode sendForm(SeedFormat found) throws IOException {
        try {
            return sendAs(found);
        } catch (Failure e) {
            throw new Failure(e.exitCode(), SeedOptions.named(e.getMessage()));
        }
    }

    private JsonNode sendAs(SeedFormat found) throws IOException {
        MultipartBody form = new MultipartBody().field("format", found.name());
        seeds.fields().forEach(form::field);
        if (preview) {
            form.field("preview", "true");
        }
        if (allOrNothing) {
            form.field("allOrNothing", "true");
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
        return send(form.mediaType(), form.publisher());
    }

    private @Nullable Found secret(SeedFormat found) {
        if (found == SeedFormat.PSKC) {
            return secret.find(service, service.terminal()::askSecretly);
        } else if (secret.isGiven()) {
            throw Failure.usage("A key or a password opens PSKC only.");
        }
        return null;
    }

    private JsonNode send(String mediaType, BodyPublisher body) {
        try (ProgressBar bar = new ProgressBar(service.terminal(), "Bytes")) {
            BodyPublisher counted = new CountedBody(body, sent -> bar.show(sent, body.contentLength()));
            return service.terminal()
                    .tellIfInterrupted(
                            "Interrupted while the file was sent. If all of it was, its job is there: oathbound job list --all",
                            () -> service.client().post("/oathJobs", mediaType, counted));
        }
    }
}
