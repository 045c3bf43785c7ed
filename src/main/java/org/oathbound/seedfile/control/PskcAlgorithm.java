package org.oathbound.seedfile.control;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.Hints;

/**
 * How the codes of one {@code Key} are made (RFC 6030 sections 4.3.4 and 10.1): what it says, and where it says nothing
 * what the client says.
 */
record PskcAlgorithm(PskcElement key, Hints hints) {

    private static final Set<String> IN_PARAMETERS = Set.of("Suite", "ChallengeFormat", "ResponseFormat", "Extensions");

    /** RFC 6030's names, and those with {@code #} that its drafts had and vendors kept. */
    private static final Map<String, String> TYPES = Map.of(
            PskcElement.PSKC + ":hotp", "HOTP",
            PskcElement.PSKC + "#hotp", "HOTP",
            PskcElement.PSKC + ":totp", "TOTP",
            PskcElement.PSKC + "#totp", "TOTP");

    private static final Pattern SUITE = Pattern.compile("(?:HMAC-?)?SHA-?(1|256|512)", Pattern.CASE_INSENSITIVE);

    /** HOTP or TOTP. */
    String type() {
        String uri = key.attribute("Algorithm");
        String said = uri == null ? null : TYPES.get(uri);
        if (uri != null && said == null) {
            throw PskcFault.of("type", "The key is for another algorithm than HOTP and TOTP.");
        }
        return Hints.required("type", "type", said, hints.type());
    }

    /** Null when the file names none; the standards then mean SHA-1. */
    @Nullable
    String hash() {
        PskcElement parameters = parameters();
        PskcElement suite = parameters == null ? null : parameters.child("Suite");
        return suite == null ? hints.hashAlgorithm() : hash(suite);
    }

    private static String hash(PskcElement suite) {
        Matcher matcher = SUITE.matcher(suite.text());
        if (!matcher.matches()) {
            throw PskcFault.of("hashAlgorithm", "The key's Suite is none of HMAC-SHA1, HMAC-SHA256 and HMAC-SHA512.");
        }
        return "HmacSHA" + matcher.group(1);
    }

    /** How many digits a code has. */
    int otpLength() {
        PskcElement parameters = parameters();
        PskcElement format = parameters == null ? null : parameters.child("ResponseFormat");
        Integer said = format == null ? null : (Integer) length(format);
        return Hints.required("otpLength", "otpLength", said, hints.otpLength());
    }

    private static int length(PskcElement format) {
        if (!"DECIMAL".equals(format.attribute("Encoding"))) {
            throw PskcFault.of("otpLength", "The key's codes are not decimal digits.");
        }
        if (!Set.of("", "false", "0").contains(PskcFault.orEmpty(format.attribute("CheckDigits")))) {
            throw PskcFault.of("otpLength", "The key's codes have a check digit; that is not supported.");
        }
        String length = PskcFault.orEmpty(format.attribute("Length"));
        if (!length.matches("[0-9]{1,3}")) {
            throw PskcFault.of("otpLength", "The key's ResponseFormat does not say how long a code is.");
        }
        return Integer.parseInt(length);
    }

    /** Seconds. There is no time step that is so usual that it goes without saying. */
    long timeStep(@Nullable Long said) {
        Long hint = hints.timeStep() == null ? null : Long.valueOf(hints.timeStep());
        return Hints.required("totp.timeStep", "timeStep", said, hint);
    }

    private @Nullable PskcElement parameters() {
        PskcElement parameters = key.child("AlgorithmParameters");
        if (parameters == null) {
            return null;
        }
        parameters.mayHave(IN_PARAMETERS);
        if (parameters.child("ChallengeFormat") != null) {
            throw PskcFault.of("type", "The key answers challenges; that is not supported.");
        }
        return parameters;
    }
}
