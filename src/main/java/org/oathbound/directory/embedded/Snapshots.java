package org.oathbound.directory.embedded;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.oathbound.directory.DataFormat;
import org.oathbound.file.PrivateFile;

/** The snapshots of a data directory, each in a file named by its position in the journal. */
final class Snapshots {

    private static final Logger LOG = System.getLogger(Snapshots.class.getName());

    /** Whatever their age: should the newest be damaged, a start has another. */
    private static final int ALWAYS_KEPT = 2;

    private final Path folder;
    private final String suffix;

    Snapshots(Path dataDirectory, String suffix) throws IOException {
        this.folder = JournalFiles.folder(dataDirectory, "snapshots");
        this.suffix = suffix;
    }

    /**
     * The newest that is whole; those that are not are reported.
     *
     * @throws IllegalStateException when a file is of another format or another suffix
     */
    Optional<Snapshot> newest() throws IOException {
        for (Path file : newestFirst()) {
            try {
                Snapshot snapshot = Snapshot.read(file);
                if (!snapshot.suffix().equals(suffix)) {
                    throw new IllegalStateException("The snapshot " + file + " is not of the suffix " + suffix
                            + ", which oathbound.base-dn names, but of " + snapshot.suffix() + ".");
                }
                return Optional.of(snapshot);
            } catch (Snapshot.NotWhole e) {
                LOG.log(Level.WARNING, "{0} The start takes the one before, and more of the journal.", e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Writes one beside the others, and names it when it is on disk; tells how many bytes it has. */
    long store(Snapshot snapshot, Instant now) throws IOException {
        Path fresh = folder.resolve("snapshot.tmp");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                snapshot.write(out, now);
                out.getFD().sync();
            }
            Files.move(fresh, folder.resolve(JournalFiles.name(snapshot.position())), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        PrivateFile.flush(folder);
        return size();
    }

    /** Bytes of the newest; 0 when there is none. */
    long size() throws IOException {
        List<Path> files = newestFirst();
        return files.isEmpty() ? 0 : Files.size(files.getFirst());
    }

    boolean hasRoomFor(long bytes) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() > bytes;
    }

    boolean isEmpty() throws IOException {
        return newestFirst().isEmpty();
    }

    /**
     * Removes those beyond a number or before a moment, and tells the position of the oldest that is left: what the journal holds before it is not needed
     * any more. 0 while there is no second one, for then the journal is what a start has besides.
     */
    long removeOld(int keep, Instant oldest) throws IOException {
        List<Path> files = newestFirst();
        long left = 0;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            boolean isKept = i < ALWAYS_KEPT
                    || (i < keep && Files.getLastModifiedTime(file).toInstant().isAfter(oldest));
            if (isKept) {
                left = JournalFiles.position(file);
            } else {
                Files.delete(file);
            }
        }
        return files.size() < ALWAYS_KEPT ? 0 : left;
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(DataFormat::isNumbered)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
