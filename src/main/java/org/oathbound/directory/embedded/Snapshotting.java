package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes snapshots in the background when the journal has grown by enough, once a day if anything has changed, and at the
 * end, and removes old ones with the journal before them. Writers wait for no more than the start of a new journal file.
 */
final class Snapshotting {

    private static final Logger LOG = System.getLogger(Snapshotting.class.getName());
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final Store store;
    private final JournalSettings settings;
    private final Clock clock;
    private final Snapshots snapshots;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread background = new Thread(this::takeWhenDue, "oathbound-snapshots");

    /** How long the journal was at the last snapshot, and when that was. */
    private long journalBytesThen;

    /** Bytes of the last snapshot. */
    private long size;

    private long nanosThen = System.nanoTime();
    private long nanosOfFailure = nanosThen - AFTER_A_FAILURE.toNanos();

    Snapshotting(Store store, Path dataDirectory, JournalSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        try {
            this.snapshots = new Snapshots(dataDirectory, store.suffix().toString());
            this.size = snapshots.size();
        } catch (IOException e) {
            throw new UncheckedIOException("The snapshots in " + dataDirectory + " can't be used.", e);
        }
    }

    void start() {
        background.setDaemon(true);
        background.start();
    }

    /** Waits for a snapshot that is being taken, and takes a last one if anything has changed since. */
    void close() {
        stopping.countDown();
        try {
            background.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (grown() > 0) {
            take();
        }
    }

    private void takeWhenDue() {
        try {
            while (!stopping.await(1, TimeUnit.SECONDS)) {
                long now = System.nanoTime();
                if (now - nanosOfFailure >= AFTER_A_FAILURE.toNanos() && isDue(now)) {
                    take();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDue(long now) {
        long grown = grown();
        return grown > 0 && (now - nanosThen >= DAY.toNanos() || grown >= Math.max(settings.snapshotAfter(), size));
    }

    /** Bytes of journal since the last snapshot. */
    private long grown() {
        return store.journalBytes() - journalBytesThen;
    }

    private void take() {
        try {
            long journalBytes = store.journalBytes();
            if (!snapshots.hasRoomFor(size + grown())) {
                throw new IOException("There is not enough room for it.");
            }
            size = snapshots.store(store.snapshotAndRollOver(), clock.instant());
            journalBytesThen = journalBytes;
            nanosThen = System.nanoTime();
            store.forgetThrough(
                    snapshots.removeOld(settings.keep(), clock.instant().minus(settings.keepFor())));
        } catch (IOException | LDAPException | RuntimeException e) {
            nanosOfFailure = System.nanoTime();
            LOG.log(
                    Level.WARNING,
                    "A snapshot could not be taken, or old ones not removed: {0} The journal has everything, and grows on.",
                    e.getMessage());
        }
    }
}
