package org.oathbound.seedfile.control;

/** Follows the quotes of a table's record from line to line, as the parser of its cells sees them. */
final class Quotes {

    private enum Place {
        BEFORE_CELL,
        IN_CELL,
        IN_QUOTES,
        /** Behind a quote inside quotes: the next one makes it a character, anything else makes it the end. */
        BEHIND_QUOTE
    }

    private Place place = Place.BEFORE_CELL;

    /**
     * Whether the record goes on in the next line.
     *
     * @param continued whether the line is not the record's first
     */
    boolean isOpenAfter(String line, char separator, boolean continued) {
        place = continued ? Place.IN_QUOTES : Place.BEFORE_CELL;
        for (int i = 0; i < line.length(); i++) {
            place = after(line.charAt(i), line.charAt(i) == separator);
        }
        return place == Place.IN_QUOTES;
    }

    /** How often a character stands outside quotes. */
    long countOutside(String line, char separator) {
        long count = 0;
        place = Place.BEFORE_CELL;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == separator && place != Place.IN_QUOTES) {
                count++;
            }
            place = after(character, character == separator);
        }
        return count;
    }

    private Place after(char character, boolean isSeparator) {
        if (place == Place.IN_QUOTES) {
            return character == '"' ? Place.BEHIND_QUOTE : Place.IN_QUOTES;
        }
        if (isSeparator) {
            return Place.BEFORE_CELL;
        }
        if (character == '"' && place != Place.IN_CELL) {
            return Place.IN_QUOTES;
        }
        return place == Place.BEFORE_CELL && character <= ' ' ? Place.BEFORE_CELL : Place.IN_CELL;
    }
}
