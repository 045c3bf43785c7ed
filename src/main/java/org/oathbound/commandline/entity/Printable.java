package org.oathbound.commandline.entity;

import java.util.regex.Pattern;

/** Text that comes from elsewhere, made fit for a terminal. */
public final class Printable {

    /** Controls move the cursor and more; format characters turn the line around, or can't be seen. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");

    private Printable() {}

    /** The text, with a question mark for every character that is none to be seen, but line ends. */
    public static String text(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** The same in one line. */
    public static String line(String text) {
        return text(text).replace('\n', '?');
    }
}
