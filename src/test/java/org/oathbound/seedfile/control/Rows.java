package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.oathbound.problem.Detail;
import org.oathbound.seedfile.SeedTokens;

/** What a reader passed on, in tests. */
final class Rows implements SeedRows {

    final List<String> columns = new ArrayList<>();
    final List<SeedRow> all = new ArrayList<>();

    static Rows of(SeedFile file, String text) {
        return of(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static Rows of(SeedFile file, byte[] bytes) {
        return of(file, new ByteArrayInputStream(bytes));
    }

    static Rows of(SeedFile file, InputStream in) {
        Rows rows = new Rows();
        file.read(in, rows);
        return rows;
    }

    static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    @Override
    public void columns(List<String> names) {
        assertThat(columns).as("columns come once").isEmpty();
        assertThat(names).isNotEmpty();
        assertThat(all).as("columns come before rows").isEmpty();
        columns.addAll(names);
    }

    @Override
    public void row(SeedRow row) {
        assertThat(columns).as("columns come before rows").isNotEmpty();
        all.add(row);
    }

    SeedRow only() {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    JsonObject token() {
        return token(0);
    }

    JsonObject token(int index) {
        SeedRow row = all.get(index);
        assertThat(row.faults()).isEmpty();
        return SeedTokens.json(Objects.requireNonNull(row.token()));
    }

    List<Integer> numbers() {
        return all.stream().map(SeedRow::number).toList();
    }

    /** The targets of the only row's faults. */
    List<String> targets() {
        return targets(only());
    }

    static List<String> targets(SeedRow row) {
        return row.faults().stream().map(Detail::target).toList();
    }

    /** What the only row's faults say. */
    String faults() {
        return faults(only());
    }

    static String faults(SeedRow row) {
        return String.join(" ", row.faults().stream().map(Detail::message).toList());
    }

    /** Numbers of the rows that are tokens. */
    List<Integer> good() {
        return all.stream()
                .filter(row -> row.faults().isEmpty())
                .map(SeedRow::number)
                .toList();
    }
}
