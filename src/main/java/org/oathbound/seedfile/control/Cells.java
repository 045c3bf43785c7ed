package org.oathbound.seedfile.control;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may be shown of a row's cells. */
final class Cells {

    private static final int MAX_LENGTH = 100;

    /** From here on two characters of a secret tell nothing of it; the shortest in use has 16. */
    private static final int LONG_ENOUGH_FOR_A_HINT = 16;

    private static final String STARS = "******";

    /** Of 128 bits in Base32, or more: columns may be swapped. */
    private static final Pattern LIKE_A_KEY = Pattern.compile("([0-9A-Za-z+/=]{2})[0-9A-Za-z+/=]{24,}");

    private Cells() {}

    /**
     * The cells without secrets and none of them long.
     *
     * @param secret the row's, as it stands there, for it is one whatever it looks like; empty when there is none
     */
    static List<String> shown(List<String> cells, String secret) {
        return cells.stream().map(cell -> shown(cell, secret)).toList();
    }

    /** One of them. */
    static String shown(String cell, String secret) {
        String masked =
                tells(cell, secret) ? masked(cell) : LIKE_A_KEY.matcher(cell).replaceAll("$1" + STARS);
        return masked.length() > MAX_LENGTH ? masked.substring(0, MAX_LENGTH) : masked;
    }

    /** Whether the secret can be read from a cell. */
    static boolean tells(String cell, String secret) {
        String hidden = comparable(secret);
        boolean canBeFound = hidden.length() >= LONG_ENOUGH_FOR_A_HINT;
        String text = comparable(cell);
        return !hidden.isEmpty() && (canBeFound ? text.contains(hidden) : text.equals(hidden));
    }

    /** Some write a secret in groups. */
    private static String comparable(String cell) {
        return cell.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String masked(String cell) {
        return cell.length() < LONG_ENOUGH_FOR_A_HINT ? STARS : cell.substring(0, 2) + STARS;
    }
}
