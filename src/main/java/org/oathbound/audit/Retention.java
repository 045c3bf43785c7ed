package org.oathbound.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Removes files whose time is over, and the oldest of more than there is room for, each after a line that says so: a file missing without such a line was not removed
 * by the service.
 */
final class Retention {

    private final AuditFiles files;
    private final AuditSettings settings;
    private final Clock clock;

    Retention(AuditFiles files, AuditSettings settings, Clock clock) {
        this.files = files;
        this.settings = settings;
        this.clock = clock;
    }

    /** Called when a file begins: the newest one is that of the writer, and has no size to speak of. */
    void removeOld(AuditWriter writer) throws IOException {
        List<String> names = files.names();
        long earlier = 0;
        for (String name : names) {
            earlier += Files.size(files.path(name));
        }
        for (int i = 0; i + 1 < names.size(); i++) {
            if (earlier <= settings.maxEarlierBytes() && !isOver(names.get(i + 1))) {
                return;
            }
            Path oldest = files.path(names.get(i));
            earlier -= Files.size(oldest);
            writer.append(List.of(new RecordedEvent(
                    new AuditEvent(Action.AUDIT_REMOVED, Outcome.SUCCESS).object(names.get(i)),
                    new AuditContext(null, AuditContext.SERVICE, null),
                    clock.instant())));
            Files.deleteIfExists(oldest);
        }
    }

    /** Whether the time of a file is over, by the name of the next: the last line of a file is no younger than the next one's first. */
    private boolean isOver(String next) {
        Duration keepFor = settings.keepFor();
        return keepFor != null
                && AuditFiles.day(next).isBefore(AuditFiles.day(clock.instant().minus(keepFor)));
    }
}
