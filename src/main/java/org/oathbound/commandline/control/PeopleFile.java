package org.oathbound.commandline.control;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.oathbound.commandline.entity.PeopleRow;

/** People in comma-separated values (RFC 4180), with a header, in UTF-8. */
public final class PeopleFile {

    private static final Set<String> COLUMNS = Set.of("username", "email", "given", "family", "serial");
    /** A line break within a cell is, in names of people, a quote that was not closed. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();

    private PeopleFile() {}

    /** Its rows; {@link Failure}, with every fault and its line, when one is not right. */
    public static List<PeopleRow> read(Path file) throws IOException {
        return new PeopleFile().rows(CsvFile.records(file));
    }

    private List<PeopleRow> rows(List<CsvRecord> records) {
        List<String> header = records.isEmpty() ? List.of() : header(records);
        List<PeopleRow> rows = new ArrayList<>();
        for (CsvRecord entry : records.subList(Math.min(1, records.size()), records.size())) {
            rows.add(row(entry, header));
        }
        if (!faults.isEmpty()) {
            throw Failure.usage("Nothing was changed, for the file is not right:\n  " + String.join("\n  ", faults));
        } else if (rows.isEmpty()) {
            throw Failure.usage("Nothing was changed: the file names nobody.");
        }
        return rows;
    }

    private static List<String> header(List<CsvRecord> records) {
        List<String> header = CsvFile.header(records);
        if (!header.contains("username")
                || !COLUMNS.containsAll(header)
                || Set.copyOf(header).size() != header.size()) {
            throw Failure.usage("The first line must name the columns, each once: username, and of email, given, family"
                    + " and serial those that the file has.");
        }
        return header;
    }

    private PeopleRow row(CsvRecord entry, List<String> header) {
        Map<String, String> cells = new HashMap<>();
        for (int column = 0; column < header.size(); column++) {
            cells.put(header.get(column), entry.getField(column).strip());
        }
        PeopleRow row = new PeopleRow(entry.getStartingLineNumber(), Map.copyOf(cells));
        if (cells.values().stream().anyMatch(cell -> CONTROL.matcher(cell).find())) {
            fault(row.line(), "has a line break or another control character in a cell.");
        } else if (row.username().isEmpty()) {
            fault(row.line(), "has no user name.");
        } else {
            Long before = lines.putIfAbsent(PeopleRow.canonical(row.username()), row.line());
            if (before != null) {
                fault(row.line(), "has the user name " + row.username() + " of line " + before + ".");
            }
        }
        return row;
    }

    private void fault(long line, String what) {
        faults.add("Line " + line + " " + what);
    }
}
