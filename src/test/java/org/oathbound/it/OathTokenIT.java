package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One token at a time. */
class OathTokenIT extends Deployed {

    private static final int ROUNDS = 1_000;

    @Test
    void isCreatedAndReadWithAllItsMembersInOrder() {
        String order = Seeds.serialNumber(" Order");
        Answer created = oathbound.create(Seeds.hotp(order, Seeds.secret(order), 7)
                .put("rowNumber", 12)
                .put("manufacturer", "Example Fobs")
                .put("model", "F-8")
                .put("expiresAt", "2030-12-31T00:00:00Z")
                .put("unknown", "passed over"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "_links",
                        "id",
                        "environment",
                        "serialNumber",
                        "type",
                        "hashAlgorithm",
                        "otpLength",
                        "hotp",
                        "rowNumber",
                        "manufacturer",
                        "model",
                        "expiresAt",
                        "createdAt",
                        "updatedAt");
        assertThat(created.text("/serialNumber")).startsWith("Order");
        assertThat(created.text("/hotp/counter")).isEqualTo("7");
        assertThat(created.text("/expiresAt")).isEqualTo("2030-12-31T00:00:00.000Z");
        assertThat(created.header("Location")).isEqualTo(created.text("/_links/self/href"));
        assertThat(oathbound.follow(created.header("Location")).json()).isEqualTo(created.json());
        assertThat(oathbound
                        .get("/oathTokens/" + created.text("/id") + "?expand=devices")
                        .json()
                        .get("devices"))
                .isEmpty();
    }

    @Test
    void allFaultsAreReportedTogether() {
        ObjectNode row = Seeds.totp("not alphanumeric")
                .put("secret", "xyz")
                .put("otpLength", 7)
                .put("hashAlgorithm", "MD5");
        row.putObject("totp").put("timeStep", 45);
        Answer answer = oathbound.create(row);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("INVALID_DATA");
        assertThat(answer.text("/message"))
                .isEqualTo("The request could not be completed. One or more validation errors were in the request.");
        assertThat(answer.json().get("details").findValuesAsText("target"))
                .containsExactlyInAnyOrder("serialNumber", "secret", "hashAlgorithm", "otpLength", "totp.timeStep");
    }

    @Test
    void ofTwoThatCreateTheSameAtOnceOneSucceeds() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            for (String serialNumber : Seeds.serialNumbers("RACE", ROUNDS)) {
                ObjectNode token = Seeds.hotp(serialNumber);
                List<Future<Answer>> answers = new ArrayList<>();
                for (int client = 0; client < 2; client++) {
                    answers.add(clients.submit(() -> {
                        start.await();
                        return oathbound.create(token);
                    }));
                }
                assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
                        .extracting(Answer::status, answer -> answer.text("/details/0/code"))
                        .containsExactlyInAnyOrder(tuple(201, ""), tuple(400, "UNIQUENESS_VIOLATION"));
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aRevokedTokenIsNotFound() {
        String serialNumber = Seeds.serialNumber("GONE");
        String tail =
                "/oathTokens/" + oathbound.create(Seeds.hotp(serialNumber)).text("/id");

        assertThat(oathbound.delete(tail).status()).isEqualTo(204);

        assertThat(oathbound.get(tail).status()).isEqualTo(404);
        assertThat(oathbound.delete(tail).status()).isEqualTo(404);
        assertThat(found("serialNumber eq \"" + serialNumber + "\"")).isEmpty();
    }

    @Test
    void createdAgainItsCounterNeverGoesBackUnderTheSameSecret() {
        String serialNumber = Seeds.serialNumber("LIFE");
        String secret = "4F4154482073656372657420616C6F6E65203031"; // no other test's: it is remembered
        String other = "4F4154482073656372657420616C6F6E65203032";

        Answer first = createAndRevoke(Seeds.hotp(serialNumber, secret, 7));
        Answer lower = createAndRevoke(Seeds.hotp(serialNumber, secret, 3));
        Answer another = createAndRevoke(Seeds.hotp(serialNumber, other, 2));
        Answer lowerStill = createAndRevoke(Seeds.hotp(serialNumber, secret, 0));
        Answer higher = createAndRevoke(Seeds.hotp(serialNumber, secret, 20));

        assertThat(Stream.of(first, lower, another, lowerStill, higher))
                .extracting(token -> token.text("/id"), token -> token.text("/hotp/counter"))
                .containsExactly(
                        tuple(first.text("/id"), "7"),
                        tuple(first.text("/id"), "7"),
                        tuple(first.text("/id"), "2"),
                        tuple(first.text("/id"), "7"),
                        tuple(first.text("/id"), "20"));
    }

    @Test
    void pagesHoldEveryTokenOnceWhileOthersComeAndGo() {
        String prefix = Seeds.serialNumber("PAGE") + "X";
        List<String> staying = Seeds.serialNumbers(prefix, 60);
        List<String> going = Seeds.serialNumbers(prefix, 10);
        oathbound.done(
                Oathbound.CREATE,
                Seeds.createJob(Stream.concat(staying.stream(), going.stream())
                        .map(Seeds::hotp)
                        .toList()));
        List<String> goingIds = found("serialNumber sw \"" + prefix + "\"").stream()
                .filter(token -> going.contains(token.get("serialNumber").asText()))
                .map(token -> token.get("id").asText())
                .toList();

        List<JsonNode> seen = new ArrayList<>();
        Answer page =
                oathbound.get("/oathTokens?limit=7&filter=" + Oathbound.encoded("serialNumber sw \"" + prefix + "\""));
        for (int n = 0; ; n++) {
            assertThat(page.text("/_links/self/href")).contains("limit=7");
            page.json().at("/_embedded/oathTokens").forEach(seen::add);
            if (n < goingIds.size()) {
                oathbound.delete("/oathTokens/" + goingIds.get(n));
                oathbound.create(Seeds.hotp(Seeds.serialNumber(prefix)));
            }
            if (page.json().at("/_links/next").isMissingNode()) {
                break;
            }
            assertThat(page.json().has("count")).isFalse();
            assertThat(page.text("/size")).isEqualTo("7");
            page = oathbound.follow(page.text("/_links/next/href"));
        }

        assertThat(seen)
                .extracting(token -> token.get("id").asText())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(seen).extracting(token -> token.get("serialNumber").asText()).containsAll(staying);
    }

    @Test
    void everyFilterFindsWhatItSays() {
        String prefix = Seeds.serialNumber("FILTER") + "X";
        ObjectNode hotp = Seeds.hotp(prefix + "H");
        ObjectNode totp = Seeds.totp(prefix + "T").put("expiresAt", "2030-01-01T00:00:00.000Z");
        String batch = oathbound
                .done(Oathbound.CREATE, Seeds.createJob(List.of(hotp, totp)))
                .get("id")
                .asText();
        String alone = prefix + "A";
        oathbound.create(Seeds.hotp(alone));
        String ours = "serialNumber sw \"" + prefix.toLowerCase(Locale.ROOT) + "\"";

        assertThat(serialNumbers(ours)).containsExactlyInAnyOrder(prefix + "H", prefix + "T", alone);
        assertThat(serialNumbers("serialNumber eq \"" + alone.toLowerCase(Locale.ROOT) + "\""))
                .containsExactly(alone);
        assertThat(serialNumbers("batch eq \"" + batch + "\"")).containsExactlyInAnyOrder(prefix + "H", prefix + "T");
        assertThat(serialNumbers(ours + " and type eq \"TOTP\"")).containsExactly(prefix + "T");
        assertThat(serialNumbers("(" + ours + ") and type eq \"HOTP\" and batch eq \"" + batch + "\""))
                .containsExactly(prefix + "H");
        assertThat(serialNumbers(ours + " and paired eq true")).isEmpty();
        assertThat(serialNumbers(ours + " and paired eq false")).hasSize(3);
        assertThat(serialNumbers(ours + " and expiresAt lt \"2030-01-01T00:00:00.001Z\""))
                .containsExactly(prefix + "T");
        assertThat(serialNumbers(ours + " and expiresAt lt \"2030-01-01T00:00:00Z\""))
                .isEmpty();
        assertThat(serialNumbers(ours + " and lastUsedAt lt \"2099-01-01T00:00:00Z\""))
                .isEmpty();
    }

    @Test
    void anEmptyListSaysSo() {
        Answer none = oathbound.tokens("serialNumber eq \"NOBODY\"");
        assertThat(none.text("/count")).isEqualTo("0");
        assertThat(none.text("/size")).isEqualTo("0");
        assertThat(none.json().at("/_embedded/oathTokens")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter=serialNumber+co+%22x%22",
                "filter=secret+sw+%226E%22",
                "filter=serialNumber+eq",
                "filter=serialNumber+eq+%22a%22+or+serialNumber+eq+%22b%22",
                "filter=expiresAt+lt+%22soon%22",
                "filter=batch+eq+%22*%22",
                "limit=0",
                "limit=many",
                "cursor=nowhere",
                "expand=secret"
            })
    void aParameterThatIsNotUnderstoodIsRefused(String query) {
        Answer answer = oathbound.get("/oathTokens?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("INVALID_REQUEST");
    }

    private Answer createAndRevoke(ObjectNode token) {
        Answer created = oathbound.create(token);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(oathbound.delete("/oathTokens/" + created.text("/id")).status())
                .isEqualTo(204);
        return created;
    }

    private List<JsonNode> found(String filter) {
        List<JsonNode> tokens = new ArrayList<>();
        oathbound.tokens(filter).json().at("/_embedded/oathTokens").forEach(tokens::add);
        return tokens;
    }

    private List<String> serialNumbers(String filter) {
        return found(filter).stream()
                .map(token -> token.get("serialNumber").asText())
                .toList();
    }
}
