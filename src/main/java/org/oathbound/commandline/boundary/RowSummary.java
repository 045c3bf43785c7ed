package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the rows of a job came to. It counts rows, each once, however much is wrong with one. */
final class RowSummary {

    private record Row(String token, List<String> sentences) {}

    private final JsonNode result;

    RowSummary(JsonNode job) {
        this.result = job.path("result");
    }

    /** Such as {@code 5 created, 1 taken already (another key), 9 faulty.} */
    String text() {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("created", "revoked", "pairsRemoved", "blocked", "unblocked", "labelled")) {
            if (result.has(name)) {
                parts.add(count(result.path(name).asLong()) + " " + (name.equals("pairsRemoved") ? "unpaired" : name));
            }
        }
        if (parts.isEmpty()) {
            parts.add(count(result.path("pairsCreated").asLong()) + " paired");
        }
        add(parts, faults().filter(RowSummary::isInStock), "of them in stock, not paired");
        add(parts, duplicates("SAME"), "there already");
        add(parts, duplicates("OTHER_PARAMETERS"), "taken already (the same key, other parameters)");
        add(parts, duplicates("OTHER_KEY"), "taken already (another key)");
        if (!result.path("paired").isEmpty()) {
            parts.add(count(result.path("paired").size()) + " left alone, for somebody has them");
        }
        add(parts, faults().filter(fault -> !isInStock(fault)), "faulty");
        return "Rows: " + String.join(", ", parts) + ".";
    }

    /** Row by row: its number, what it calls the token, and what is to be said of it. */
    List<List<String>> notRight() {
        Map<Long, Row> rows = new TreeMap<>();
        list("duplicates")
                .forEach(duplicate -> add(
                        rows, duplicate, "", sentence(duplicate.path("existing").asText())));
        faults().forEach(fault -> add(
                rows,
                fault,
                fault.path("target").asText(),
                SeedOptions.named(fault.path("message").asText())));
        return rows.entrySet().stream()
                .map(row -> List.of(
                        row.getKey().toString(),
                        row.getValue().token(),
                        String.join(" ", row.getValue().sentences())))
                .toList();
    }

    private static void add(Map<Long, Row> rows, JsonNode about, String target, String message) {
        String token = about.path(about.has("id") ? "id" : "serialNumber").asText();
        rows.computeIfAbsent(about.path("rowNumber").asLong(), number -> new Row(token, new ArrayList<>()))
                .sentences()
                .add(target.isEmpty() ? message : target + ": " + message);
    }

    private static String sentence(String existing) {
        return switch (existing) {
            case "SAME" -> "It is there already, with the same key and parameters.";
            case "OTHER_PARAMETERS" ->
                "Its serial number is taken: the key is the same; type, hash, digits or time step is another.";
            case "OTHER_KEY" -> "Its serial number is taken, by a token with another key: this one is not in.";
            default -> "Its serial number is taken.";
        };
    }

    private Stream<JsonNode> duplicates(String existing) {
        return list("duplicates")
                .filter(duplicate -> duplicate.path("existing").asText("SAME").equals(existing));
    }

    private Stream<JsonNode> faults() {
        return list("errors");
    }

    private static boolean isInStock(JsonNode fault) {
        return fault.path("inStock").asBoolean();
    }

    private Stream<JsonNode> list(String name) {
        return StreamSupport.stream(result.path(name).spliterator(), false);
    }

    private static void add(List<String> parts, Stream<JsonNode> rows, String what) {
        long count = rows.map(row -> row.path("rowNumber").asLong()).distinct().count();
        if (count > 0) {
            parts.add(count(count) + " " + what);
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
