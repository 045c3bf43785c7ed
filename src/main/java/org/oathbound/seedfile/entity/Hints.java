package org.oathbound.seedfile.entity;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of a file because the file itself does not. A file that says otherwise is not overruled: that row is
 * faulty.
 *
 * @param type {@code HOTP} or {@code TOTP}
 * @param otpLength 6 or 8
 * @param timeStep seconds, 30 or 60
 * @param hashAlgorithm {@code HmacSHA1}, {@code HmacSHA256} or {@code HmacSHA512}
 */
public record Hints(
        @Nullable SecretEncoding encoding,
        @Nullable String type,
        @Nullable Integer otpLength,
        @Nullable Integer timeStep,
        @Nullable String hashAlgorithm) {

    public static final Hints NONE = new Hints(null, null, null, null, null);
}
