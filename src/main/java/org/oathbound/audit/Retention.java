package org.oathbound.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Removes files whose time is over, each after a line that says so: a file missing without such a line was not removed
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

    void removeOld(AuditWriter writer) throws IOException {
        Duration keepFor = settings.keepFor();
        if (keepFor == null) {
            return;
        }
        LocalDate oldest = AuditFiles.day(clock.instant().minus(keepFor));
        List<String> names = files.names();
        // A file's last line is no younger than the first of the next.
        for (int i = 0; i + 1 < names.size() && AuditFiles.day(names.get(i + 1)).isBefore(oldest); i++) {
            writer.append(List.of(new RecordedEvent(
                    new AuditEvent(Action.AUDIT_REMOVED, Outcome.SUCCESS).object(names.get(i)),
                    new AuditContext(null, AuditContext.SERVICE, null),
                    clock.instant())));
            Files.deleteIfExists(files.path(names.get(i)));
        }
    }
}
