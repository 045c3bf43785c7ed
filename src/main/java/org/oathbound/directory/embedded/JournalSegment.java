package org.oathbound.directory.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.oathbound.file.PrivateFile;

/**
 * One file of the journal that is written. Records are appended one after the other by the thread that holds the
 * store's lock. Threads that wait for the disk share one fsync: the first of them does it for all that is written by
 * then. Once a write or an fsync has failed, the segment takes nothing any more, and what was not durable then never
 * is.
 */
final class JournalSegment {

    private final Path path;

    /** Not a channel, which an interrupt of one thread would close for all. */
    private final RandomAccessFile file;

    private final boolean sync;
    private final ReentrantLock flushing = new ReentrantLock();
    private final Condition flushed = flushing.newCondition();
    private boolean isFlushing;
    private long flushes;
    private volatile long written;
    private volatile long durable;
    private volatile boolean failed;

    private JournalSegment(Path path, RandomAccessFile file, long last, boolean sync) {
        this.path = path;
        this.file = file;
        this.written = last;
        this.durable = last;
        this.sync = sync;
    }

    /** A new file, whose first record will have the position behind {@code last}; on disk, and known to its folder. */
    static JournalSegment create(Path folder, long last, String suffix, boolean sync) throws IOException {
        Path path = folder.resolve(JournalFiles.name(last + 1));
        Files.deleteIfExists(path); // nothing in it was ever durable; and never the same file after a failed fsync
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.write(JournalFiles.header(suffix, last + 1).getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
            PrivateFile.flush(folder);
            return new JournalSegment(path, file, last, sync);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * The file that an earlier start wrote last, written once more: an fsync of it may have failed, and one that succeeds
     * proves something only about what was written since. In its place, so that a full disk stops no start.
     *
     * @param length what it has before the next record
     */
    static JournalSegment reopen(Path path, long last, long length, boolean sync) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(length);
            rewrite(file);
            file.getFD().sync();
            PrivateFile.flush(path.resolveSibling(""));
            return new JournalSegment(path, file, last, sync);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static void rewrite(RandomAccessFile file) throws IOException {
        byte[] bytes = new byte[1 << 16];
        long position = 0;
        for (int read = file.read(bytes); read > 0; read = file.read(bytes)) {
            file.seek(position);
            file.write(bytes, 0, read);
            position += read;
        }
    }

    long written() {
        return written;
    }

    long durable() {
        return durable;
    }

    /** How often the disk was waited for. */
    long flushes() {
        flushing.lock();
        try {
            return flushes;
        } finally {
            flushing.unlock();
        }
    }

    boolean isEmpty() {
        return written < JournalFiles.position(path);
    }

    boolean hasFailed() {
        return failed;
    }

    /** Writes a record behind the others; it is on disk only after {@link #await}. */
    void append(byte[] record) throws IOException {
        try {
            long position = written + 1;
            file.write(record);
            written = position;
        } catch (IOException e) {
            fail();
            throw e;
        }
    }

    /** Waits until a position is on disk. False when it never will be, for the segment has failed before. */
    boolean await(long position) {
        flushing.lock();
        try {
            while (durable < position && !failed) {
                if (isFlushing) {
                    flushed.awaitUninterruptibly();
                } else {
                    flush();
                }
            }
            return durable >= position;
        } finally {
            flushing.unlock();
        }
    }

    /** Everything that is written goes to disk, and the file is closed. */
    void close() throws IOException {
        await(written);
        file.close();
    }

    /** The file is closed without a last flush: it has failed, and another takes its place. */
    void abandon() {
        try {
            file.close();
        } catch (IOException e) {
            // It has failed already, and said so.
        }
    }

    /** Called with the lock, which others can have while the disk works. */
    private void flush() {
        isFlushing = true;
        long target = written;
        boolean done = false;
        flushing.unlock();
        try {
            if (sync) {
                file.getFD().sync();
            }
            done = true;
        } catch (IOException e) {
            System.getLogger(JournalSegment.class.getName())
                    .log(System.Logger.Level.ERROR, "The journal " + path + " can't be flushed.", e);
        } finally {
            flushing.lock();
            isFlushing = false;
            flushes++;
            if (done && !failed) {
                durable = Math.max(durable, target);
            } else {
                failed = true;
            }
            flushed.signalAll();
        }
    }

    /** Takes nothing any more. */
    void fail() {
        flushing.lock();
        try {
            failed = true;
            flushed.signalAll();
        } finally {
            flushing.unlock();
        }
    }
}
