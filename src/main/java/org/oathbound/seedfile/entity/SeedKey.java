package org.oathbound.seedfile.entity;

import java.time.Instant;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is written into a file. It never shows its secret.
 *
 * @param expiresAt when the hardware is expected to end
 * @param validFrom from when on its codes may be good
 * @param validUntil until when
 * @param userId its owner, as a distinguished name (RFC 4514); null for stock
 * @param hashAlgorithm {@code HmacSHA1}, {@code HmacSHA256} or {@code HmacSHA512}
 * @param otpLength how many digits a code has
 */
public record SeedKey(
        String serialNumber,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable Instant expiresAt,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable String userId,
        String hashAlgorithm,
        int otpLength,
        SecretKey secret,
        Factor factor) {

    /** What makes one code differ from the next. */
    public sealed interface Factor {}

    /**
     * Of HOTP.
     *
     * @param next the lowest counter whose code is still good
     */
    public record Counter(long next) implements Factor {}

    /**
     * Of TOTP.
     *
     * @param drift the token's time less that of the server, in time steps
     */
    public record TimeStep(int seconds, int drift) implements Factor {}

    @Override
    public String toString() {
        return "SeedKey[" + serialNumber + "]";
    }
}
