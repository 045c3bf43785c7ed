package org.oathbound.seedfile.control;

import java.util.Locale;
import java.util.Set;

/**
 * A column that a format knows.
 *
 * @param name as it is usually called
 * @param others what else it is called, in lower case, without spaces and punctuation
 */
record Column(String name, Set<String> others) {

    Column(String name, String... others) {
        this(name, Set.of(others));
    }

    /** Whatever the case, spaces and punctuation. */
    boolean isCalled(String heading) {
        String word = word(heading);
        return word.equals(word(name)) || others.contains(word);
    }

    private static String word(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
