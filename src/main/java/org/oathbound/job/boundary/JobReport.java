package org.oathbound.job.boundary;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;

/** The report of a job as CSV: the columns of the file, and behind them the row, what became of it, and why. */
final class JobReport {

    private final SpreadsheetCsv csv;
    private final int width;

    JobReport(Job job, OutputStream out) {
        @Nullable List<String> given = job.options().columns();
        String only = job.type() == Job.Type.REVOKE_OATH_TOKENS || job.type() == Job.Type.LABEL_OATH_TOKENS
                ? "id"
                : "serialNumber";
        List<String> columns = new ArrayList<>(given == null ? List.of(only) : given);
        this.width = columns.size();
        columns.addAll(List.of("row", "outcome", "reason"));
        this.csv = new SpreadsheetCsv(out, columns);
    }

    void line(RowReport line) {
        // A row may have fewer or more cells than the file has columns.
        List<String> cells = new ArrayList<>(
                line.cells().subList(0, Math.min(width, line.cells().size())));
        while (cells.size() < width) {
            cells.add("");
        }
        cells.add(Integer.toString(line.rowNumber()));
        cells.add(line.outcome().name());
        cells.add(line.reason());
        csv.row(cells);
    }

    /** When every line is there. */
    void end() {
        csv.end();
    }
}
