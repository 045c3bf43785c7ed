package org.oathbound.commandline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.CommandErrors;
import org.oathbound.commandline.boundary.Commands;
import org.oathbound.commandline.control.Screen;
import org.oathbound.commandline.control.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What came of one command. */
public record CommandRun(int exitCode, String out, String err) {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Runs it, with pipes all around it. */
    public static CommandRun of(Map<String, String> variables, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Screen.NONE);
        CommandLine root = root(new CommandContext(terminal, variables, Clock.fixed(NOW, ZoneOffset.UTC)), arguments);
        CommandErrors.sayOf(root, terminal);
        int exitCode = root.execute(arguments);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The commands that arguments name, and all where they name none, below a root. */
    public static CommandLine root(CommandContext context, String... arguments) {
        CommandLine root = new CommandLine(CommandSpec.create().name("oathbound"));
        new Commands(context).table().addTo(root, List.of(arguments));
        return root;
    }
}
