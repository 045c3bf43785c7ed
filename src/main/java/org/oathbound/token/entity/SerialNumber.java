package org.oathbound.token.entity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the factory printed on the token: 1 to 50 ASCII letters and digits, and {@code -}, {@code .} and {@code :} inside.
 * Kept as given; {@code ab1} and {@code AB1} are one serial number.
 */
public record SerialNumber(String value) {

    public static final int MAX_LENGTH = 50;

    /** Any of them, as JSON Schema writes it. */
    public static final String PATTERN = "^[0-9A-Za-z]([-.:0-9A-Za-z]{0,48}[0-9A-Za-z])?$";

    /** Those without punctuation. */
    public static final String ALPHANUMERIC_PATTERN = "^[0-9A-Za-z]{1,50}$";

    private static final Pattern ANY = Pattern.compile(PATTERN);
    private static final Pattern ALPHANUMERIC = Pattern.compile(ALPHANUMERIC_PATTERN);
    private static final Pattern BEGINNING = Pattern.compile("[0-9A-Za-z][-.:0-9A-Za-z]{0,49}");

    public SerialNumber {
        if (!isSerialNumber(value)) {
            throw new IllegalArgumentException("A serial number has 1 to 50 letters and digits, and - . : inside.");
        }
    }

    public static boolean isSerialNumber(String text) {
        return ANY.matcher(text).matches();
    }

    /** Whether it has letters and digits only. */
    public static boolean isAlphanumeric(String text) {
        return ALPHANUMERIC.matcher(text).matches();
    }

    /** Whether a serial number can begin so. */
    public static boolean isBeginning(String text) {
        return BEGINNING.matcher(text).matches();
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
