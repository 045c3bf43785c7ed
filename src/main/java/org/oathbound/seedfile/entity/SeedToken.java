package org.oathbound.seedfile.entity;

import org.jspecify.annotations.Nullable;

/**
 * A token as a seed file tells of it; null is what it does not say. What {@code token} checks anyway, such as the length of a
 * secret, has not been looked at.
 *
 * @param serialNumber null for an authenticator app
 * @param secret in hexadecimal digits
 * @param type {@code HOTP} or {@code TOTP}
 * @param hashAlgorithm such as {@code HmacSHA1}
 * @param otpLength how many digits a code has
 * @param counter the next one, of a HOTP token
 * @param timeStep in seconds, of a TOTP token
 * @param drift time steps that its clock is ahead
 * @param rowNumber its row in the file
 * @param expiresAt when the hardware is expected to end, as ISO 8601 writes it
 * @param validFrom from when on its codes may be good, so too
 * @param validUntil until when
 */
public record SeedToken(
        @Nullable String serialNumber,
        @Nullable String secret,
        @Nullable String type,
        @Nullable String hashAlgorithm,
        @Nullable Integer otpLength,
        @Nullable Long counter,
        @Nullable Long timeStep,
        @Nullable Long drift,
        int rowNumber,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String expiresAt,
        @Nullable String validFrom,
        @Nullable String validUntil) {

    /** The same token, as far as it had come where it was in use. */
    public SeedToken moved(@Nullable Long itsCounter, @Nullable Long itsDrift) {
        return new SeedToken(
                serialNumber,
                secret,
                type,
                hashAlgorithm,
                otpLength,
                itsCounter,
                timeStep,
                itsDrift,
                rowNumber,
                manufacturer,
                model,
                expiresAt,
                validFrom,
                validUntil);
    }

    @Override
    public String toString() {
        return "SeedToken";
    }
}
