package org.oathbound.commandline.boundary;

import org.oathbound.commandline.control.JobWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "follow", description = "Waits for the end of a job, and shows how far it is.")
final class JobFollowCommand extends ServiceCommand {

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    JobFollowCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new JobOutcome(new JobWatch(client(), terminal()).follow(id)).print(terminal(), json());
    }
}
