package org.oathbound.commandline.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Period;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "report", description = "Writes a report as comma-separated values, or as JSON.")
final class ReportCommand extends ServiceCommand {

    private enum Report {
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

    @Parameters(
            paramLabel = "REPORT",
            description =
                    "tokens: all of them, and who has them. not-activated: what waits to be activated. ending: what"
                            + " expires soon.")
    private @Nullable Report report;

    @Option(
            names = "--within",
            paramLabel = "PERIOD",
            description = "With ending: what expires within such a time, as P90D.")
    private @Nullable Period within;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A file that is not there yet; default: standard output.")
    private @Nullable Path output;

    ReportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        Report wanted = report == null ? Report.TOKENS : report;
        if (within != null && wanted != Report.ENDING) {
            throw Failure.usage("--within goes with the report ending only.");
        }
        String tail = "/reports/" + wanted.path
                + (within == null ? "" : "?within=" + ServiceClient.encoded(within.toString()));
        ServiceClient client = client();
        Download download = new Download(client, terminal(), output);
        if (json()) {
            download.write(client.request(tail, ServiceClient.JSON));
        } else {
            download.table(tail);
        }
        return ExitCode.DONE;
    }
}
