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
     * @param secret the place of the cell that is one whatever it looks like; -1 for none
     */
    static List<String> shown(List<String> cells, int secret) {
        String hidden = secret >= 0 && secret < cells.size() ? cells.get(secret).toLowerCase(Locale.ROOT) : "";
        return cells.stream().map(cell -> shown(cell, hidden)).toList();
    }

    private static String shown(String cell, String hidden) {
        String masked = isSecret(cell.toLowerCase(Locale.ROOT), hidden)
                ? masked(cell)
                : LIKE_A_KEY.matcher(cell).replaceAll("$1" + STARS.replace("*", "\\*"));
        return masked.length() > MAX_LENGTH ? masked.substring(0, MAX_LENGTH) : masked;
    }

    private static boolean isSecret(String cell, String hidden) {
        boolean canBeFound = hidden.length() >= LONG_ENOUGH_FOR_A_HINT;
        return !hidden.isEmpty() && (canBeFound ? cell.contains(hidden) : cell.equals(hidden));
    }

    private static String masked(String cell) {
        return cell.length() < LONG_ENOUGH_FOR_A_HINT ? STARS : cell.substring(0, 2) + STARS;
    }
}
