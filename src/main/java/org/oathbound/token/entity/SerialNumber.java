package org.oathbound.token.entity;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;

/**
 * What the factory printed on the token: 1 to 50 ASCII letters and digits, and {@code -}, {@code .}, {@code :} and {@code _} inside.
 * Kept as given; {@code ab1} and {@code AB1} are one serial number.
 */
public record SerialNumber(String value) {

    public static final int MAX_LENGTH = 50;

    /** Any of them, as JSON Schema writes it. */
    public static final String PATTERN = "^[0-9A-Za-z]([-.:_0-9A-Za-z]{0,48}[0-9A-Za-z])?$";

    /** Those without punctuation. */
    public static final String ALPHANUMERIC_PATTERN = "^[0-9A-Za-z]{1,50}$";

    private static final String NAME = "serialNumber";

    private static final Pattern ANY = Pattern.compile(PATTERN);
    private static final Pattern ALPHANUMERIC = Pattern.compile(ALPHANUMERIC_PATTERN);
    private static final Pattern BEGINNING = Pattern.compile("[0-9A-Za-z][-.:_0-9A-Za-z]{0,49}");

    public SerialNumber {
        if (!isSerialNumber(value)) {
            throw new IllegalArgumentException("A serial number has 1 to 50 letters and digits, and - . : _ inside.");
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

    /**
     * The serial number that a text is, without white space around it; null, and a fault of {@code serialNumber}, when it is
     * none.
     *
     * @param text null when it is a fault already that there is none
     * @param punctuation whether there may be some inside
     */
    public static @Nullable SerialNumber read(@Nullable String text, boolean punctuation, Faults faults) {
        if (text == null) {
            return null;
        }
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, NAME, "The serial number is empty.");
        } else if (trimmed.length() > MAX_LENGTH) {
            faults.tooLong(NAME, MAX_LENGTH);
        } else if (!punctuation && !isAlphanumeric(trimmed)) {
            faults.notMatching(
                    NAME,
                    isSerialNumber(trimmed)
                            ? "The serial number may have letters and digits only; the setting serialNumberPunctuation of"
                                    + " oathSettings permits - . : and _ inside."
                            : "The serial number may have letters and digits only.",
                    ALPHANUMERIC_PATTERN);
        } else if (!isSerialNumber(trimmed)) {
            faults.notMatching(
                    NAME, "The serial number may have letters and digits only, and - . : _ inside.", PATTERN);
        } else {
            return new SerialNumber(trimmed);
        }
        return null;
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
