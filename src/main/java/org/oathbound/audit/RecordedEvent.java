package org.oathbound.audit;

import java.time.Instant;

/** An event with its context and time. */
record RecordedEvent(AuditEvent event, AuditContext context, Instant at) {}
