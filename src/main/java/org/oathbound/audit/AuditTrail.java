package org.oathbound.audit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.oathbound.directory.DataDirectory;
import org.oathbound.sealing.KeySet;

/** The audit in the files of the data directory. */
@ApplicationScoped
public class AuditTrail implements Audit {

    private final Clock clock;
    private final AuditLines lines;
    private final AnonymousCalls anonymous = new AnonymousCalls();

    @SuppressWarnings("ThreadLocalUsage") // each audit has its own
    private final ThreadLocal<List<RecordedEvent>> together = new ThreadLocal<>();

    @Inject
    public AuditTrail(DataDirectory data, KeySet keys, AuditSettings settings, Clock clock) {
        this.clock = clock;
        this.lines = new AuditLines(data.path(), keys.auditKey(), settings, clock, anonymous);
    }

    @Override
    public void record(AuditEvent event) {
        RecordedEvent recorded = new RecordedEvent(event, AuditContext.current(), clock.instant());
        List<RecordedEvent> others = together.get();
        if (others == null) {
            lines.write(List.of(recorded));
        } else {
            others.add(recorded);
        }
    }

    @Override
    public void recordAnonymous(AuditEvent event, String network) {
        lines.write(anonymous.due(new RecordedEvent(event, AuditContext.current(), clock.instant()), network));
    }

    /** Writes the counts of anonymous calls, those of the minute that is under way too: the service stops. */
    public void writeCounts() {
        lines.writeCounts(Instant.MAX);
    }

    @Override
    public <T> T together(Supplier<T> work) {
        List<RecordedEvent> all = new ArrayList<>();
        together.set(all);
        try {
            return work.get();
        } finally {
            together.remove();
            lines.write(all); // what was done before a failure was done
        }
    }

    @Override
    public boolean takesWrites() {
        return lines.takesWrites();
    }

    /** Ends the audit: all of it is on disk, and nothing more is taken. */
    @PreDestroy
    public void close() {
        writeCounts();
        lines.close();
    }
}
