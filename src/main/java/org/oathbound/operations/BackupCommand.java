package org.oathbound.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.ServiceOptions;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.directory.embedded.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Writes the whole directory to a file as LDIF: of the data directory while no service runs, with"
                + " --from-service of a service that does. Without keyset.json no secret in it opens.")
final class BackupCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service;

    @Option(names = "--from-service", description = "Asks the service for it, which goes on meanwhile.")
    private boolean fromService;

    @Option(
            names = "--base-dn",
            paramLabel = "DN",
            description = "Without --from-service: the suffix; default: $OATHBOUND_BASE_DN, else dc=example,dc=com.",
            defaultValue = "${env:OATHBOUND_BASE_DN:-dc=example,dc=com}")
    private String suffix = "";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A file that is not there yet; only you can read it.")
    private @Nullable Path file;

    BackupCommand(CommandContext context) {
        this.service = new ServiceOptions(context);
    }

    @Override
    public Integer call() throws IOException {
        Path to = file;
        if (to == null) {
            throw Failure.usage("Name the file that is to be written: oathbound backup FILE.");
        }
        String done =
                fromService ? ofService(to) : new Backup(service.dataDirectory(), suffix, service.clock()).write(to);
        service.printFile(to, done);
        return ExitCode.DONE;
    }

    /** A file that has not all of it gets no name. */
    private String ofService(Path to) throws IOException {
        NewFile backup = new NewFile(to);
        ServiceClient client = service.client();
        backup.write(out -> client.download(client.request("/backup", "application/ldif"), out), Snapshot::read);
        return "The directory is in " + to
                + ". A backup is this file and the service's keyset.json; keep the two apart.";
    }
}
