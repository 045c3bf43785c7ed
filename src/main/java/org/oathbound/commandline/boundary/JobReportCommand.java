package org.oathbound.commandline.boundary;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Every row of a job that was not right, as comma-separated values; of a preview every row.")
final class JobReportCommand extends ServiceCommand {

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A file that is not there yet; default: standard output.")
    private @Nullable Path output;

    JobReportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        new Download(client(), terminal(), output).table(Download.jobReport(id));
        return ExitCode.DONE;
    }
}
