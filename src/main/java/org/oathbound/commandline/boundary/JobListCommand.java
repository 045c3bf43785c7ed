package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists jobs, the newest first.")
final class JobListCommand extends ServiceCommand {

    @Option(names = "--all", description = "All of them, not the first page only.")
    private boolean all;

    JobListCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        new ListOutput("oathJobs", "JOB", "TYPE", "STATUS", "ROWS", "BEGUN", "ENDED")
                .print(client(), "/oathJobs", all, JobListCommand::cells, terminal(), json());
        return ExitCode.DONE;
    }

    private static List<String> cells(JsonNode job) {
        return List.of(
                job.path("id").asText(),
                job.path("type").asText(),
                job.path("status").asText(),
                job.at("/progress/processed").asText() + " of "
                        + job.at("/progress/total").asText(),
                job.path("createdAt").asText(),
                job.path("finishedAt").asText());
    }
}
