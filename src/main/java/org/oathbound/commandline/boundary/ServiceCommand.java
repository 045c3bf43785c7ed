package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.CredentialsSource;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that speaks to the service. */
public abstract class ServiceCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            description = "Prints JSON to standard output, as the service answers it, instead of text.")
    private boolean json;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the service is; default: $OATHBOUND_URL, else http://localhost:8080.")
    private @Nullable String url;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "Lines of KEY=value that only you can read, with OATHBOUND_ENVIRONMENT_ID,"
                    + " OATHBOUND_CLIENT_ID and OATHBOUND_CLIENT_SECRET; default: the environment variables of these"
                    + " names, else the file $OATHBOUND_CREDENTIALS, else bootstrap.env in the data directory.")
    private @Nullable Path credentials;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final CommandContext context;

    protected ServiceCommand(CommandContext context) {
        this.context = context;
    }

    /** Does it; the exit code. {@link Failure} and {@link java.io.IOException} end it. */
    @Override
    public abstract Integer call() throws Exception;

    protected boolean json() {
        return json;
    }

    protected Terminal terminal() {
        return context.terminal();
    }

    protected Clock clock() {
        return context.clock();
    }

    protected CredentialsSource credentialsSource() {
        return new CredentialsSource(context.environment());
    }

    /** The value of an environment variable, if it is set to something. */
    protected @Nullable String variable(String name) {
        String value = context.environment().get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    protected ServiceClient client() {
        return new ServiceClient(credentialsSource().find(credentials, url, dataDirectory()));
    }

    /** What a script is told of a file that was written. */
    protected static JsonNode fileAsJson(Path file) {
        return JsonNodeFactory.instance.objectNode().put("file", file.toString());
    }

    /** The root command has the option; where it has none, what is its default. */
    protected Path dataDirectory() {
        OptionSpec option = spec.root().findOption("--data-dir");
        Path given = option == null ? null : option.getValue();
        return given == null ? Path.of("data") : given;
    }
}
