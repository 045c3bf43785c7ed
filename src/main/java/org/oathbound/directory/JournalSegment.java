package org.oathbound.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One file of the journal that is written. Records are appended one after the other by whoever holds the store's lock;
 * those who wait for the disk share one fsync: the first of them does it for all that is written by then. Once a write or
 * an fsync has failed, the segment takes nothing any more, and what was not durable then never is.
 */
final class JournalSegment {

    private final Path path;
    private final FileChannel channel;
    private final boolean sync;
    private final ReentrantLock flushing = new ReentrantLock();
    private final Condition flushed = flushing.newCondition();
    private boolean isFlushing;
    private volatile long written;
    private volatile long durable;
    private volatile boolean failed;

    private JournalSegment(Path path, FileChannel channel, long last, boolean sync) {
        this.path = path;
        this.channel = channel;
        this.written = last;
        this.durable = last;
        this.sync = sync;
    }

    /** A new file, whose first record will have the position behind {@code last}; on disk, and known to its folder. */
    static JournalSegment create(Path folder, long last, String suffix, boolean sync) throws IOException {
        Path path = folder.resolve(JournalFiles.name(last + 1));
        Files.deleteIfExists(path); // nothing in it was ever durable; and never the same file after a failed fsync
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            writeFully(channel, JournalFiles.header(suffix, last + 1).getBytes(StandardCharsets.UTF_8));
            channel.force(true);
            JournalFiles.fsync(folder);
            return new JournalSegment(path, channel, last, sync);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The file that an earlier start wrote last; what is written comes behind {@code length} bytes. */
    static JournalSegment reopen(Path path, long last, long length, boolean sync) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(length);
        channel.force(true);
        return new JournalSegment(path, channel, last, sync);
    }

    long written() {
        return written;
    }

    long durable() {
        return durable;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Writes a record behind the others; it is on disk only after {@link #await}. */
    void append(byte[] record) throws IOException {
        try {
            long position = written + 1;
            writeFully(channel, record);
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
        channel.close();
    }

    /** The file is closed without a last flush: it has failed, and another takes its place. */
    void abandon() {
        try {
            channel.close();
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
                channel.force(false);
            }
            done = true;
        } catch (IOException e) {
            System.getLogger(JournalSegment.class.getName())
                    .log(System.Logger.Level.ERROR, "The journal " + path + " can't be flushed.", e);
        } finally {
            flushing.lock();
            isFlushing = false;
            if (done && !failed) {
                durable = Math.max(durable, target);
            } else {
                failed = true;
            }
            flushed.signalAll();
        }
    }

    private void fail() {
        flushing.lock();
        try {
            failed = true;
            flushed.signalAll();
        } finally {
            flushing.unlock();
        }
    }

    private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
