package org.oathbound.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes comma-separated values (RFC 4180) that may be opened in a spreadsheet program: no cell starts a formula. A cell
 * that would is written with an apostrophe before it, which these programs take for the mark of a text.
 */
public final class SpreadsheetCsv {

    /** The media type of what is written. */
    public static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

    /** As spreadsheet programs read them, so white space before it and full-width forms too. */
    private static final Pattern FORMULA =
            Pattern.compile("(?U)^[\\s\\p{Cc}\\p{Cf}]*[-=+@＝＋－＠|%].*|^[\\t\\r\\n].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final CsvWriter csv;
    private final int width;
    private long count;

    /**
     * Writes the header.
     *
     * @param out stays open; the caller closes it
     */
    public SpreadsheetCsv(OutputStream out, List<String> columns) {
        this.csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.width = columns.size();
        write(columns);
    }

    /** Writes one row; as many cells as there are columns (RFC 4180 section 2). */
    public void row(List<String> cells) {
        if (cells.size() != width) {
            throw new IllegalArgumentException(cells.size() + " cells in " + width + " columns");
        }
        write(cells);
        count++;
    }

    /**
     * Writes a last line, which says how many rows there were; without it a reader could not tell a table that was cut off
     * from a whole one. So it is never to be called when something went wrong.
     */
    public void end() {
        List<String> cells = new ArrayList<>(Collections.nCopies(width, ""));
        cells.set(0, "# end: " + count + " lines");
        write(cells);
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<String> cells) {
        csv.writeRecord(cells.stream().map(SpreadsheetCsv::harmless).toList());
    }

    static String harmless(String cell) {
        boolean starts =
                FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches();
        return starts ? "'" + cell : cell;
    }
}
