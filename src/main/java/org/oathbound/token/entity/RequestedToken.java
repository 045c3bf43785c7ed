package org.oathbound.token.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;

/**
 * A token as it is asked for, before {@link TokenRules} have looked at it. What was not said, or could not be read, is null.
 * The names in faults are those of PingOne's API, such as {@code totp.timeStep}.
 *
 * @param secret in hexadecimal digits
 * @param type {@code HOTP} or {@code TOTP}
 * @param otpLength how many digits a code has
 * @param expiresAt when the hardware is expected to end, as ISO 8601 writes it
 * @param validFrom from when on its codes may be good, so too
 * @param validUntil until when
 * @param unread why values could not be read
 */
public record RequestedToken(
        @Nullable String serialNumber,
        @Nullable String secret,
        @Nullable String type,
        @Nullable String hashAlgorithm,
        @Nullable Long otpLength,
        @Nullable Hotp hotp,
        @Nullable Totp totp,
        @Nullable Long rowNumber,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String expiresAt,
        @Nullable String validFrom,
        @Nullable String validUntil,
        List<Detail> unread) {

    /** What only a HOTP token has. */
    public record Hotp(@Nullable Long counter) {}

    /**
     * What only a TOTP token has.
     *
     * @param timeStep in seconds
     * @param drift time steps that its clock is ahead; told of a token that was in use elsewhere only
     */
    public record Totp(@Nullable Long timeStep, @Nullable Long drift) {}

    @Override
    public String toString() {
        return "RequestedToken";
    }
}
