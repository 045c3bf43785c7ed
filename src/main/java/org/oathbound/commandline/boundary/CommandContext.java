package org.oathbound.commandline.boundary;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** What a command finds around it. It is a mixin that adds no option. */
@Command // picocli takes no class without one of its annotations as a mixin
public class CommandContext {

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** @param environment the process's environment variables */
    public CommandContext(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    /** The same for one command more. */
    CommandContext(CommandContext other) {
        this(other.terminal, other.environment, other.clock);
    }

    public Terminal terminal() {
        return terminal;
    }

    public Clock clock() {
        return clock;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The value of an environment variable, if it is set to something. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The command of all commands. */
    CommandSpec root() {
        return command.root();
    }

    /** The root command has the option; where it has none, what is its default. */
    public Path dataDirectory() {
        OptionSpec option = root().findOption("--data-dir");
        Path given = option == null ? null : option.getValue();
        return given == null ? Path.of("data") : given;
    }
}
