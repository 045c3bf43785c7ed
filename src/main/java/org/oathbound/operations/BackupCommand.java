package org.oathbound.operations;

import java.io.IOException;
import java.nio.file.Path;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.ServiceCommand;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.directory.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Writes the whole directory to a file as LDIF: of the data directory while no service runs, with"
                + " --from-service of a service that does. Without keyset.json no secret in it opens.")
final class BackupCommand extends ServiceCommand {

    @Option(names = "--from-service", description = "Asks the service for it, which goes on meanwhile.")
    private boolean fromService;

    @Option(
            names = "--base-dn",
            paramLabel = "DN",
            description = "Without --from-service: the suffix; default: $OATHBOUND_BASE_DN, else dc=example,dc=com.",
            defaultValue = "${env:OATHBOUND_BASE_DN:-dc=example,dc=com}")
    private String suffix = "";

    @Parameters(paramLabel = "FILE", description = "A file that is not there yet; only you can read it.")
    private Path file = Path.of("");

    BackupCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        String done = fromService ? ofService() : new Backup(dataDirectory(), suffix, clock()).write(file);
        terminal().print(fileAsJson(file), json(), done);
        return ExitCode.DONE;
    }

    /** A file that has not all of it gets no name. */
    private String ofService() throws IOException {
        NewFile backup = new NewFile(file);
        ServiceClient client = client();
        backup.write(out -> client.download(client.request("/backup", "application/ldif"), out), Snapshot::read);
        return "The directory is in " + file
                + ". A backup is this file and the service's keyset.json; keep the two apart.";
    }
}
