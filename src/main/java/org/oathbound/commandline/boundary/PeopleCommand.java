package org.oathbound.commandline.boundary;

import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "people", description = "Lists people.")
final class PeopleCommand extends ServiceCommand {

    private static final int LIMIT = 200;

    @Option(names = "--username-begins-with", paramLabel = "TEXT", description = "Those whose user names begin so.")
    private @Nullable String beginsWith;

    @Option(names = "--all", description = "All of them, not the first " + LIMIT + " only.")
    private boolean all;

    PeopleCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String filter = beginsWith == null
                ? ""
                : "&filter=" + ServiceClient.encoded("username sw " + ServiceClient.quoted(beginsWith));
        new ListOutput("users", PersonText.HEADS)
                .print(client(), "/users?limit=" + LIMIT + filter, all, PersonText::cells, terminal(), json());
        return ExitCode.DONE;
    }
}
