package org.oathbound.seedfile.entity;

import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * What a client says of those rows of a file that do not say it themselves.
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

    /**
     * What the row says, or else the client; {@link Problem.InvalidData} when neither says anything.
     *
     * @param target the name that a fault is about
     * @param parameter the client's name for it
     */
    public static <T> T required(String target, String parameter, @Nullable T said, @Nullable T hint) {
        T settled = said == null ? hint : said;
        if (settled == null) {
            throw new Problem.InvalidData(
                    DetailCode.REQUIRED_VALUE,
                    target,
                    "The file does not say it; say it by the parameter " + parameter + ".");
        }
        return settled;
    }
}
