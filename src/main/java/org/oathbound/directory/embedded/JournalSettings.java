package org.oathbound.directory.embedded;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How the journal is kept.
 *
 * @param sync false gives up durability for speed, for measurements
 * @param snapshotAfter bytes of journal, or the size of the last snapshot if that is more, until the next snapshot
 * @param keep at most so many snapshots, and the journal behind the oldest of them; never less than two
 * @param keepFor a snapshot that is older goes, unless it is one of the newest two
 */
@Dependent
public record JournalSettings(boolean sync, long snapshotAfter, int keep, Duration keepFor) {

    /** The settings where nothing is configured. */
    public static final JournalSettings DEFAULT = new JournalSettings(true, 64 << 20, 3, Duration.ofDays(7));

    @Inject
    public JournalSettings(
            @ConfigProperty(name = "oathbound.journal.sync", defaultValue = "true") boolean sync,
            @ConfigProperty(name = "oathbound.snapshots.after", defaultValue = "67108864") long snapshotAfter,
            @ConfigProperty(name = "oathbound.snapshots.keep", defaultValue = "3") int keep,
            @ConfigProperty(name = "oathbound.snapshots.keep-for", defaultValue = "P7D") Duration keepFor) {
        this.sync = sync;
        this.snapshotAfter = snapshotAfter;
        this.keep = keep;
        this.keepFor = keepFor;
    }
}
