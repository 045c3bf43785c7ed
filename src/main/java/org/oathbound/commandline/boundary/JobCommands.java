package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs, which the service goes on with by itself. */
final class JobCommands {

    private static final String[] HEADS = {"JOB", "TYPE", "STATUS", "ROWS", "BEGUN", "ENDED"};

    private JobCommands() {}

    @Command(name = "list", description = "Lists jobs, the newest first.")
    static void list(
            @Mixin ServiceOptions service,
            @Option(names = "--all", description = "All of them, not the first page only.") boolean all) {
        service.printList("/oathJobs", "oathJobs", all, HEADS, JobCommands::cells);
    }

    @Command(name = "status", description = "Tells how far a job is, and what it came to.")
    static int status(
            @Mixin ServiceOptions service, @Parameters(paramLabel = "ID", description = "The job's id.") String id) {
        return new JobOutcome(service.client().get("/oathJobs/" + ServiceClient.encoded(id))).print(service);
    }

    @Command(name = "follow", description = "Waits for the end of a job, and shows how far it is.")
    static int follow(
            @Mixin ServiceOptions service, @Parameters(paramLabel = "ID", description = "The job's id.") String id) {
        return new JobOutcome(service.follow(id)).print(service);
    }

    @Command(
            name = "report",
            description = "Every row of a job that was not right, as comma-separated values; of a preview every row.")
    static void report(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "ID", description = "The job's id.") String id,
            @Mixin OutputOption output)
            throws IOException {
        ServiceClient client = service.client();
        output.write(out -> client.downloadTable(report(id), out));
    }

    /** Where the report of a job is. */
    static String report(String id) {
        return "/oathJobs/" + ServiceClient.encoded(id) + "/report";
    }

    private static List<String> cells(JsonNode job) {
        return List.of(
                FindByName.id(job),
                job.path("type").asText(),
                job.path("status").asText(),
                job.at("/progress/processed").asText() + " of "
                        + job.at("/progress/total").asText(),
                job.path("createdAt").asText(),
                job.path("finishedAt").asText());
    }
}
