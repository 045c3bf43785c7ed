package org.oathbound.commandline.boundary;

import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Tells how far a job is, and what it came to.")
final class JobStatusCommand extends ServiceCommand {

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    JobStatusCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new JobOutcome(client().get("/oathJobs/" + ServiceClient.encoded(id))).print(terminal(), json());
    }
}
