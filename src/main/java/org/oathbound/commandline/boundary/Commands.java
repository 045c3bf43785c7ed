package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Properties;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All commands that speak to the service. */
public final class Commands {

    enum Shell {
        bash,
        zsh
    }

    /** Zsh takes scripts for Bash, and has all that they need but this. */
    private static final String FOR_ZSH = "function compopt { :; }\n";

    private final CommandContext context;

    public Commands(CommandContext context) {
        this.context = context;
    }

    /** Adds them to a root command, which may have more of its own. */
    public void addTo(CommandLine root) {
        root.addSubcommand(new ImportCommand(new ServiceOptions(context)));
        CommandLine job = group(root, "job", "Jobs: what the service goes on with by itself.");
        add(job, JobCommands.class, "list", "status", "follow", "report");
        add(root, TokenCommands.class, "tokens");
        add(group(root, "token", "One token."), TokenCommands.class, "show", "lost", "found");
        add(root, PersonCommands.class, "people");
        add(group(root, "person", "One person."), PersonCommands.class, "add", "find", "show", "unlock");
        add(root, DeviceCommands.class, "pair");
        add(root, CodeCommands.class, "activate", "check", "resynchronise");
        add(root, DeviceCommands.class, "unlock", "temporaryCodes", "unpair");
        add(root, TokenCommands.class, "revoke");
        add(root, FileCommands.class, "report", "export");
        CommandLine movingIn = group(root, "moving-in", "What is needed of another service, to move in from it.");
        add(movingIn, FileCommands.class, "pingone");
        add(root, Commands.class, "completion", "version");
    }

    private static CommandLine group(CommandLine root, String name, String description) {
        CommandLine group = new CommandLine(CommandSpec.create().name(name));
        group.getCommandSpec().usageMessage().description(description);
        root.addSubcommand(group);
        return group;
    }

    private void add(CommandLine parent, Class<?> type, String... methods) {
        for (String method : methods) {
            Method command = CommandLine.getCommandMethods(type, method).getFirst();
            parent.addSubcommand(new CommandLine(command, this::create));
        }
    }

    /** Makes what a command's method takes. */
    private <T> T create(Class<T> type) throws Exception {
        return CommandContext.class.isAssignableFrom(type)
                ? type.getDeclaredConstructor(CommandContext.class).newInstance(context)
                : CommandLine.defaultFactory().create(type);
    }

    @Command(
            name = "completion",
            description = "Prints a script for a shell that completes these commands and their options by the Tab key.")
    static void completion(
            @Mixin CommandContext context,
            @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.") Shell shell) {
        CommandSpec root = context.root();
        String script = AutoComplete.bash(root.name(), root.commandLine());
        context.terminal().out().print(shell == Shell.zsh ? FOR_ZSH + script : script);
    }

    @Command(name = "version", description = "Prints the version.")
    static void version(
            @Mixin CommandContext context, @Option(names = "--json", description = "Prints it as JSON.") boolean json)
            throws IOException {
        Properties build = new Properties();
        try (InputStream in = Commands.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        String version = build.getProperty("version", "unknown");
        String java = System.getProperty("java.version");
        ObjectNode versions =
                JsonNodeFactory.instance.objectNode().put("version", version).put("java", java);
        context.terminal().print(versions, json, "Oathbound " + version + ", on Java " + java);
    }

    /** Says what ended a command; the exit code. */
    public static int failed(Throwable e, Terminal terminal) {
        return switch (e) {
            case Failure failure -> {
                terminal.tell(failure.getMessage());
                yield failure.exitCode();
            }
            case NoSuchFileException missing -> {
                terminal.tell("There is no file " + missing.getFile() + ".");
                yield ExitCode.USAGE;
            }
            case FileAlreadyExistsException there -> {
                terminal.tell("The file " + there.getFile() + " is there already.");
                yield ExitCode.USAGE;
            }
            case FileSystemException file -> {
                // Many of the JDK's messages are a file's name and nothing else.
                String reason = file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
                terminal.tell("The file " + file.getFile() + " can't be used: " + reason);
                yield ExitCode.FAILED;
            }
            default -> {
                String cause = e instanceof UncheckedIOException && e.getCause() != null ? " " + e.getCause() : "";
                terminal.tell(e.getMessage() + cause);
                yield ExitCode.FAILED;
            }
        };
    }
}
