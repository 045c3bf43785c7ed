package org.oathbound.operations;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.Commands;
import org.oathbound.commandline.control.Terminal;
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
        subcommands = {CommandLine.HelpCommand.class, BreakGlass.class},
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
        System.exit(run(arguments));
    }

    /** The exit code, one of those of the usage message. */
    static int run(String... arguments) {
        Terminal terminal = Terminal.ofProcess();
        CommandContext context = new CommandContext(terminal, System.getenv(), Clock.systemUTC());
        CommandLine commands = new CommandLine(new HostCommands());
        new Commands(context).addTo(commands);
        commands.addSubcommand(new BackupCommand(context));
        commands.addSubcommand(audit(terminal));
        addHelp(commands);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        commands.setExecutionExceptionHandler((e, command, parsed) -> Commands.failed(e, terminal));
        return commands.execute(arguments);
    }

    private static CommandLine audit(Terminal terminal) {
        CommandSpec spec = CommandSpec.create().name("audit");
        spec.usageMessage().description("Works with the audit in the data directory.");
        CommandLine group = new CommandLine(spec);
        group.addSubcommand(new AuditVerifyCommand(terminal));
        return group;
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Says what the command does.")
                    .build());
        }
        command.getSubcommands().values().forEach(HostCommands::addHelp);
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
