package org.oathbound.sealing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a key: never the key itself.
 *
 * @param id its {@code kid}
 * @param createdAt not known of the keys of a first start
 * @param usedFrom when it begins to sign, if that was said
 * @param usedUntil when it ceases to verify, if that was said
 */
public record KeyFact(
        String id,
        Purpose purpose,
        Use use,
        @Nullable Instant createdAt,
        @Nullable Instant usedFrom,
        @Nullable Instant usedUntil) {

    /** What a key is for. */
    public enum Purpose {
        /** Seals secrets, and opens them. */
        SEALING,
        /** Tells whether two secrets are the same. It is never rotated. */
        FINGERPRINT,
        /** Signs access tokens, and verifies them. */
        SIGNING
    }

    /** Whether a key is used for what is new. */
    public enum Use {
        /** For outside verifiers to get to know it; it does not sign yet. */
        PUBLISHED,
        /** For all that is new. */
        IN_USE,
        /** Only opens, or verifies, what was made with it. */
        FORMER
    }
}
