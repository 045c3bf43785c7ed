package org.oathbound.commandline.boundary;

import org.oathbound.commandline.control.Client;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Tells how far a job is, and what it came to.")
final class JobStatusCommand extends ServiceCommand {

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    JobStatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return new JobOutcome(client().get("/oathJobs/" + Client.encoded(id))).print(terminal(), json());
    }
}
