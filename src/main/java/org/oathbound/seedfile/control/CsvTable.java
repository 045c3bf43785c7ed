package org.oathbound.seedfile.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

/**
 * The columns of a table and its rows. A first record that names the columns that every row needs is a header: it says
 * their order. Without one they stand as is usual.
 */
final class CsvTable {

    private final CsvRecords records;
    private final Map<Column, Integer> places = new HashMap<>();
    private final List<String> names;
    private @Nullable CsvRecord pending;

    /**
     * Reads the first record.
     *
     * @param usual the columns in their usual order, for what the comment in the file's first line says
     * @param needed the columns that make a header one
     * @param mustHaveHeader whether a table without a header is refused
     * @throws Problem.InvalidRequest when a column of the header is not known, comes twice, or a needed one is missing
     */
    CsvTable(CsvRecords records, Function<String, List<Column>> usual, List<Column> needed, boolean mustHaveHeader) {
        this.records = records;
        this.pending = records.next();
        List<Column> columns = usual.apply(records.firstComment());
        List<String> first = pending == null || pending.cells() == null ? List.of() : pending.cells();
        boolean isHeader = needed.stream().allMatch(column -> first.stream().anyMatch(column::isCalled));
        if (mustHaveHeader && !isHeader) {
            throw noHeader(first, needed);
        }
        List<String> headings =
                isHeader ? first : columns.stream().map(Column::name).toList();
        for (int i = 0; i < headings.size(); i++) {
            place(headings.get(i), i, columns);
        }
        this.names = headings;
        if (isHeader) {
            pending = null;
        }
    }

    List<String> names() {
        return names;
    }

    /** What stands in a column of a row; empty when the table does not have that column. */
    String cell(CsvRecord row, Column column) {
        return row.cell(places.getOrDefault(column, -1));
    }

    /** The next row; null at the end. */
    @Nullable
    CsvRecord next() {
        CsvRecord next = pending == null ? records.next() : pending;
        pending = null;
        return next;
    }

    /**
     * Passes the rows on, each as what a format makes of it.
     *
     * @param secret the column that is never shown
     */
    void read(SeedRows rows, Column secret, Hints hints, BiConsumer<CsvRecord, SeedDraft> format) {
        rows.columns(names);
        for (CsvRecord row = next(); row != null; row = next()) {
            rows.row(row(row, secret, hints, format));
        }
    }

    private SeedRow row(CsvRecord row, Column secret, Hints hints, BiConsumer<CsvRecord, SeedDraft> format) {
        List<String> cells = row.cells();
        if (cells == null) {
            return SeedDraft.unreadable(row.line(), CsvRecord.WRONG_QUOTES);
        }
        SeedDraft draft = new SeedDraft(row.line(), Cells.shown(cells, cell(row, secret)), hints);
        if (hasMore(cells)) {
            draft.fault(DetailCode.INVALID_VALUE, null, "The row has more columns than the file's format.");
        }
        format.accept(row, draft);
        return draft.row();
    }

    /** Whether something stands where the table has no column. */
    boolean hasMore(List<String> cells) {
        return IntStream.range(0, cells.size()).anyMatch(i -> !cells.get(i).isEmpty() && !places.containsValue(i));
    }

    private void place(String heading, int index, List<Column> columns) {
        List<Column> called =
                columns.stream().filter(column -> column.isCalled(heading)).toList();
        // What is passed over may be what makes the token another one.
        if (called.isEmpty() && !heading.isEmpty()) {
            throw TextLines.refused("Column " + (index + 1) + " of the header has a name that is not known.");
        }
        for (Column column : called) {
            if (places.put(column, index) != null) {
                throw TextLines.refused("The header names the column " + column.name() + " twice.");
            }
        }
    }

    private static Problem.InvalidRequest noHeader(List<String> first, List<Column> needed) {
        String missing = needed.stream()
                .filter(column -> first.stream().noneMatch(column::isCalled))
                .map(Column::name)
                .collect(Collectors.joining(", "));
        return TextLines.refused("The first line must be a header; it does not name: " + missing + ".");
    }
}
