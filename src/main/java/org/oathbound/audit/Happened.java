package org.oathbound.audit;

import java.time.Instant;

/** An event with who it was, and when. */
record Happened(AuditEvent event, AuditContext context, Instant at) {}
