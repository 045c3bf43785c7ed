package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Period;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.boundary.FileSecret.Found;
import org.oathbound.commandline.control.CredentialsSource;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.MovingState;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports, and what is written for another service or comes from one. */
final class FileCommands {

    enum Report {
        TOKENS("oathTokens"),
        NOT_ACTIVATED("notActivated"),
        ENDING("ending");

        private final String path;

        Report(String path) {
            this.path = path;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private FileCommands() {}

    @Command(name = "report", description = "Writes a report as comma-separated values, or as JSON.")
    static void report(
            @Mixin ServiceOptions service,
            @Parameters(
                            paramLabel = "REPORT",
                            description =
                                    "tokens: all of them, and who has them. not-activated: what waits to be activated."
                                            + " ending: what expires soon.")
                    Report report,
            @Option(
                            names = "--within",
                            paramLabel = "PERIOD",
                            description = "With ending: what expires within such a time, as P90D.")
                    @Nullable
                    Period within,
            @Mixin OutputOption output)
            throws IOException {
        if (within != null && report != Report.ENDING) {
            throw Failure.usage("--within goes with the report ending only.");
        }
        String tail = "/reports/" + report.path
                + (within == null ? "" : "?within=" + ServiceClient.encoded(within.toString()));
        ServiceClient client = service.client();
        output.write(out -> {
            if (service.json()) {
                client.download(client.request(tail, ServiceClient.JSON), out);
            } else {
                client.downloadTable(tail, out);
            }
        });
    }

    @Command(name = "export", description = "Writes all tokens with their secrets to a file (PSKC), encrypted.")
    static void export(
            @Mixin ServiceOptions service,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            required = true,
                            description = "A file that is not there yet; only you can read it.")
                    Path output,
            @Option(
                            names = "--protection",
                            paramLabel = "PROTECTION",
                            description =
                                    "AES_CBC_HMAC_SHA_256, the default, or AES_128_CBC_HMAC_SHA_1 for privacyIDEA and LinOTP.")
                    @Nullable
                    String protection,
            @Mixin FileSecret secret)
            throws IOException {
        ServiceClient client = service.client();
        NewFile file = new NewFile(output);
        Found closes = secret.find(service, service.terminal()::askSecretlyTwice);
        if (closes == null) {
            throw Failure.usage("Name the file's key or its password: --password-file, --key-file, --ask-password or"
                    + " --ask-key.");
        }
        Map<String, Object> wanted = new HashMap<>(Map.of(closes.name(), closes.value()));
        if (protection != null) {
            wanted.put("protection", protection);
        }
        file.write(out -> client.download(
                client.request("/export", "*/*")
                        .header("Content-Type", ServiceClient.JSON)
                        .POST(ServiceClient.body(wanted)),
                out));
        service.printFile(
                output,
                "All tokens are in " + output + ". Whoever has it and its " + closes.name()
                        + " has every secret: keep the two apart.");
    }

    @Command(
            name = "pingone",
            description = "Reads from PingOne, or from what has its API, who has which token and how far it is, and"
                    + " writes what import takes as --state: serial, username, counter, drift, status. Secrets it"
                    + " can't read.")
    static int pingone(
            @Option(
                            names = "--source-credentials",
                            paramLabel = "FILE",
                            description =
                                    "Lines of KEY=value that only you can read, with OATHBOUND_SOURCE_API_URL (such as"
                                            + " https://api.pingone.eu), OATHBOUND_SOURCE_AUTH_URL (such as"
                                            + " https://auth.pingone.eu), OATHBOUND_SOURCE_ENVIRONMENT_ID,"
                                            + " OATHBOUND_SOURCE_CLIENT_ID and OATHBOUND_SOURCE_CLIENT_SECRET;"
                                            + " default: the environment variables of these names.")
                    @Nullable
                    Path credentials,
            @Mixin OutputOption output,
            @Option(names = "--json", description = "With --output: says in JSON what was written.") boolean json)
            throws IOException {
        ServiceClient source = new ServiceClient(new CredentialsSource(output.environment()).findSource(credentials));
        MovingState state = new MovingState(source, output.terminal());
        output.write(out -> {
            state.read();
            state.write(out);
        });
        Path file = output.file();
        if (file != null) {
            ObjectNode written = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("tokens", state.tokens());
            output.terminal().print(written, json, "The state of " + state.tokens() + " tokens is in " + file + ".");
        }
        state.left().forEach(output.terminal()::tell);
        return state.left().isEmpty() ? ExitCode.DONE : ExitCode.ROWS_NOT_RIGHT;
    }
}
