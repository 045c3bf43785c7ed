package org.oathbound.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the files of the audit are kept. Throws {@link IllegalArgumentException} for a size that is not from 1 to 512, for a total
 * that has no room for two files, and for less than a day.
 *
 * @param maxFileMib another file begins when one is larger
 * @param maxTotalMib the oldest files go when all are larger; 0 for no limit
 * @param keepFor a file whose last line is older goes; null keeps all
 */
@Dependent
public record AuditSettings(
        int maxFileMib, int maxTotalMib, @Nullable Duration keepFor) {

    /** The settings where nothing is configured. */
    public static final AuditSettings DEFAULT = new AuditSettings(64, 8_192, Duration.ofDays(400));

    public AuditSettings {
        if (maxFileMib < 1 || maxFileMib > 512) {
            throw new IllegalArgumentException("oathbound.audit.max-file-mib must be from 1 to 512.");
        }
        if (maxTotalMib != 0 && maxTotalMib < 2 * maxFileMib) {
            throw new IllegalArgumentException(
                    "oathbound.audit.max-total-mib must be 0, or twice oathbound.audit.max-file-mib or more.");
        }
        if (keepFor != null && keepFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("oathbound.audit.keep-for must be a day or more.");
        }
    }

    @Inject
    AuditSettings(
            @ConfigProperty(name = "oathbound.audit.max-file-mib", defaultValue = "64") int maxFileMib,
            @ConfigProperty(name = "oathbound.audit.max-total-mib", defaultValue = "8192") int maxTotalMib,
            @ConfigProperty(name = "oathbound.audit.keep-for") Optional<Duration> keepFor) {
        this(maxFileMib, maxTotalMib, keepFor.orElse(DEFAULT.keepFor));
    }

    long maxFileBytes() {
        return (long) maxFileMib << 20;
    }

    /** What all files but the one that is written may have, so that this one has room to grow; without a limit as much as can be. */
    long maxEarlierBytes() {
        return maxTotalMib == 0 ? Long.MAX_VALUE : (long) (maxTotalMib - maxFileMib) << 20;
    }
}
