package org.oathbound.audit;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Problem;

/**
 * The lines of the audit in its files: written at once, flushed each second, and kept in memory while the disk fails. The first
 * of them opens the files; what a crash has left is mended then.
 */
final class AuditLines {

    private static final Logger LOG = System.getLogger(AuditLines.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** So many lines wait in memory until the disk takes them; about 20 MB. */
    static final int MAX_WAITING = 20_000;

    private static final long BETWEEN_REPAIRS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuditFiles files;
    private final SecretKey key;
    private final AuditSettings settings;
    private final Clock clock;
    private final Head head;
    private final Retention retention;
    private final AnonymousCalls anonymous;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<RecordedEvent> waiting = new ArrayList<>();
    private @Nullable AuditWriter writer;
    private @Nullable Thread background;
    private volatile boolean failed;
    private boolean syncFailed;
    private long nanosOfFailure;

    /** @param anonymous the counts that are lines, too, when their minute is over */
    AuditLines(Path dataDirectory, SecretKey key, AuditSettings settings, Clock clock, AnonymousCalls anonymous) {
        this.files = new AuditFiles(dataDirectory);
        this.key = key;
        this.settings = settings;
        this.clock = clock;
        this.head = new Head(files, key);
        this.retention = new Retention(files, settings, clock);
        this.anonymous = anonymous;
    }

    /**
     * Writes lines, or keeps them until the disk takes them.
     *
     * @throws Problem.Unavailable when too many wait already
     */
    synchronized void write(List<RecordedEvent> recorded) {
        if (recorded.isEmpty()) {
            return;
        }
        try {
            writable().append(recorded);
        } catch (IOException e) {
            fail(e);
            keep(recorded);
        }
    }

    /**
     * Keeps lines of work that is done already: they are written before all others as soon as possible. Called with the
     * lock.
     */
    private void keep(List<RecordedEvent> recorded) {
        if (isStopped() || waiting.size() + recorded.size() > MAX_WAITING) {
            throw new Problem.Unavailable("The audit can't be written.", RETRY_AFTER);
        }
        waiting.addAll(recorded);
    }

    /** Whether a line would be written now. */
    boolean takesWrites() {
        return failed ? takesThemAgain() : !isStopped();
    }

    private synchronized boolean takesThemAgain() {
        try {
            writable();
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    /** Ends the audit: all of it is on disk, and nothing more is taken. */
    void close() {
        takesWrites(); // the last chance for lines that wait
        stopping.countDown();
        flush();
        synchronized (this) {
            if (writer != null) {
                writer.file().close();
                writer = null;
            }
        }
    }

    private AuditWriter writable() throws IOException {
        if (isStopped()) {
            throw new IOException("The service has stopped.");
        }
        if (failed) {
            repair();
        }
        AuditWriter open = writer;
        if (open == null) {
            open = new AuditWriter(files, key, clock);
            writer = open;
            head.write(synced(open));
            startFlushing();
        }
        if (open.isOfAnotherDay() || open.file().length() > settings.maxFileBytes()) {
            open.rollOver();
            head.write(open.last());
            retention.removeOld(open);
        }
        return open;
    }

    /** Opens anew what has failed; not more often than each second, for many may ask. */
    private void repair() throws IOException {
        if (System.nanoTime() - nanosOfFailure < BETWEEN_REPAIRS_NANOS) {
            throw new IOException("It has just failed.");
        }
        nanosOfFailure = System.nanoTime();
        if (writer != null) {
            writer.file().close();
            writer = null;
        }
        AuditWriter anew = new AuditWriter(files, key, clock);
        try {
            if (syncFailed) {
                anew.rollOver(); // a second flush of the same file would prove nothing
            }
            if (!waiting.isEmpty()) {
                anew.append(waiting);
            }
            head.write(synced(anew));
        } catch (IOException e) {
            anew.file().close();
            throw e;
        }
        waiting.clear();
        writer = anew;
        failed = false;
        syncFailed = false;
        startFlushing();
        LOG.log(Level.INFO, "The audit is written again.");
    }

    private static Position synced(AuditWriter writer) throws IOException {
        writer.file().sync();
        return writer.last();
    }

    /** Called with the lock. */
    private void fail(IOException cause) {
        if (!failed) {
            failed = true;
            nanosOfFailure = System.nanoTime();
            LOG.log(
                    Level.ERROR,
                    "The audit can''t be written, so nothing that changes anything is begun: {0}",
                    cause.getMessage());
        }
    }

    private boolean isStopped() {
        return stopping.getCount() == 0;
    }

    private void startFlushing() {
        if (background == null) {
            background = Thread.ofPlatform().name("oathbound-audit").daemon().start(this::flushEachSecond);
        }
    }

    private void flushEachSecond() {
        try {
            while (!stopping.await(1, TimeUnit.SECONDS)) {
                takesWrites(); // what waits is written as soon as it can be
                writeCounts(clock.instant());
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the counts of minutes that are over by then. */
    void writeCounts(Instant now) {
        try {
            write(anonymous.over(now));
        } catch (Problem.Unavailable e) {
            LOG.log(Level.WARNING, "The counts of anonymous calls of a minute are lost: {0}", e.getMessage());
        }
    }

    /** To disk with all lines, and then with how far that is; writers need not wait meanwhile. */
    private void flush() {
        AuditFile file;
        Position last;
        synchronized (this) {
            if (writer == null || failed) {
                return;
            }
            file = writer.file();
            last = writer.last();
        }
        if (head.isAt(last)) {
            return; // nothing new
        }
        try {
            file.sync();
            head.write(last);
        } catch (IOException e) {
            synchronized (this) {
                if (!file.isClosed()) { // closing has flushed it
                    syncFailed = true;
                    fail(e);
                }
            }
        }
    }
}
