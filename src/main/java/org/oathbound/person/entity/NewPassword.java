package org.oathbound.person.entity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;

/** The rules for a new password, the same at every interface. */
public final class NewPassword {

    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 256;

    private static final int GENERATED_BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** As in {@code {SSHA512}…}: PingOne takes passwords that another directory has hashed. */
    private static final Pattern ENCODED = Pattern.compile("\\{[0-9A-Za-z._-]+}.*", Pattern.DOTALL);

    private NewPassword() {}

    /**
     * What is wrong with a password.
     *
     * @param target the field that holds it
     */
    public static Optional<Detail> fault(String target, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            String message = "The password must have at least " + MIN_LENGTH + " characters.";
            return Optional.of(new Detail(DetailCode.INVALID_VALUE, target, message));
        } else if (length > MAX_LENGTH) {
            return Optional.of(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    target,
                    "The value is longer than " + MAX_LENGTH + " characters.",
                    Map.of("maximumValue", MAX_LENGTH)));
        } else if (password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    new Detail(DetailCode.INVALID_VALUE, target, "The password must not have control characters."));
        } else if (ENCODED.matcher(password).matches()) {
            return Optional.of(new Detail(
                    DetailCode.INVALID_VALUE,
                    target,
                    "An encoded password can't be taken over: send it as it is typed."));
        }
        return Optional.empty();
    }

    /** A password that can't be guessed: 20 characters that any keyboard has. */
    public static String generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
