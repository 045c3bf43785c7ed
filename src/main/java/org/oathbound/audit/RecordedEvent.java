package org.oathbound.audit;

import java.time.Instant;

/** An event with who it was, and when. */
record RecordedEvent(AuditEvent event, AuditContext context, Instant at) {}
