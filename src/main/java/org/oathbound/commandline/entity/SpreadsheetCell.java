package org.oathbound.commandline.entity;

import java.util.regex.Pattern;

/**
 * A cell that a spreadsheet program may open and that can be read back: one that would start a formula gets an
 * apostrophe before it, and so does one that has apostrophes before what would. A reader removes one apostrophe where a
 * cell has some before what would start a formula; a name such as {@code 't Hooft} is not touched by either.
 */
public final class SpreadsheetCell {

    /** White space before it, and full-width forms too, as these programs read them. */
    private static final Pattern FORMULA = Pattern.compile("(?Us)'*(?:[\\s\\p{Cc}\\p{Cf}]*[-=+@＝＋－＠|%]|[\\t\\r\\n]).*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private SpreadsheetCell() {}

    /** The cell as it is written. */
    public static String of(String value) {
        boolean starts =
                FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches();
        return starts ? "'" + value : value;
    }
}
