package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PingOne's published sample goes in, eight tokens stand in the directory. */
class EightTokensIT extends Deployed {

    @AfterEach
    void nothingSecretIsLogged() {
        assertNothingSecretWasLogged();
    }

    @Test
    void eightTokensGoInOnceAndStandInTheDirectory() throws LDAPException {
        JsonNode sample = Seeds.eightTokens();

        JsonNode job = oathbound.done(Oathbound.CREATE, sample);
        JsonNode again = oathbound.done(Oathbound.CREATE, sample);

        assertThat(job.get("result").toString()).isEqualTo("{\"created\":8}");
        assertThat(job.get("progress").toString()).isEqualTo("{\"total\":8,\"processed\":8}");
        assertDuplicates(again.get("result"), sample);
        for (JsonNode row : sample.get("tokens")) {
            JsonNode token = theOneToken(text(row, "serialNumber"));
            assertThat(token.get("batch")).isEqualTo(job.get("id"));
            assertIsAsInTheSample(token, row);
            assertLdapHas(row, text(token, "id"));
        }
    }

    @Test
    void isAcceptedWithThePublishedBody() throws Exception {
        Answer accepted = oathbound.post(
                "/oathJobs", Oathbound.CREATE, Seeds.createJob(List.of(Seeds.hotp(Seeds.serialNumber("BODY")))));
        String environment = oathbound.root() + oathbound.path("");
        String id = accepted.text("/id");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json())
                .isEqualTo(new JsonMapper().readTree("""
                {
                  "_links": {
                    "self": {"href": "%1$s/jobs/%2$s"},
                    "environment": {"href": "%1$s"}
                  },
                  "id": "%2$s",
                  "environment": {"id": "%3$s"},
                  "type": "CREATE_OATH_TOKENS",
                  "async": true,
                  "status": "PENDING",
                  "result": {"created": 0}
                }
                """.formatted(environment, id, oathbound.environment())));
        assertThat(accepted.json().fieldNames())
                .toIterable()
                .containsExactly("_links", "id", "environment", "type", "async", "status", "result");
        assertThat(accepted.header("Location")).startsWith(environment).endsWith(id);

        JsonNode done = oathbound.done(id);
        assertThat(oathbound.get("/jobs/" + id).json()).isEqualTo(done);
    }

    private static void assertDuplicates(JsonNode result, JsonNode sample) {
        assertThat(result.get("created").asInt()).isZero();
        assertThat(result.path("errors")).isEmpty();
        assertThat(result.get("duplicates"))
                .extracting(row -> row.get("rowNumber").asInt(), row -> text(row, "maskedSecret"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 8)
                        .mapToObj(row -> tuple(row, "6E******"))
                        .toList());
        assertThat(result.get("duplicates").findValuesAsText("serialNumber"))
                .isEqualTo(sample.get("tokens").findValuesAsText("serialNumber"));
    }

    private JsonNode theOneToken(String serialNumber) {
        JsonNode found =
                oathbound.tokens("serialNumber eq \"" + serialNumber + "\"").json();
        assertThat(found.at("/_embedded/oathTokens")).hasSize(1);
        JsonNode token = found.at("/_embedded/oathTokens/0");
        assertThat(oathbound.get("/oathTokens/" + text(token, "id")).json()).isEqualTo(token);
        return token;
    }

    private static void assertIsAsInTheSample(JsonNode token, JsonNode row) {
        assertThat(token.get("type")).isEqualTo(row.get("type"));
        assertThat(token.get("otpLength")).isEqualTo(row.get("otpLength"));
        assertThat(text(token, "hashAlgorithm"))
                .isEqualTo(row.path("hashAlgorithm").asText("HmacSHA1"));
        assertThat(token.at("/hotp/counter").asLong())
                .isEqualTo(row.at("/hotp/counter").asLong());
        assertThat(token.at("/totp/timeStep")).isEqualTo(row.at("/totp/timeStep"));
    }

    private void assertLdapHas(JsonNode row, String id) throws LDAPException {
        try (LDAPConnection ldap = oathbound.ldap()) {
            SearchResultEntry entry = ldap.searchForEntry(
                    "ou=Tokens," + Oathbound.SUFFIX,
                    SearchScope.ONE,
                    Filter.createEqualityFilter("oathTokenSerialNumber", text(row, "serialNumber")),
                    "*",
                    "+");
            assertThat(entry.getDN()).isEqualTo("oathTokenIdentifier=" + id + ",ou=Tokens," + Oathbound.SUFFIX);
            assertThat(entry.getObjectClassValues()).contains("oath" + text(row, "type") + "Token");
            if (text(row, "type").equals("HOTP")) {
                assertThat(entry.getAttributeValueAsLong("oathHOTPCounter"))
                        .as("the last redeemed counter")
                        .isEqualTo(row.at("/hotp/counter").asLong() - 1);
            }
            Seeds.assertNoSecretIn(entry.toLDIFString());
        }
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }
}
