package org.oathbound.token.entity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the factory printed on the token: 1 to 50 ASCII letters and digits. Kept as given; {@code ab1} and {@code AB1}
 * are one serial number.
 */
public record SerialNumber(String value) {

    public static final int MAX_LENGTH = 50;

    private static final Pattern ALPHANUMERIC = Pattern.compile("[0-9A-Za-z]{1," + MAX_LENGTH + "}");

    public SerialNumber {
        if (!isSerialNumber(value)) {
            throw new IllegalArgumentException("A serial number has 1 to 50 letters and digits.");
        }
    }

    public static boolean isSerialNumber(String text) {
        return ALPHANUMERIC.matcher(text).matches();
    }

    /** The form in which serial numbers are compared. */
    public String canonical() {
        return value.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerialNumber that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }
}
