package org.oathbound.seedfile.control;

import com.unboundid.util.Base32;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * A secret as text becomes hexadecimal digits. What the client says of its encoding counts most, then what the format
 * defines. Where both are silent the characters decide, for 0, 1, 8 and 9 are not in Base32 and G to Z not in
 * hexadecimal; what could be both is not guessed.
 */
final class SecretText {

    /** More than any secret that a token may have. */
    private static final int MAX_LENGTH = 512;

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
    private static final Pattern BASE32 = Pattern.compile("[A-Za-z2-7]+=*");
    private static final String TARGET = "secret";

    private @Nullable String hex;
    private @Nullable Detail fault;

    private SecretText() {}

    /** @param encoding null when neither the client nor the format says it */
    static SecretText read(String text, @Nullable SecretEncoding encoding) {
        SecretText secret = new SecretText();
        if (text.isEmpty()) {
            secret.fail(DetailCode.REQUIRED_VALUE, "There is no secret.");
        } else if (text.length() > MAX_LENGTH) {
            secret.fail(DetailCode.SIZE_LIMIT_EXCEEDED, "The secret is longer than " + MAX_LENGTH + " characters.");
        } else if (encoding == null) {
            secret.byCharacters(text);
        } else if (encoding == SecretEncoding.HEX) {
            secret.asHex(text);
        } else {
            secret.asBase32(text);
        }
        return secret;
    }

    /** In hexadecimal digits; null when there is a fault. */
    @Nullable
    String hex() {
        return hex;
    }

    @Nullable
    Detail fault() {
        return fault;
    }

    private void byCharacters(String text) {
        boolean couldBeHex = HEX.matcher(text).matches();
        boolean couldBeBase32 = BASE32.matcher(text).matches();
        if (couldBeHex && couldBeBase32) {
            fail(
                    DetailCode.REQUIRED_VALUE,
                    "The secret could be hexadecimal or Base32; say which by the parameter encoding.");
        } else if (couldBeHex) {
            asHex(text);
        } else if (couldBeBase32) {
            asBase32(text);
        } else {
            fail(DetailCode.INVALID_VALUE, "The secret is neither hexadecimal nor Base32.");
        }
    }

    /** Whether the number of digits is even is {@code token}'s to say. */
    private void asHex(String text) {
        if (HEX.matcher(text).matches()) {
            hex = text;
        } else {
            fail(DetailCode.INVALID_VALUE, "The secret is not hexadecimal.");
        }
    }

    /** Authenticator apps show Base32 in groups, so spaces are left out. */
    private void asBase32(String text) {
        String letters = text.replace(" ", "");
        String unpadded = letters.replaceFirst("=+$", "");
        String padded = unpadded + "=".repeat((8 - unpadded.length() % 8) % 8);
        boolean isPadded = letters.length() > unpadded.length();
        try {
            byte[] bytes = Base32.decode(padded);
            // Written again it must be the same: no letter was cut off, none is there too many. Of the last letter bits
            // may be left
            // over, which are dropped, as verifiers do.
            if (bytes.length > 0
                    && Base32.encode(bytes).regionMatches(true, 0, padded, 0, unpadded.length() - 1)
                    && Base32.encode(bytes).replace("=", "").length() == unpadded.length()
                    && (!isPadded || letters.length() == padded.length())) {
                hex = HexFormat.of().formatHex(bytes);
                return;
            }
        } catch (ParseException e) {
            // Its message may show a character.
        }
        fail(DetailCode.INVALID_VALUE, "The secret is not Base32 (RFC 4648, letters and 2 to 7), or not all of it.");
    }

    private void fail(DetailCode code, String message) {
        fault = new Detail(code, TARGET, message);
    }
}
