package org.oathbound.operations;

import java.nio.file.Path;
import java.time.Clock;
import org.oathbound.commandline.boundary.Commands;
import org.oathbound.commandline.boundary.Surroundings;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.directory.DataDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done on the host while the service does not run. */
@Command(
        name = "oathbound",
        subcommands = CommandLine.HelpCommand.class,
        description =
                "Works on a data directory while the service does not run. Without a command: starts the service.")
public final class HostCommands {

    @Option(
            names = "--data-dir",
            description = "The data directory; default: $OATHBOUND_DATA_DIR, else data.",
            defaultValue = "${env:OATHBOUND_DATA_DIR:-data}",
            scope = CommandLine.ScopeType.INHERIT)
    private Path data = Path.of("data");

    private HostCommands() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** The exit code: 0 for done, 1 for a failure, 2 for arguments that are none. */
    static int run(String... arguments) {
        CommandLine commands = new CommandLine(new HostCommands());
        Terminal terminal = Terminal.ofProcess();
        new Commands(new Surroundings(terminal, System.getenv(), Clock.systemUTC())).addTo(commands);
        commands.setExecutionExceptionHandler((e, command, parsed) -> Commands.failed(e, terminal));
        return commands.execute(arguments);
    }

    @Command(description = "Writes the whole directory to a file as LDIF. Without keyset.json no secret in it opens.")
    int backup(
            @Option(
                            names = "--base-dn",
                            description = "The suffix; default: $OATHBOUND_BASE_DN, else dc=example,dc=com.",
                            defaultValue = "${env:OATHBOUND_BASE_DN:-dc=example,dc=com}")
                    String suffix,
            @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file)
            throws Exception {
        System.out.println(new Backup(data, suffix, Clock.systemUTC()).write(file));
        return 0;
    }

    @Command(
            description =
                    "Makes a data directory that has the key set of a backup, and nothing else, hold what the backup"
                            + " has.")
    int restore(@Parameters(paramLabel = "FILE", description = "What backup wrote, or the service's answer.") Path file)
            throws Exception {
        System.out.println(new Restore(new DataDirectory(data))
                .read(file, Clock.systemUTC().instant()));
        return 0;
    }
}
