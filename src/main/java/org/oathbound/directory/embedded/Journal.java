package org.oathbound.directory.embedded;

import com.unboundid.ldif.LDIFChangeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.oathbound.directory.DataFormat;

/**
 * Every change of the directory on disk, in its order. When the disk fails, what was not durable is given up, and the
 * journal goes on in a new file as soon as one can be made; the old file is never trusted with an fsync again.
 */
final class Journal {

    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final Path folder;
    private final String suffix;
    private final boolean sync;
    private final FileChannel lockFile;
    private volatile JournalSegment segment;
    private long lastAttempt;
    private long bytes;

    private Journal(
            Path folder, String suffix, boolean sync, FileChannel lockFile, JournalSegment segment, long bytes) {
        this.folder = folder;
        this.suffix = suffix;
        this.sync = sync;
        this.lockFile = lockFile;
        this.segment = segment;
        this.bytes = bytes;
    }

    /**
     * Opens the journal of a data directory, and makes one if there is none.
     *
     * @param sync false gives up durability for speed, for measurements
     * @param snapshot is given the newest snapshot, if there is one
     * @param change is given every change that the journal holds behind it, in its order
     * @throws IllegalStateException when another process has it, or it is damaged
     */
    static Journal open(
            Path dataDirectory,
            String suffix,
            boolean sync,
            Consumer<Snapshot> snapshot,
            Consumer<LDIFChangeRecord> change) {
        try {
            FileChannel lockFile = lock(dataDirectory.resolve("lock"));
            try {
                Path folder = JournalFiles.folder(dataDirectory, "journal");
                Optional<Snapshot> newest = new Snapshots(dataDirectory, suffix).newest();
                newest.ifPresent(snapshot);
                Optional<JournalFiles.End> end = new JournalFiles(folder, suffix)
                        .replay(newest.map(Snapshot::position).orElse(0L), change);
                JournalSegment segment = end.isEmpty()
                        ? JournalSegment.create(folder, 0, suffix, sync)
                        : behind(end.get(), folder, suffix, sync);
                return new Journal(
                        folder,
                        suffix,
                        sync,
                        lockFile,
                        segment,
                        end.map(JournalFiles.End::bytes).orElse(0L));
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The journal in " + dataDirectory + " can't be used.", e);
        }
    }

    /** The last file, or a new one behind it where that has an earlier format. */
    private static JournalSegment behind(JournalFiles.End end, Path folder, String suffix, boolean sync)
            throws IOException {
        JournalSegment last = JournalSegment.reopen(end.file(), end.position(), end.length(), sync);
        if (end.format() == DataFormat.LATEST) {
            return last;
        }
        last.close();
        return JournalSegment.create(folder, end.position(), suffix, sync);
    }

    /**
     * Makes an empty data directory begin with a snapshot.
     *
     * @throws IllegalStateException when it is not empty, or another process has it
     */
    static void begin(Path dataDirectory, Snapshot snapshot, Instant now) throws IOException {
        FileChannel lockFile = lock(dataDirectory.resolve("lock"));
        try {
            Path folder = JournalFiles.folder(dataDirectory, "journal");
            Snapshots snapshots = new Snapshots(dataDirectory, snapshot.suffix());
            if (!snapshots.isEmpty() || !new JournalFiles(folder, snapshot.suffix()).isEmpty()) {
                throw new IllegalStateException(
                        "There is a directory in " + dataDirectory + " already. Name an empty data directory.");
            }
            // In this order: a journal that begins in the middle is no journal without the snapshot before it.
            JournalSegment.create(folder, snapshot.position(), snapshot.suffix(), true)
                    .close();
            snapshots.store(snapshot, now);
        } finally {
            lockFile.close();
        }
    }

    /** Where a change, or all that a reader may have seen, stands in the journal. */
    record Mark(JournalSegment segment, long position) {

        /** Waits for the disk. False when the change was given up. */
        boolean await() {
            return segment.await(position);
        }

        boolean isDurable() {
            return segment.durable() >= position;
        }
    }

    /** Writes a change behind the others; only the holder of the store's lock may. It is durable after {@link Mark#await}. */
    Mark append(LDIFChangeRecord change) throws IOException {
        JournalSegment current = segment;
        byte[] record = JournalRecord.encode(current.written() + 1, change);
        current.append(record);
        bytes += record.length;
        return new Mark(current, current.written());
    }

    /** All that is written by now. */
    Mark written() {
        JournalSegment current = segment;
        return new Mark(current, current.written());
    }

    /** Bytes that were written, and those that the start has read. Only the holder of the store's lock may ask. */
    long bytes() {
        return bytes;
    }

    /**
     * Goes on in a new file, so that the ones before can be removed one day; all that is written is durable then. Only the
     * holder of the store's lock may.
     */
    Mark rollOver() throws IOException {
        JournalSegment full = segment;
        if (!full.await(full.written())) {
            throw new IOException("The journal can't be flushed.");
        }
        if (!full.isEmpty()) {
            try {
                segment = JournalSegment.create(folder, full.written(), suffix, sync);
            } catch (IOException e) {
                // What there may be of the next file says that this one ends here: recovering makes that file anew.
                full.fail();
                throw e;
            }
            full.close();
        }
        return written();
    }

    /** Removes the files that hold nothing behind a position. */
    void removeThrough(long position) throws IOException {
        new JournalFiles(folder, suffix).removeBefore(position + 1);
    }

    boolean hasFailed() {
        return segment.hasFailed();
    }

    /**
     * Goes on in a new file behind what is durable, if the disk lets it; tried once a second at most. Only the holder of
     * the store's lock may, after it has undone what is not durable.
     */
    boolean recover() {
        long now = System.nanoTime();
        if (lastAttempt != 0 && now - lastAttempt < BETWEEN_ATTEMPTS.toNanos()) {
            return false;
        }
        lastAttempt = now;
        try {
            JournalSegment recovered = JournalSegment.create(folder, segment.durable(), suffix, sync);
            LOG.log(Level.WARNING, "The journal goes on behind record {0}.", Long.toString(segment.durable()));
            segment.abandon();
            segment = recovered;
            return true;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The journal can't go on; no change is taken until it can.", e);
            return false;
        }
    }

    /** Everything goes to disk, and another process may have the directory. */
    void close() {
        try {
            segment.close();
            lockFile.close();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The journal could not be closed; what was answered is in it.", e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has it.
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("Another process uses this data directory: " + path
                    + " is locked. Stop it, or name another directory.");
        }
        return channel;
    }
}
