package org.oathbound.operations;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.oathbound.commandline.boundary.CommandContext;
import org.oathbound.commandline.boundary.ServiceOptions;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.directory.DataDirectory;
import org.oathbound.sealing.KeySet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description =
                "Opens every secret of a backup with the key set in the data directory that --data-dir names, which needs"
                        + " nothing else in it, and says what would be restored. Nothing is written.")
final class BackupCheckCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service;

    @Parameters(paramLabel = "FILE", description = "What backup wrote, or the service's answer.")
    private Path file = Path.of("");

    BackupCheckCommand(CommandContext context) {
        this.service = new ServiceOptions(context);
    }

    @Override
    public Integer call() throws Exception {
        try {
            KeySet keys = KeySet.existing(new DataDirectory(service.dataDirectory()));
            service.printFile(file, new BackupCheck(keys).check(file));
            return ExitCode.DONE;
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("There is no file " + file + ".", e);
        }
    }
}
