package org.oathbound.commandline.boundary;

import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Client;
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

    PeopleCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        String filter =
                beginsWith == null ? "" : "&filter=" + Client.encoded("username sw " + Client.quoted(beginsWith));
        new Listing("users", PersonText.HEADS)
                .print(client(), "/users?limit=" + LIMIT + filter, all, PersonText::cells, terminal(), json());
        return ExitCode.DONE;
    }
}
