package org.oathbound.otp;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A code as a person types it and a token shows it: six or eight ASCII digits, leading zeros among them. */
public final class Passcode {

    /** The message for a text that is no code. */
    public static final String RULE = "A code has six or eight digits, and nothing else.";

    private static final Pattern FORM = Pattern.compile("[0-9]{6}|[0-9]{8}");

    private final int value;
    private final int digits;

    private Passcode(int value, int digits) {
        this.value = value;
        this.digits = digits;
    }

    /** The code that was typed, or nothing if the text is not exactly six or eight ASCII digits. */
    public static Optional<Passcode> parse(String typed) {
        return FORM.matcher(typed).matches()
                ? Optional.of(new Passcode(Integer.parseInt(typed), typed.length()))
                : Optional.empty();
    }

    static Passcode of(int value, int digits) {
        return new Passcode(value, digits);
    }

    /** How many codes of this many digits there are, a power of ten. */
    static int modulus(int digits) {
        return switch (digits) {
            case 6 -> 1_000_000;
            case 8 -> 100_000_000;
            default -> throw new IllegalArgumentException("A code has 6 or 8 digits, not " + digits + ".");
        };
    }

    /** How many digits, 6 or 8. */
    public int digits() {
        return digits;
    }

    /** The digits in the clear, for the one person whose code it is. */
    public String text() {
        // A one in front keeps the leading zeros; a format would write the digits of the default locale.
        return Integer.toString(modulus(digits) + value).substring(1);
    }

    /** All bits set if the code is this value in this many digits, none if not; without a branch. */
    long matches(int value, int digits) {
        int difference = (this.value ^ value) | (this.digits ^ digits);
        return ~((long) (difference | -difference) >> (Integer.SIZE - 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Passcode that && matches(that.value, that.digits) != 0;
    }

    /** Depends on the number of digits only, for a hash of the code would tell of it. */
    @Override
    public int hashCode() {
        return digits;
    }

    @Override
    public String toString() {
        return "Passcode[redacted]";
    }
}
