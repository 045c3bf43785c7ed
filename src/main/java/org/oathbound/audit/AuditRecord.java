package org.oathbound.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit that was read.
 *
 * @param sequence its number
 * @param members all others but the hash, by their names ({@code docs/siem.md}); numbers as text
 */
public record AuditRecord(long sequence, Instant time, Map<String, String> members) {

    public @Nullable String member(String name) {
        return members.get(name);
    }
}
