package org.oathbound.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the files of the audit are kept. Throws {@link IllegalArgumentException} for a size that is not from 1 to 512.
 *
 * @param maxFileMib another file begins when one is larger
 * @param keepFor a file whose last line is older goes; null keeps all
 */
@Dependent
public record AuditSettings(int maxFileMib, @Nullable Duration keepFor) {

    /** The settings where nothing is configured. */
    public static final AuditSettings DEFAULT = new AuditSettings(64, (Duration) null);

    public AuditSettings {
        if (maxFileMib < 1 || maxFileMib > 512) {
            throw new IllegalArgumentException("oathbound.audit.max-file-mib must be from 1 to 512.");
        }
        if (keepFor != null && keepFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("oathbound.audit.keep-for must be a day or more.");
        }
    }

    @Inject
    AuditSettings(
            @ConfigProperty(name = "oathbound.audit.max-file-mib", defaultValue = "64") int maxFileMib,
            @ConfigProperty(name = "oathbound.audit.keep-for") Optional<Duration> keepFor) {
        this(maxFileMib, keepFor.orElse(null));
    }

    long maxFileBytes() {
        return (long) maxFileMib << 20;
    }
}
