package org.oathbound.audit;

import java.time.Instant;

/**
 * An event with its context and time.
 *
 * @param count of how many calls it tells; 0 for a line that tells of one and does not say so
 */
record RecordedEvent(AuditEvent event, AuditContext context, Instant at, long count) {

    RecordedEvent(AuditEvent event, AuditContext context, Instant at) {
        this(event, context, at, 0);
    }
}
