package org.oathbound.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** Whoever opened the stream closes it. */
    public SpreadsheetCsv(OutputStream out) {
        this.csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** Writes one row. */
    public void row(List<String> cells) {
        csv.writeRecord(cells.stream().map(SpreadsheetCsv::harmless).toList());
    }

    /** Passes on what is still kept here; behind the last row. */
    public void flush() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String harmless(String cell) {
        boolean starts =
                FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches();
        return starts ? "'" + cell : cell;
    }
}
