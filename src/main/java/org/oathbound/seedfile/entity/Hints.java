package org.oathbound.seedfile.entity;

import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

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

    /**
     * What file and client say together, null when neither says anything; {@link Problem.InvalidData} when they differ.
     *
     * @param target the name that a fault is about
     * @param parameter the client's name for it
     */
    public static <T> @Nullable T agreed(String target, String parameter, @Nullable T said, @Nullable T hint) {
        if (said != null && hint != null && !said.equals(hint)) {
            throw new Problem.InvalidData(
                    DetailCode.CONSTRAINT_VIOLATION,
                    target,
                    "The file says " + said + " and the parameter " + parameter + " says " + hint
                            + "; a parameter does not overrule the file.");
        }
        return said == null ? hint : said;
    }

    /** The same, and {@link Problem.InvalidData} when neither says anything. */
    public static <T> T required(String target, String parameter, @Nullable T said, @Nullable T hint) {
        T agreed = agreed(target, parameter, said, hint);
        if (agreed == null) {
            throw new Problem.InvalidData(
                    DetailCode.REQUIRED_VALUE,
                    target,
                    "The file does not say it; say it by the parameter " + parameter + ".");
        }
        return agreed;
    }
}
