package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and policies, as an administrator's tools read and write them. */
class SettingsIT extends Deployed {

    private static final String POLICIES = "/deviceAuthenticationPolicies";

    /** As the Terraform provider sends one, which knows nothing of OATH tokens. */
    private static final String POLICY = """
            {"name": "Staff", "default": false, "newDeviceNotification": "NONE",
             "authentication": {"deviceSelection": "DEFAULT_TO_FIRST"},
             "sms": {"enabled": false, "pairingDisabled": false, "otp": {"lifeTime": {"duration": 30, "timeUnit": "MINUTES"},
                     "failure": {"count": 3, "coolDown": {"duration": 0, "timeUnit": "MINUTES"}}, "otpLength": 6}},
             "email": {"enabled": false, "otp": {"lifeTime": {"duration": 30, "timeUnit": "MINUTES"},
                       "failure": {"count": 3, "coolDown": {"duration": 0, "timeUnit": "MINUTES"}}}},
             "voice": {"enabled": false, "otp": {"lifeTime": {"duration": 30, "timeUnit": "MINUTES"},
                       "failure": {"count": 3, "coolDown": {"duration": 0, "timeUnit": "MINUTES"}}}},
             "mobile": {"enabled": false, "otp": {"failure": {"count": 3, "coolDown": {"duration": 2, "timeUnit": "MINUTES"}}}},
             "totp": {"enabled": true, "pairingDisabled": false, "promptForNicknameOnPairing": false,
                      "otp": {"failure": {"count": 3, "coolDown": {"duration": 2, "timeUnit": "MINUTES"}}}},
             "fido2": {"enabled": false}}""";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static ObjectNode policy(String name, boolean isDefault) {
        return json(POLICY).put("name", name).put("default", isDefault);
    }

    private Answer put(String tail, JsonNode body) {
        return put(tail, "application/json; charset=utf-8", body.toString());
    }

    private Answer put(String tail, String mediaType, String body) {
        return oathbound.send(oathbound
                .authorized(oathbound.path(tail))
                .header("Content-Type", mediaType)
                .PUT(BodyPublishers.ofString(body)));
    }

