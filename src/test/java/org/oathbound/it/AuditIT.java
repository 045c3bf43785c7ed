package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a call over the network to its line, and what the command of {@code docs/siem.md} says of the lines. */
class AuditIT {

    @TempDir
    Path temporary;

    @Test
    void tellsOfCallsFromWhereTheyCameAndTheCommandVerifiesThem() throws Exception {
        Path data = temporary.resolve("data");
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();
            String correlation = UUID.randomUUID().toString();
            Answer refused = oathbound.send(oathbound
                    .request(oathbound.path("/oathTokens"))
                    .header("correlation-id", correlation)
                    .header("X-Forwarded-For", "192.0.2.7"));
            assertThat(refused.status()).isEqualTo(401);

            List<String> lines = audit(data);
            assertThat(lines.get(0)).contains("\"action\":\"audit.file\"");
            assertThat(lines).anyMatch(line -> line.contains("\"action\":\"service.start\""));
            assertThat(lines)
                    .filteredOn(line -> line.contains(correlation))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(
                            "\"actor\":\"anonymous\"",
                            "\"action\":\"call.refused\"",
                            "\"object\":\"GET /v1/environments/{env}/oathTokens\"",
                            "\"outcome\":\"refused\"",
                            "\"address\":\"192.0.2.7\"");

            assertThat(verify(data)).startsWith("0 ").contains(" files are as the service wrote them.");
            server.stop();
        }
        assertThat(audit(data)).last().asString().contains("\"action\":\"service.stop\"");
        assertThat(verify(data)).startsWith("0 ");

        List<String> lines = new ArrayList<>(audit(data));
        lines.remove(lines.size() - 1);
        Files.write(file(data), lines);
        assertThat(verify(data)).startsWith("1 ").contains("cut off");
    }

    @Test
    void answersQuestionsByTheNamesOfWhomItIsAbout() throws Exception {
        try (ServerProcess server = ServerProcess.start(temporary.resolve("data"), Map.of())) {
            Oathbound oathbound = server.oathbound();
            String serialNumber = Seeds.serialNumbers("AUDIT", 1).getFirst();
            assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
            String jane = oathbound
                    .post("/users", "application/json", BodyPublishers.ofString("{\"username\": \"jane\"}"))
                    .text("/id");
            Answer paired = oathbound.send(oathbound
                    .authorized(oathbound.path("/users/" + jane + "/devices"))
                    .header("Content-Type", "application/json")
                    .header("Oathbound-Ticket", "INC-4711")
                    .POST(BodyPublishers.ofString(
                            "{\"type\": \"OATH_TOKEN\", \"serialNumber\": \"" + serialNumber + "\"}")));
            assertThat(paired.status()).isEqualTo(201);

            JsonNode byTicket = oathbound.get("/audit?ticket=INC-4711").json();
            assertThat(byTicket.path("count").asInt()).isEqualTo(1);
            JsonNode line = byTicket.at("/rows/0");
            assertThat(line.path("action").asText()).isEqualTo("device.pair");
            assertThat(line.path("username").asText()).isEqualTo("jane");
            assertThat(line.path("serialNumber").asText()).isEqualTo(serialNumber);
            assertThat(line.path("actorName").asText()).isEqualTo("Administrator");
            assertThat(line.path("object").asText()).isEqualTo(paired.text("/id"));

            assertThat(oathbound.get("/audit?person=" + jane).json().path("rows"))
                    .extracting(one -> one.path("action").asText())
                    .containsExactly("device.pair", "user.create");
            assertThat(oathbound
                            .get("/audit?limit=3&before=" + line.path("seq").asLong())
                            .json()
                            .path("rows"))
                    .extracting(one -> one.path("action").asText())
                    .startsWith("user.create", "oathToken.create");
            assertThat(oathbound.get("/audit?from=yesterday").status()).isEqualTo(400);
        }
    }

    private static Path file(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            return files.filter(path -> path.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> audit(Path data) throws IOException {
        return Files.readAllLines(file(data));
    }

    /** The exit code, and what it prints. */
    private static String verify(Path data) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ServerProcess.JAR.toString(),
                        "audit",
                        "verify",
                        "--data-dir",
                        data.toString()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + printed;
    }
}
