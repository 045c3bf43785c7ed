package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.Table;

/** What a job came to, in words. */
final class JobOutcome {

    private static final int SHOWN_ROWS = 200;

    private final JsonNode job;
    private final JsonNode result;

    JobOutcome(JsonNode job) {
        this.job = job;
        this.result = job.path("result");
    }

    /** Prints it; the exit code. */
    int print(ServiceOptions service) {
        service.print(job, text());
        return exitCode();
    }

    /** One that is not over yet has not failed. */
    int exitCode() {
        if (job.path("status").asText().equals("FAILED")) {
            return ExitCode.FAILED;
        }
        boolean right = result.path("duplicates").isEmpty()
                && result.path("errors").isEmpty()
                && result.path("paired").isEmpty();
        return right ? ExitCode.DONE : ExitCode.ROWS_NOT_RIGHT;
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        String id = job.path("id").asText();
        lines.add("Job " + id + ": " + job.path("status").asText() + ", "
                + count(job.at("/progress/processed").asLong()) + " of "
                + count(job.at("/progress/total").asLong()) + " rows.");
        if (job.has("reason")) {
            lines.add(job.get("reason").asText());
        }
        if (isPreview()) {
            lines.add("This is a preview: nothing was changed. Without it:");
        }
        lines.add(new RowSummary(job).text());
        addCount(lines, "pairsCreated", "Pairings made");
        addCount(lines, "shortSecrets", "Secrets shorter than 128 bits that were let in");
        addRows(lines, id);
        return String.join("\n", lines);
    }

    private boolean isPreview() {
        return job.path("preview").asBoolean();
    }

    /** The service counts the rows that were in order, and lists the others. An empty list gets no line. */
    private void addCount(List<String> lines, String name, String what) {
        JsonNode rows = result.path(name);
        if (rows.isNumber() || !rows.isEmpty()) {
            lines.add(what + ": " + count(rows.isNumber() ? rows.asLong() : rows.size()));
        }
    }

    private void addRows(List<String> lines, String id) {
        List<List<String>> rows = new RowSummary(job).notRight();
        if (!rows.isEmpty()) {
            lines.addAll(Table.of("ROW", "TOKEN", "REASON")
                    .with(rows.subList(0, Math.min(rows.size(), SHOWN_ROWS)))
                    .lines());
        }
        if (rows.size() > SHOWN_ROWS) {
            lines.add("… and " + count(rows.size() - SHOWN_ROWS) + " more: oathbound job report " + id);
        } else if (isPreview()) {
            lines.add("Every row: oathbound job report " + id);
        } else if (!rows.isEmpty()) {
            lines.add("The same with the cells of each row: oathbound job report " + id);
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
