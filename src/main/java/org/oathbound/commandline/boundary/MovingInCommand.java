package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.CredentialsSource;
import org.oathbound.commandline.control.MovingState;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pingone",
        description =
                "Reads from PingOne, or from what has its API, who has which token and how far it is, and writes what"
                        + " import takes as --state: serial, username, counter, drift, status. Secrets it can't read.")
final class MovingInCommand implements Callable<Integer> {

    @Option(
            names = "--source-credentials",
            paramLabel = "FILE",
            description = "Lines of KEY=value that only you can read, with OATHBOUND_SOURCE_API_URL (such as"
                    + " https://api.pingone.eu), OATHBOUND_SOURCE_AUTH_URL (such as https://auth.pingone.eu),"
                    + " OATHBOUND_SOURCE_ENVIRONMENT_ID, OATHBOUND_SOURCE_CLIENT_ID and"
                    + " OATHBOUND_SOURCE_CLIENT_SECRET; default: the environment variables of these names.")
    private @Nullable Path credentials;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A file that is not there yet; default: standard output.")
    private @Nullable Path output;

    @Option(names = "--json", description = "With --output: says in JSON what was written.")
    private boolean json;

    private final CommandContext context;

    MovingInCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        NewFile file = output == null ? null : new NewFile(output);
        ServiceClient source = new ServiceClient(new CredentialsSource(context.environment()).findSource(credentials));
        MovingState state = new MovingState(source, terminal).read();
        write(state, file);
        state.left().forEach(terminal::tell);
        return state.left().isEmpty() ? ExitCode.DONE : ExitCode.ROWS_NOT_RIGHT;
    }

    private void write(MovingState state, @Nullable NewFile file) throws IOException {
        Terminal terminal = context.terminal();
        if (file == null) {
            state.write(terminal.out());
            return;
        }
        file.write(state::write);
        terminal.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("file", String.valueOf(output))
                        .put("tokens", state.tokens()),
                json,
                "The state of " + state.tokens() + " tokens is in " + output + ".");
    }
}
