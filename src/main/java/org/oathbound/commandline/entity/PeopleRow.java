package org.oathbound.commandline.entity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * A person as a row of a personnel system's file.
 *
 * @param line where the row begins, from 1
 * @param cells by the columns that the file has; an empty one says that there is no such value
 */
public record PeopleRow(long line, Map<String, String> cells) {

    public String username() {
        return cells.getOrDefault("username", "");
    }

    /** The serial number of the person's token; empty when the file names none. */
    public String serialNumber() {
        return cells.getOrDefault("serial", "");
    }

    /** The form in which user names are compared before the service is asked. */
    public static String canonical(String username) {
        String text =
                Normalizer.normalize(username.strip(), Normalizer.Form.NFKC).replaceAll("\\p{Zs}+", " ");
        String folded = text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
