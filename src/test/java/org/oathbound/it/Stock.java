package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose serial numbers begin alike, as their one writer and all readers know them. Each life of a token has another
 * model, which is its value in the ledger; everything else of a token follows from serial number and model.
 */
final class Stock {

    private static final int PAGE = 200;
    private static final String[] IN_LDAP = {
        "oathTokenIdentifier",
        "oathboundLife",
        "oathboundRevision",
        "oathboundKeyId",
        "oathboundCreatedAt",
        "oathOTPLength"
    };

    private final String prefix;
    private final Ledger ledger = new Ledger();
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    /** A token's document when it was shown first, by serial number and model: it never changes. */
    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

    Stock(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Where a token is; known once somebody has been shown it. */
    Optional<String> path(String serialNumber) {
        return id(serialNumber).map(id -> "/oathTokens/" + id);
    }

    Optional<String> id(String serialNumber) {
        return Optional.ofNullable(ids.get(serialNumber));
    }

    static ObjectNode row(String serialNumber, String model) {
        ObjectNode row = serialNumber.hashCode() % 2 == 0 ? Seeds.totp(serialNumber) : Seeds.hotp(serialNumber);
        if (row.get("type").asText().equals("HOTP")) {
            row.putObject("hotp").put("counter", Integer.parseInt(model.substring(1)));
        }
        row.put("secret", secret(serialNumber));
        return row.put("model", model).put("manufacturer", "Fobs").put("expiresAt", "2031-01-01T00:00:00.000Z");
    }

    /** What a secret has used is remembered under whatever serial number: each token has its own. */
    private static String secret(String serialNumber) {
        return UUID.nameUUIDFromBytes(serialNumber.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** Reads all tokens whose serial numbers begin so, page by page. */
    void read(Oathbound server, String beginning, int limit) {
        Map<String, Integer> earliest = ledger.earliest(beginning);
        ledger.shown(list(server, beginning, limit), earliest);
    }

    /** Searches for all tokens whose serial numbers begin so; there must not be more than fit into an answer. */
    void search(LDAPConnection ldap, String beginning) throws LDAPException {
        Map<String, Integer> earliest = ledger.earliest(beginning);
        ledger.shown(models(Entries.search(ldap, "ou=Tokens", "oathTokenSerialNumber", beginning)), earliest);
    }

    /** After a start: every interface shows the same, which is what everybody was told. */
    void settle(Interfaces server) throws LDAPException {
        Map<String, String> listed = list(server.http(), prefix, PAGE);
        ledger.settle(prefix, listed);
        documents.keySet().removeIf(key -> !key.equals(key(serialNumber(key), ledger.latest(serialNumber(key)))));
        assertThat(models(Entries.searchPaged(server.writing(), "ou=Tokens", "oathTokenSerialNumber", prefix)))
                .isEqualTo(listed);
    }

    /** Whether a document is whole: all that was asked for, and all that it was before. Returns its serial number. */
    String check(JsonNode token) {
        String serialNumber = token.path("serialNumber").asText();
        String model = token.path("model").asText();
        assertThat(model).as("%s", token).matches("v[0-9]+");
        ObjectNode asked = row(serialNumber, model);
        for (String name : List.of("type", "otpLength", "manufacturer", "expiresAt")) {
            assertThat(token.get(name)).as("%s of %s", name, token).isEqualTo(asked.get(name));
        }
        assertThat(token.at("/hotp/counter")).isEqualTo(asked.at("/hotp/counter"));
        assertThat(token.at("/totp/timeStep")).isEqualTo(asked.at("/totp/timeStep"));
        ObjectNode document = token.deepCopy();
        document.remove("_links");
        JsonNode before = documents.putIfAbsent(key(serialNumber, model), document);
        assertThat(before == null ? document : before).isEqualTo(document);
        ids.putIfAbsent(serialNumber, token.path("id").asText());
        assertThat(token.path("id").asText()).isEqualTo(ids.get(serialNumber));
        return serialNumber;
    }

    private Map<String, String> list(Oathbound server, String beginning, int limit) {
        Map<String, String> models = new HashMap<>();
        String filter = Oathbound.encoded("serialNumber sw \"" + beginning + "\"");
        Answer page = CrashClient.answered(server.get("/oathTokens?limit=" + limit + "&filter=" + filter), 200);
        while (true) {
            for (JsonNode token : page.json().at("/_embedded/oathTokens")) {
                String serialNumber = check(token);
                assertThat(models.put(serialNumber, token.path("model").asText()))
                        .as("%s is there twice", serialNumber)
                        .isNull();
            }
            String next = page.text("/_links/next/href");
            if (next.isEmpty()) {
                return models;
            }
            page = CrashClient.answered(server.follow(next), 200);
        }
    }

    private static Map<String, String> models(List<SearchResultEntry> entries) {
        Map<String, String> models = new HashMap<>();
        for (SearchResultEntry entry : entries) {
            for (String name : IN_LDAP) {
                assertThat(entry.hasAttribute(name)).as("%s of %s", name, entry).isTrue();
            }
            models.put(entry.getAttributeValue("oathTokenSerialNumber"), entry.getAttributeValue("oathboundModel"));
        }
        assertThat(models).hasSameSizeAs(entries);
        return models;
    }

    private static String key(String serialNumber, String model) {
        return serialNumber + " " + model;
    }

    private static String serialNumber(String key) {
        return key.substring(0, key.indexOf(' '));
    }
}
