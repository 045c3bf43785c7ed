package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Reports over HTTP, in both formats, as they come through the container. */
class ReportIT extends Deployed {

    private List<JsonNode> rows(String report) {
        Answer answer = oathbound.get("/reports/" + report, "Accept", "application/json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> rows = StreamSupport.stream(answer.json().get("rows").spliterator(), false)
                .toList();
        assertThat(answer.json().get("count").asInt()).isEqualTo(rows.size());
        return rows;
    }

    private List<JsonNode> rowsOf(String report, String serialNumber) {
        return rows(report).stream()
                .filter(row -> row.path("serialNumber").asText().equals(serialNumber))
                .toList();
    }

    private List<NamedCsvRecord> records(String report) {
        Answer answer = oathbound.get("/reports/" + report, "Accept", "text/csv");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(answer.header("Content-Disposition"))
                .matches("attachment; filename=\"" + report + "-[0-9]{8}T[0-9]{6}Z\\.csv\"");
        return CsvReader.builder().ofNamedCsvRecord(answer.body()).stream().toList();
    }

    @Test
    void whoHasWhichTokenAndWhoHasNotActivatedHis() {
        String serialNumber = Seeds.serialNumber("R");
        assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
        assertThat(rowsOf("oathTokens", serialNumber)).singleElement().satisfies(stock -> {
            assertThat(stock.get("state").asText()).isEqualTo("STOCK");
            assertThat(stock.has("userId")).isFalse();
        });

        OwnDevices jane = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("jane"));
        OwnDevices john = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("john"));
        String janes = jane.paired(serialNumber, "ACTIVATION_REQUIRED");
        john.paired(serialNumber, "ACTIVE");

        assertThat(rowsOf("oathTokens", serialNumber))
                .extracting(row ->
                        row.get("userId").asText() + " " + row.get("state").asText())
                .containsExactlyInAnyOrder(jane.user() + " ACTIVATION_REQUIRED", john.user() + " ACTIVE");
        assertThat(rowsOf("notActivated", serialNumber))
                .singleElement()
                .satisfies(row -> assertThat(row.get("deviceId").asText()).isEqualTo(janes));

        assertThat(jane.activate(janes, Seeds.code(serialNumber, 0), false).status())
                .isEqualTo(200);
        assertThat(rowsOf("notActivated", serialNumber)).isEmpty();
        assertThat(rowsOf("oathTokens", serialNumber))
                .allSatisfy(row -> assertThat(row.has("lastUsedAt")).isTrue());
    }

    @Test
    void asAFileWithoutFormulasThatSaysItsEnd() {
        String serialNumber = Seeds.serialNumber("R");
        assertThat(oathbound
                        .create(Seeds.hotp(serialNumber).put("manufacturer", "=1+1"))
                        .status())
                .isEqualTo(201);

        List<NamedCsvRecord> records = records("oathTokens");

        assertThat(records)
                .filteredOn(record -> record.getField("serialNumber").equals(serialNumber))
                .singleElement()
                .satisfies(record -> assertThat(record.getField("manufacturer")).isEqualTo("'=1+1"));
        assertThat(records.get(records.size() - 1).getField("serialNumber"))
                .isEqualTo("# end: " + (records.size() - 1) + " lines");
        assertThat(records("notActivated")).isNotEmpty();
    }

    @Test
    void tokensNearTheirEnd() {
        ObjectNode soon = Seeds.totp(Seeds.serialNumber("R"));
        Instant end = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(oathbound.create(soon.put("expiresAt", end.toString())).status())
                .isEqualTo(201);
        String serialNumber = soon.get("serialNumber").asText();

        assertThat(rowsOf("ending", serialNumber)).singleElement().satisfies(row -> {
            assertThat(Instant.parse(row.get("expiresAt").asText())).isEqualTo(end);
            assertThat(row.get("expired").asBoolean()).isFalse();
        });
        assertThat(rowsOf("ending?within=P29D", serialNumber)).isEmpty();
        assertThat(oathbound.get("/reports/ending?within=P1M").status()).isEqualTo(400);
    }

    @Test
    void forThoseWithAnAccessTokenOnly() {
        for (String report : List.of("oathTokens", "notActivated", "ending")) {
            assertThat(oathbound
                            .send(oathbound.request(oathbound.path("/reports/" + report)))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(oathbound.get("/reports/oathTokens", "Accept", "text/html").status())
                .isEqualTo(406);
    }
}
