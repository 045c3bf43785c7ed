package org.oathbound.commandline.boundary;

import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands that speak to the service. */
public final class Commands {

    private final CommandContext context;

    public Commands(CommandContext context) {
        this.context = context;
    }

    /** Adds them to a root command, which may have more of its own. */
    public void addTo(CommandLine root) {
        add(root, new ImportCommand(context));
        group(
                root,
                "job",
                "Jobs: what the service goes on with by itself.",
                new JobListCommand(context),
                new JobStatusCommand(context),
                new JobFollowCommand(context),
                new JobReportCommand(context));
        add(root, new TokensCommand(context));
        group(root, "token", "One token.", new TokenShowCommand(context));
        add(root, new PeopleCommand(context));
        group(root, "person", "One person.", new PersonAddCommand(context), new PersonShowCommand(context));
        add(
                root,
                new PairCommand(context),
                new ActivateCommand(context),
                new CheckCommand(context),
                new ResynchroniseCommand(context),
                new UnlockCommand(context),
                new TemporaryCodesCommand(context),
                new UnpairCommand(context),
                new RevokeCommand(context),
                new ReportCommand(context),
                new ExportCommand(context));
        group(
                root,
                "moving-in",
                "What is needed of another service, to move in from it.",
                new MovingInCommand(context));
        add(root, new CompletionCommand(context), new VersionCommand(context));
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

    private static void add(CommandLine parent, Object... commands) {
        for (Object command : commands) {
            parent.addSubcommand(command);
        }
    }

    private static void group(CommandLine root, String name, String description, Object... commands) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        CommandLine group = new CommandLine(spec);
        add(group, commands);
        root.addSubcommand(group);
    }
}