    private static void assertFault(Answer answer, String code, String detail, String target) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/details/0/code")).isEqualTo(detail);
        assertThat(answer.text("/details/0/target")).isEqualTo(target);
    }

    private static void assertIs(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    /** What a client gave is all there, with nothing changed. */
    private static void assertKept(ObjectNode given, Answer answer) {
        JsonNode kept = answer.json();
        given.properties().forEach(member -> assertThat(kept.get(member.getKey()))
                .as(member.getKey())
                .isEqualTo(member.getValue()));
    }

    @Test
    void anEnvironmentHasAPopulation() {
        Answer environment = oathbound.get("");
        assertThat(environment.text("/id")).isEqualTo(oathbound.environment());
        assertThat(environment.text("/name")).isEqualTo("Default");

        Answer list = oathbound.get("/populations");
        assertThat(list.text("/count")).isEqualTo("1");
        Answer population = oathbound.follow(list.text("/_embedded/populations/0/_links/self/href"));
        assertThat(population.json()).isEqualTo(list.json().at("/_embedded/populations/0"));
        assertThat(population.text("/default")).isEqualTo("true");
        assertThat(oathbound.follow(population.text("/_links/environment/href")).json())
                .isEqualTo(environment.json());
        assertIs(404, oathbound.get("/populations/" + UUID.randomUUID()));
    }

    @Test
    void oathSettingsAreReplacedAndSetBack() {
        ObjectNode byDefault = (ObjectNode) oathbound.get("/oathSettings").json();
        assertThat(byDefault.at("/hotp/lookAhead").asInt()).isEqualTo(10);

        ObjectNode wanted = json("{\"hotp\": {\"lookAhead\": 20}, \"bind\": \"PASSWORD\"}");
        Answer replaced = put("/oathSettings", wanted);
        assertIs(200, replaced);
        assertThat(replaced.text("/hotp/lookAhead")).isEqualTo("20");
        assertThat(replaced.text("/hotp/resyncWindow")).isEqualTo("100");
        assertThat(oathbound.get("/oathSettings").json()).isEqualTo(replaced.json());

        Answer refused = put("/oathSettings", json("{\"hotp\": {\"lookAhead\": 51}, \"totp\": {\"window\": 11}}"));
        assertFault(refused, "INVALID_DATA", "OUT_OF_RANGE", "hotp.lookAhead");
        assertThat(refused.text("/details/1/target")).isEqualTo("totp.window");
        assertThat(oathbound.get("/oathSettings").json()).isEqualTo(replaced.json());

        assertIs(204, oathbound.delete("/oathSettings"));
        assertThat(oathbound.get("/oathSettings").json()).isEqualTo(byDefault);
    }

    @Test
    void oathSettingsSayWhichTokensMayBeCreated() {
        String serialNumber = "GA-1." + Seeds.serialNumber("x");
        ObjectNode token = Seeds.hotp(serialNumber).put("hashAlgorithm", "HmacSHA256");
        assertThat(oathbound.create(token).json().get("details").findValuesAsText("target"))
                .containsExactly("serialNumber", "hashAlgorithm");

        assertIs(
                200,
                put(
                        "/oathSettings",
                        json("{\"hotp\": {\"hashAlgorithms\": [\"HmacSHA256\"]}, \"serialNumberPunctuation\": true}")));
        Answer created = oathbound.create(token);
        assertIs(201, created);
        assertThat(created.text("/serialNumber")).isEqualTo(serialNumber);
        assertThat(created.text("/hashAlgorithm")).isEqualTo("HmacSHA256");
        assertFault(
                oathbound.create(Seeds.hotp(Seeds.serialNumber("SHA1"))),
                "INVALID_DATA",
                "REQUIRED_VALUE",
                "hashAlgorithm");

        assertIs(204, oathbound.delete("/oathSettings"));
        assertThat(oathbound
                        .get("/oathTokens?filter="
                                + Oathbound.encoded(
                                        "serialNumber sw \"ga-\" and serialNumber eq \"" + serialNumber + "\""))
                        .text("/size"))
                .isEqualTo("1");
        assertFault(oathbound.create(Seeds.hotp("GA-2")), "INVALID_DATA", "INVALID_VALUE", "serialNumber");
    }

    @Test
    void mfaSettingsAreKeptWholeAndSetBack() {
        JsonNode byDefault = oathbound.get("/mfaSettings").json();
        ObjectNode wanted = json("""
                {"pairing": {"maxAllowedDevices": 10, "pairingKeyFormat": "ALPHANUMERIC"},
                 "lockout": {"failureCount": 6, "durationSeconds": 1200}, "phoneExtensions": {"enabled": true}}""");
        Answer replaced = put("/mfaSettings", wanted);
        assertIs(200, replaced);
        assertKept(wanted, replaced);
        assertThat(oathbound.get("/mfaSettings").json()).isEqualTo(replaced.json());
        assertThat(put("/mfaSettings", replaced.json()).text("/_links/self/href"))
                .isEqualTo(replaced.text("/_links/self/href"));

        assertFault(put("/mfaSettings", json("{}")), "INVALID_DATA", "REQUIRED_VALUE", "pairing");
        assertIs(204, oathbound.delete("/mfaSettings"));
        assertThat(oathbound.get("/mfaSettings").json()).isEqualTo(byDefault);
    }

    @Test
    void policiesAreKeptWholeAndOneIsTheDefault() {
        Answer before = oathbound.get(POLICIES);
        assertThat(before.text("/count")).isEqualTo("1");
        JsonNode first = before.json().at("/_embedded/deviceAuthenticationPolicies/0");
        assertThat(oathbound.follow(first.at("/_links/self/href").asText()).json())
                .isEqualTo(first);

        Answer created = oathbound.post(POLICIES, Oathbound.JSON, policy("Staff", false));
        assertIs(201, created);
        assertKept(policy("Staff", false), created);
        assertThat(created.text("/oathToken/enabled")).isEqualTo("true");
        assertThat(created.header("Location")).isEqualTo(created.text("/_links/self/href"));
        assertThat(oathbound.follow(created.header("Location")).json()).isEqualTo(created.json());
        String staff = POLICIES + "/" + created.text("/id");
        String initial = POLICIES + "/" + first.get("id").asText();

        assertFault(oathbound.delete(initial), "REQUEST_FAILED", "CONSTRAINT_VIOLATION", "");
        assertKept(policy("All", true), put(staff, policy("All", true)));
        assertThat(oathbound.get(initial).text("/default")).isEqualTo("false");
        assertIs(204, oathbound.delete(initial));
        assertIs(404, oathbound.get(initial));
        assertIs(404, put(initial, policy("Gone", false)));
        assertFault(put(staff, policy("All", false)), "REQUEST_FAILED", "CONSTRAINT_VIOLATION", "default");
        assertThat(oathbound.get(POLICIES).text("/_embedded/deviceAuthenticationPolicies/0/name"))
                .isEqualTo("All");
        assertNothingSecretWasLogged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms", "email", "voice", "mobile", "fido2", "whatsApp"})
    void aMethodThatIsNotHereCanNotBeEnabled(String method) {
        ObjectNode wanted = policy("With " + method, false);
        wanted.putObject(method).put("enabled", true);
        Answer answer = oathbound.post(POLICIES, Oathbound.JSON, wanted);
        assertFault(answer, "INVALID_DATA", "INVALID_VALUE", method + ".enabled");
        assertThat(answer.text("/details/0/message")).contains("OATH tokens and authenticator apps only");
    }

    @ParameterizedTest
    @CsvSource({"/oathSettings", "/mfaSettings", "/deviceAuthenticationPolicies/6f1ab8a5-1f3b-4d38-8f0c-6e0f3c2ad6f0"})
    void whatIsNoDocumentIsRefused(String tail) {
        assertIs(415, put(tail, "text/plain", "x"));
        assertIs(400, put(tail, Oathbound.JSON, "[]"));
        assertIs(413, put(tail, Oathbound.JSON, " ".repeat(1 << 17)));
        assertIs(405, oathbound.post(tail, Oathbound.JSON, json("{}")));
    }
}
