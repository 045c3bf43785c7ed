package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many tokens at once, good rows and bad. */
class OathJobIT extends Deployed {

    private static final String LABEL = "application/vnd.oathbound.job.oathtokens.label+json";

    @Test
    void everyFaultyRowIsNamedAndTheGoodOnesAreCreated() {
        String first = Seeds.serialNumber("FAULTY");
        String last = Seeds.serialNumber("FAULTY");
        String twice = Seeds.serialNumber("FAULTY");
        ObjectNode withoutTotp = Seeds.totp(Seeds.serialNumber("FAULTY"));
        withoutTotp.remove("totp");
        ObjectNode timeStep45 = Seeds.totp(Seeds.serialNumber("FAULTY"));
        timeStep45.putObject("totp").put("timeStep", 45);
        JsonNode result = oathbound
                .done(
                        Oathbound.CREATE,
                        Seeds.createJob(List.of(
                                Seeds.hotp(first),
                                Seeds.hotp(Seeds.serialNumber("FAULTY"))
                                        .put("secret", "6EBD59F71A634C48C4619CD33F6C385C9237C9BZ"),
                                Seeds.hotp(Seeds.serialNumber("FAULTY")).put("secret", Seeds.SECRET + "0"),
                                Seeds.hotp(""),
                                Seeds.hotp("A".repeat(51)),
                                Seeds.hotp(Seeds.serialNumber("FAULTY")).put("hashAlgorithm", "HmacSHA256"),
                                timeStep45,
                                Seeds.hotp(Seeds.serialNumber("FAULTY")).put("otpLength", 7),
                                withoutTotp,
                                Seeds.hotp(twice),
                                Seeds.hotp(twice),
                                Seeds.hotp("AB1"),
                                Seeds.hotp("ab1"),
                                Seeds.totp(last).put("rowNumber", 4711),
                                Seeds.hotp(Seeds.serialNumber("FAULTY"))
                                        .put("rowNumber", 4712)
                                        .put("otpLength", 5))))
                .get("result");

        assertThat(result.get("errors"))
                .extracting(row -> row.get("rowNumber").asInt(), row -> text(row, "code"), row -> text(row, "target"))
                .containsExactly(
                        tuple(2, "INVALID_VALUE", "secret"),
                        tuple(3, "INVALID_VALUE", "secret"),
                        tuple(4, "EMPTY_VALUE", "serialNumber"),
                        tuple(5, "SIZE_LIMIT_EXCEEDED", "serialNumber"),
                        tuple(6, "INVALID_VALUE", "hashAlgorithm"),
                        tuple(7, "INVALID_VALUE", "totp.timeStep"),
                        tuple(8, "INVALID_VALUE", "otpLength"),
                        tuple(9, "REQUIRED_VALUE", "totp"),
                        tuple(4712, "INVALID_VALUE", "otpLength"));
        assertThat(result.get("duplicates"))
                .extracting(row -> row.get("rowNumber").asInt(), row -> text(row, "serialNumber"))
                .containsExactly(tuple(11, twice), tuple(13, "ab1"));
        assertThat(result.get("created").asInt()).isEqualTo(4);
        assertThat(Stream.of(first, twice, "AB1", last))
                .allSatisfy(
                        serialNumber -> assertThat(oathbound.has(serialNumber)).isTrue());
    }

    @Test
    void shortSecretsComeInOnlyWhereTheJobLetsThem() {
        List<ObjectNode> rows =
                List.of(Seeds.hotp(Seeds.serialNumber("SHORT")).put("secret", Seeds.SECRET.substring(0, 20)));
        JsonNode refused =
                oathbound.done(Oathbound.CREATE, Seeds.createJob(rows)).get("result");
        ObjectNode permissive =
                new JsonMapper().createObjectNode().put("minimumSecretBits", 80).setAll(Seeds.createJob(rows));
        JsonNode letIn = oathbound.done(Oathbound.CREATE, permissive).get("result");

        assertThat(refused.at("/created").asInt()).isZero();
        assertThat(text(refused.at("/errors/0"), "target")).isEqualTo("secret");
        assertThat(letIn.at("/created").asInt()).isEqualTo(1);
        assertThat(letIn.at("/shortSecrets/0/bits").asInt()).isEqualTo(80);
    }

