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
        String hidden = comparable(secret);
        return cells.stream().map(cell -> shown(cell, hidden)).toList();
    }

    private static String shown(String cell, String hidden) {
        String masked = isSecret(comparable(cell), hidden)
                ? masked(cell)
                : LIKE_A_KEY.matcher(cell).replaceAll("$1" + STARS.replace("*", "\\*"));
        return masked.length() > MAX_LENGTH ? masked.substring(0, MAX_LENGTH) : masked;
    }

    private static boolean isSecret(String cell, String hidden) {
        boolean canBeFound = hidden.length() >= LONG_ENOUGH_FOR_A_HINT;
        return !hidden.isEmpty() && (canBeFound ? cell.contains(hidden) : cell.equals(hidden));
    }

    /** Some write a secret in groups. */
    private static String comparable(String cell) {
        return cell.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String masked(String cell) {
        return cell.length() < LONG_ENOUGH_FOR_A_HINT ? STARS : cell.substring(0, 2) + STARS;
    }
}
