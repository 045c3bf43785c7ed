package org.oathbound.operations;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.embedded.EmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.directory.embedded.Snapshot;

/** A backup of a data directory that no process uses. */
final class Backup {

    private final Path data;
    private final String suffix;
    private final Clock clock;

    Backup(Path data, String suffix, Clock clock) {
        this.data = data;
        this.suffix = suffix;
        this.clock = clock;
    }

    /**
     * Writes the file, for its owner only, to disk; tells what was done.
     *
     * @throws IllegalStateException when there is no directory, or a process uses it
     */
    String write(Path file) throws IOException {
        if (Files.notExists(data.resolve("journal"))) {
            throw new IllegalStateException("There is no directory in " + data + ".");
        }
        var directory = new EmbeddedDirectory(suffix, new DataDirectory(data), JournalSettings.DEFAULT, clock);
        Snapshot snapshot = directory.snapshot();
        directory.close();
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            snapshot.write(out, clock.instant());
            out.getFD().sync();
        }
        return snapshot.entries().size() + " entries are in " + file + ". A backup is this file and "
                + data.resolve("keyset.json") + "; keep the two apart.";
    }
}