    @Test
    void revokesAndNamesWhatItCouldNot() {
        List<String> serialNumbers = Seeds.serialNumbers("REVOKE", 3);
        List<String> ids = new ArrayList<>(serialNumbers.stream()
                .map(serialNumber -> oathbound.create(Seeds.hotp(serialNumber)).text("/id"))
                .toList());
        ids.add(1, UUID.randomUUID().toString());
        ids.add("no id");

        JsonNode job = oathbound.done(Oathbound.REVOKE, Seeds.revokeJob(ids));

        assertThat(text(job, "type")).isEqualTo("REVOKE_OATH_TOKENS");
        assertThat(job.at("/result/revoked").asInt()).isEqualTo(3);
        assertThat(job.at("/result/errors"))
                .extracting(row -> row.get("rowNumber").asInt(), row -> text(row, "id"))
                .containsExactly(tuple(2, ids.get(1)), tuple(5, ""));
        assertThat(serialNumbers).allSatisfy(serialNumber -> assertThat(oathbound.has(serialNumber))
                .isFalse());
    }

    @Test
    void aRangeIsPreviewedAndThenLabelled() {
        String beginning = Seeds.serialNumber("RANGE");
        List<String> serialNumbers = List.of(beginning + "X1", beginning + "X2", beginning + "X3");
        serialNumbers.forEach(serialNumber -> oathbound.create(Seeds.hotp(serialNumber)));
        ObjectNode job = new JsonMapper().createObjectNode().put("type", "LABEL_OATH_TOKENS");
        job.putObject("selection")
                .putObject("serialNumbers")
                .put("from", serialNumbers.getFirst())
                .put("to", serialNumbers.getLast());
        job.putObject("label").put("location", "Berlin");

        JsonNode preview = oathbound.done(LABEL, job.deepCopy().put("preview", true));
        assertThat(preview.at("/result/labelled").asInt()).isEqualTo(3);
        assertThat(oathbound
                        .tokens("serialNumber eq \"" + serialNumbers.getFirst() + "\"")
                        .text("/_embedded/oathTokens/0/location"))
                .isEmpty();

        JsonNode done = oathbound.done(LABEL, job);
        assertThat(done.at("/result/labelled").asInt()).isEqualTo(3);
        assertThat(serialNumbers).allSatisfy(serialNumber -> assertThat(oathbound
                        .tokens("serialNumber eq \"" + serialNumber + "\"")
                        .text("/_embedded/oathTokens/0/location"))
                .isEqualTo("Berlin"));
    }

    @Test
    void aJobIsDeletedWhenItIsDoneAndNotBefore() {
        List<ObjectNode> rows =
                Seeds.serialNumbers("DELETED", 5_000).stream().map(Seeds::hotp).toList();
        ObjectNode preview =
                new JsonMapper().createObjectNode().put("preview", true).setAll(Seeds.createJob(rows));
        String id = oathbound.post("/oathJobs", Oathbound.CREATE, preview).text("/id");
        Answer running = oathbound.delete("/oathJobs/" + id);
        assertThat(running.status()).as(running.body()).isEqualTo(400);
        assertThat(running.text("/code")).isEqualTo("REQUEST_FAILED");

        JsonNode job = oathbound.done(id);
        assertThat(text(job, "startedAt")).isGreaterThanOrEqualTo(text(job, "createdAt"));
        assertThat(text(job, "finishedAt")).isGreaterThanOrEqualTo(text(job, "startedAt"));
        assertThat(oathbound.delete("/oathJobs/" + id).status()).isEqualTo(204);
        assertThat(oathbound.get("/oathJobs/" + id).status()).isEqualTo(404);
        assertThat(oathbound.delete("/oathJobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void theNewestJobIsListedFirst() {
        JsonNode rows = Seeds.createJob(List.of(Seeds.hotp(Seeds.serialNumber("LISTED"))));
        String older = oathbound.done(Oathbound.CREATE, rows).get("id").asText();
        String newer = oathbound.done(Oathbound.CREATE, rows).get("id").asText();

        Answer first = oathbound.get("/oathJobs?limit=1");
        assertThat(first.text("/_embedded/oathJobs/0/id")).isEqualTo(newer);
        assertThat(first.json().has("count")).isFalse();
        Answer second = oathbound.follow(first.text("/_links/next/href"));
        assertThat(second.text("/_embedded/oathJobs/0/id")).isEqualTo(older);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }
}
