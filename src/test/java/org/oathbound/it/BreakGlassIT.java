package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way in when all applications are lost: by the command of {@code docs/operations.md}, while the service runs. */
class BreakGlassIT {

    private static final String REASON = "The client secret is lost";

    @TempDir
    Path temporary;

    @Test
    void theHostsOwnerIsAnAdministratorAndTheAuditTellsOfEachRequest() throws Exception {
        Path data = temporary.resolve("data");
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();

            String token = breakGlass(data);

            assertThat(get(oathbound, "/oathTokens", token).status()).isEqualTo(200);
            assertThat(get(oathbound, "/users", token).status()).isEqualTo(200);
            assertThat(get(oathbound, "/oathSettings", token).status()).isEqualTo(200);
            String[] parts = token.split("\\.", -1);
            assertThat(get(oathbound, "/oathTokens", parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()))
                            .status())
                    .isEqualTo(401);
            assertThat(audit(data))
                    .filteredOn(line -> line.contains("\"action\":\"breakGlass.read\""))
                    .hasSize(3)
                    .allMatch(line -> line.contains("\"breakGlass\":\"" + REASON + "\""))
                    .first()
                    .asString()
                    .contains("\"object\":\"GET /v1/environments/{env}/oathTokens\"", "\"actor\":\"breakGlass:");
            assertThat(String.join("", audit(data))).doesNotContain(token, parts[2]);
            assertThat(server.log()).doesNotContain(token, parts[2]);
            assertThat(Files.readString(data.resolve("break-glass.log")))
                    .contains(" reason=" + REASON + "\n")
                    .doesNotContain(parts[2]);
            server.stop();
        }
    }

    private static List<String> audit(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            Path file = files.filter(path -> path.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file);
        }
    }

    private static Answer get(Oathbound oathbound, String tail, String token) {
        return oathbound.send(oathbound.request(oathbound.path(tail)).header("Authorization", "Bearer " + token));
    }

    /** What it prints, without what it says besides. */
    static String breakGlass(Path data) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ServerProcess.JAR.toString(),
                        "break-glass",
                        "--data-dir",
                        data.toString(),
                        "--reason",
                        REASON))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed).matches("[^\\s]+\\.[^\\s]+\\.[^\\s]+\\R");
        return printed.strip();
    }
}
