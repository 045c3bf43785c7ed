package org.oathbound.operations;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.CommandErrors;
import org.oathbound.commandline.boundary.Commands;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.directory.DataDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All commands: what is done on the host, most of it while the service does not run, and what is asked of the service. */
@Command(
        name = "oathbound",
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = CommandLine.HelpCommand.class,
        description =
                "Works with Oathbound. backup and restore work on the data directory of a service that does not run;"
                        + " the other commands ask a service that does.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:Done.",
            " 1:Not done: the message says why.",
            " 2:The arguments, or a file that they name, are not right. Nothing was changed.",
            " 3:Done, but some rows were not right.",
            " 4:A code was not accepted, or the person has nothing that can be used now (locked, blocked, not activated).",
            " 5:The service can't be reached, or can't answer now: try again later.",
            "130:Interrupted (Ctrl-C)."
        })
public final class HostCommands {

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "The data directory; default: $OATHBOUND_DATA_DIR, else data.",
            defaultValue = "${env:OATHBOUND_DATA_DIR:-data}",
            scope = CommandLine.ScopeType.INHERIT)
    private Path data = Path.of("data");

    private HostCommands() {}

    public static void main(String[] arguments) {
        int exitCode = run(arguments);
        // Where all is well the JVM ends by itself: to be told to, it waits 0.3 s for the HTTP client's thread, which
        // reads.
        if (exitCode != ExitCode.DONE) {
            System.exit(exitCode);
        }
    }

    /** The exit code, one of those of the usage message. */
    static int run(String... arguments) {
        Terminal terminal = Terminal.ofProcess();
        CommandContext context = new CommandContext(terminal, System.getenv(), Clock.systemUTC());
        CommandLine root = new CommandLine(new HostCommands());
        new Commands(context)
                .table()
                .with("backup", commands -> commands.addSubcommand(backup(context)))
                .with("audit", commands -> Commands.audit(commands, context)
                        .addSubcommand(new AuditVerifyCommand(terminal)))
                .with("break-glass", commands -> commands.addSubcommand(new BreakGlass()))
                .with("serve", commands -> commands.addSubcommand(serve()))
                .addTo(root, List.of(arguments));
        root.getCommandSpec()
                .versionProvider(() -> new String[] {Commands.versionLine()})
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Prints the version.")
                        .build());
        root.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        CommandErrors.sayOf(root, terminal);
        return root.execute(arguments);
    }

    private static CommandLine backup(CommandContext context) {
        return new CommandLine(new BackupCommand(context)).addSubcommand(new BackupCheckCommand(context));
    }

    /** It is here to be described: {@code oathbound.jar} starts the service itself where this is the first word. */
    private static CommandLine serve() {
        Callable<Integer> misplaced = () -> {
            throw Failure.usage("serve stands first, before any option: oathbound serve --port 8080");
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(misplaced).name("serve");
        spec.usageMessage()
                .description("Starts the service, which runs until a signal ends it. What follows are Payara Micro's"
                        + " options, such as --port 8080; all else is configured by environment variables.");
        return new CommandLine(spec);
    }

    @Command(
            description =
                    "Makes a data directory that has the key set of a backup, and nothing else, hold what the backup"
                            + " has.")
    int restore(@Parameters(paramLabel = "FILE", description = "What backup wrote, or the service's answer.") Path file)
            throws Exception {
        try {
            System.out.println(new Restore(new DataDirectory(data))
                    .read(file, Clock.systemUTC().instant()));
            return 0;
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("There is no file " + file + ".", e);
        }
    }
}
