package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.FakeOathbound;
import org.oathbound.commandline.FakeOathbound.Asked;

@DisplayName("Many tokens at once: by a batch, a range or a filter, with a preview")
class ManyTokensCommandsTest {

    private static final String JOB = """
            {"id": "j1", "type": "X", "status": "DONE", "preview": %s, "result": {"%s": 7},
             "progress": {"total": 7, "processed": 7}}
            """;

    @TempDir
    Path folder;

    private final FakeOathbound service = new FakeOathbound().on("POST", "/oathJobs", 202, "{\"id\": \"j1\"}");

    @AfterEach
    void stop() {
        service.close();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(service.variables(), "", arguments);
    }

    private void done(String counted, boolean preview) {
        service.onGet("/oathJobs/j1", JOB.formatted(preview, counted));
    }

    private Asked posted() {
        return service.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode body() {
        return Outputs.json(posted().body());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            revoke,  revoked,      application/vnd.pingidentity.job.oathtokens.revoke+json,  REVOKE_OATH_TOKENS
            unpair,  pairsRemoved, application/vnd.oathbound.job.oathtokens.unpair+json,     UNPAIR_OATH_TOKENS
            block,   blocked,      application/vnd.oathbound.job.oathtokens.block+json,      BLOCK_OATH_TOKENS
            unblock, unblocked,    application/vnd.oathbound.job.oathtokens.unblock+json,    UNBLOCK_OATH_TOKENS
            """)
    void aPreviewOfAFilter(String command, String counted, String mediaType, String type) {
        done(counted, true);
        CommandRun run = run(command, "--filter", "paired eq true", "--preview");
        assertThat(posted().mediaType()).isEqualTo(mediaType);
        assertThat(body().path("type").asText()).isEqualTo(type);
        assertThat(body().path("selection")).hasToString("{\"filter\":\"paired eq true\"}");
        assertThat(body().path("preview").asBoolean()).isTrue();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("7 of 7 rows", "This is a preview: nothing was changed.", "Rows: 7 ", "job report j1");
    }

    @Test
    void aRangeIsLabelled() {
        done("labelled", false);
        CommandRun run = run("label", "--range", "GALT1000", "GALT1999", "--location", "Berlin", "--note", "");
        assertThat(body().path("selection"))
                .isEqualTo(Outputs.json("{\"serialNumbers\": {\"from\": \"GALT1000\", \"to\": \"GALT1999\"}}"));
        assertThat(body().path("label")).isEqualTo(Outputs.json("{\"location\": \"Berlin\", \"note\": \"\"}"));
        assertThat(run.out()).contains("Rows: 7 labelled.");
    }

    @Test
    void soAreTokensThatAreNamed() {
        done("labelled", false);
        service.onGet(
                "/oathTokens?expand=devices&filter=serialNumber+eq+%22A1%22",
                "{\"_embedded\": {\"oathTokens\": [{\"id\": \"t1\"}]}}");
        run("label", "A1", "--expires-at", "2031-01-01T00:00:00Z");
        assertThat(body().path("tokenIds")).hasToString("[\"t1\"]");
        assertThat(body().has("selection")).isFalse();
    }

    @Test
    void aBatchIsRevokedButForWhatSomebodyHas() {
        service.onGet("/oathJobs/j1", """
                {"id": "j1", "status": "DONE", "result": {"revoked": 6, "paired": ["t1"]},
                 "progress": {"total": 7, "processed": 7}}
                """);
        CommandRun run = run("revoke", "--batch", "b1");
        assertThat(body().path("selection")).hasToString("{\"batch\":\"b1\"}");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("--force-unpair revokes those, too, that somebody has.");
    }

    @Test
    void aFilePairs() throws IOException {
        done("pairsCreated", true);
        Path file = Files.writeString(folder.resolve("pairs.csv"), "Serial,username\nA1,jane\nA2,john\n");
        CommandRun run = run("pair", "--file", file.toString(), "--activation-required", "--preview");
        assertThat(posted().mediaType()).isEqualTo("application/vnd.oathbound.job.oathtokens.pair+json");
        assertThat(body().path("pairs")).isEqualTo(Outputs.json("""
                [{"username": "jane", "serialNumber": "A1", "status": "ACTIVATION_REQUIRED"},
                 {"username": "john", "serialNumber": "A2", "status": "ACTIVATION_REQUIRED"}]
                """));
        assertThat(body().path("preview").asBoolean()).isTrue();
        assertThat(run.out()).contains("Rows: 7 paired.");
    }

    @ParameterizedTest
    @CsvSource({
        "'user,serial\nA,B\n', must name the columns",
        "'username,serial\njane,\n', Line 2",
        "'username,serial\n', names nobody"
    })
    void aFileThatIsNotRightPairsNobody(String text, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("pairs.csv"), text);
        CommandRun run = run("pair", "--file", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(part);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void whatIsNotClearIsNotDone() {
        assertThat(Stream.of(
                        "revoke",
                        "revoke A1 --batch b1",
                        "revoke --batch b1 --filter x",
                        "block",
                        "block jane",
                        "unpair jane A1 --batch b1",
                        "unblock jane A1 --preview",
                        "pair jane",
                        "pair jane A1 --preview",
                        "label A1",
                        "label --location Berlin"))
                .allSatisfy(line -> assertThat(run(List.of(line.split(" ")).toArray(String[]::new))
                                .exitCode())
                        .isEqualTo(2));
        assertThat(service.asked()).isEmpty();
    }
}
