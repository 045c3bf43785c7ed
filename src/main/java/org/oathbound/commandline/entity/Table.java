package org.oathbound.commandline.entity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in aligned columns. What is not there is a hyphen. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows;

    private Table(List<List<String>> rows) {
        this.rows = rows;
    }

    /** A table without rows. */
    public static Table of(String... heads) {
        return new Table(List.of(List.of(heads)));
    }

    /** The same with one more row; cells that are null or empty are shown as a hyphen. */
    public Table with(List<? extends List<? extends @Nullable String>> more) {
        List<List<String>> all = new ArrayList<>(rows);
        for (List<? extends @Nullable String> row : more) {
            all.add(row.stream()
                    .map(cell -> cell == null || cell.isEmpty() ? "-" : Printable.line(cell))
                    .toList());
        }
        return new Table(all);
    }

    /** Line by line, without spaces at the ends. */
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
