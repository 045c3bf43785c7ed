package org.oathbound.seedfile.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a table.
 *
 * @param line where it begins, from 1
 * @param cells without white space around them; null when the record's quotes are wrong
 */
record CsvRecord(int line, @Nullable List<String> cells) {

    static final String WRONG_QUOTES = "The quotes of this row are wrong.";

    /** The cell at a place; empty when there is none. */
    String cell(int index) {
        return cells != null && index >= 0 && index < cells.size() ? cells.get(index) : "";
    }

    @Override
    public String toString() {
        return "CsvRecord[" + line + "]";
    }
}
