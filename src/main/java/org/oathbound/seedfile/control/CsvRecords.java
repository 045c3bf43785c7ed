package org.oathbound.seedfile.control;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a table in text (RFC 4180), between commas, semicolons or tabs: whichever the first record that has one
 * of them has most. Comments, which begin with {@code #}, and blank lines are passed over.
 *
 * <p>Each record is parsed by itself. So one with wrong quotes is known as such and does not stop the others, and none
 * may be larger than {@link RowLimit#BYTES}, however its quotes stand.
 */
final class CsvRecords {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private final TextLines lines;
    private final Quotes quotes = new Quotes();
    private String firstComment = "";
    private char delimiter;

    CsvRecords(InputStream body) {
        this.lines = new TextLines(body, false);
    }

    /** What stands behind the {@code #} of the file's first line, once it has been read; empty when it is no comment. */
    String firstComment() {
        return firstComment;
    }

    /**
     * The next record; null at the end.
     *
     * @throws org.oathbound.problem.Problem.InvalidRequest when a quote is never closed, because the end of the record
     *     is then unknown
     */
    @Nullable
    CsvRecord next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.stripLeading().startsWith("#")) {
                if (lines.number() == 1) {
                    firstComment = line.strip().substring(1).strip();
                }
            } else if (!isBlank(line)) {
                return record(line);
            }
        }
        return null;
    }

    private CsvRecord record(String firstLine) {
        int number = lines.number();
        char separator = separator(firstLine);
        StringBuilder record = new StringBuilder(firstLine);
        boolean open = quotes.isOpenAfter(firstLine, separator, false);
        while (open) {
            String line = lines.next();
            if (line == null || record.length() + line.length() >= RowLimit.BYTES) {
                throw TextLines.refused(
                        "A quote in the record that begins in line " + number + " of the file is not closed.");
            }
            record.append('\n').append(line);
            open = quotes.isOpenAfter(line, separator, true);
        }
        return new CsvRecord(number, cells(record.toString(), separator));
    }

    private static @Nullable List<String> cells(String record, char separator) {
        try {
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .trimWhitespacesAroundQuotes(true)
                    .ofSingleCsvRecord(record)
                    .getFields()
                    .stream()
                    .map(CsvRecords::trimmed)
                    .toList();
        } catch (CsvParseException e) {
            // Its message shows what stands there.
            return null;
        }
    }

    private char separator(String line) {
        if (delimiter == 0) {
            long most = 0;
            for (char candidate : DELIMITERS) {
                long count = quotes.countOutside(line, candidate);
                if (count > most) {
                    most = count;
                    delimiter = candidate;
                }
            }
        }
        return delimiter == 0 ? DELIMITERS.getFirst() : delimiter;
    }

    private static boolean isBlank(String line) {
        return line.chars().allMatch(c -> DELIMITERS.contains((char) c) || isSpace(c));
    }

    private static String trimmed(String cell) {
        int start = 0;
        int end = cell.length();
        while (start < end && isSpace(cell.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(cell.charAt(end - 1))) {
            end--;
        }
        return cell.substring(start, end);
    }

    /** Spreadsheet programs leave no-break spaces, too. */
    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || character == '\u00A0' || character == '\uFEFF';
    }
}
