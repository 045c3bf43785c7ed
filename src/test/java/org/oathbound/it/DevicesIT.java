package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.util.Base32;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** Devices over HTTP: seeds/001 and 002 as published, with codes that are the published secret's, and all that we add. */
class DevicesIT extends Deployed {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PUBLISHED_SECRET = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";

    private OwnDevices jane;

    @BeforeEach
    void createsJane() {
        jane = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("jane"));
    }

    private String fob() {
        String serialNumber = Seeds.serialNumber("D");
        return fob(serialNumber, Seeds.secret(serialNumber), 0);
    }

    private String fob(String serialNumber, String secret, long counter) {
        ObjectNode row = Seeds.hotp(serialNumber, secret, counter).put("otpLength", 8);
        assertThat(oathbound.create(row).status()).isEqualTo(201);
        return serialNumber;
    }

    private static void assertRefused(Answer answer, String code, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/details/0/code")).as(answer.body()).isEqualTo(detail);
    }

    @Test
    void thePublishedSampleOfPairingAndActivating() {
        oathbound = oathbound.asNewEnvironment("Published");
        jane = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("jane"));
        String serialNumber = fob(Seeds.serialNumber("D"), PUBLISHED_SECRET, 456789);
        Answer paired = jane.pair(OwnDevices.fob(serialNumber, "ACTIVATION_REQUIRED"));
        assertThat(paired.status()).as(paired.body()).isEqualTo(201);
        assertThat(paired.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "_links",
                        "id",
                        "environment",
                        "user",
                        "type",
                        "status",
                        "serialNumber",
                        "tokenType",
                        "createdAt",
                        "updatedAt");
        assertThat(paired.header("Location")).isEqualTo(paired.text("/_links/self/href"));
        assertThat(paired.text("/tokenType")).isEqualTo("HOTP");
        String device = paired.text("/id");

        Answer far = jane.activate(device, "70714254", true);
        assertRefused(far, "INVALID_DATA", "EXTRA_OTP_REQUIRED");
        assertThat(far.text("/message"))
                .isEqualTo("The request could not be completed. One or more validation errors were in the request.");
        assertThat(far.json().at("/details/0").toString())
                .isEqualTo(
                        "{\"code\":\"EXTRA_OTP_REQUIRED\",\"target\":\"otp\",\"message\":\"An extra OTP is required: the code may be far away, so read out the next code too.\"}");
        Answer active = jane.activate(device, "68079661", true);
        assertThat(active.status()).as(active.body()).isEqualTo(200);
        assertThat(active.text("/status")).isEqualTo("ACTIVE");

        assertRefused(jane.signOn(device, "70714254"), "INVALID_DATA", "INVALID_OTP");
        assertRefused(jane.signOn(device, "57107121"), "INVALID_DATA", "INVALID_OTP");
    }

    @Test
    void aFobIsActiveAtOnceWhereNothingIsSaid() {
        String serialNumber = fob();
        Answer paired =
                jane.pair(JSON.createObjectNode().put("type", "OATH_TOKEN").put("serialNumber", serialNumber));

        assertThat(paired.text("/status")).isEqualTo("ACTIVE");
        assertThat(jane.signOn(paired.text("/id"), OwnDevices.code(Seeds.secret(serialNumber), 8, 0))
                        .text("/status"))
                .isEqualTo("COMPLETED");
        assertRefused(jane.pair(OwnDevices.fob(serialNumber, "ACTIVE")), "INVALID_DATA", "UNIQUENESS_VIOLATION");
    }

    @Test
    void anAppShowsItsSecretOnceAndTheQrCodeOfItsKeyUri() {
        Answer paired = jane.pair(JSON.createObjectNode().put("type", "TOTP").put("nickname", "Phone"));

        assertThat(paired.status()).as(paired.body()).isEqualTo(201);
        assertThat(paired.text("/status")).isEqualTo("ACTIVATION_REQUIRED");
        assertThat(paired.text("/keyUri")).startsWith("otpauth://totp/").contains("secret=" + paired.text("/secret"));
        assertThat(paired.text("/qrCode/svg")).startsWith("<svg ");
        assertThat(paired.text("/qrCode/png")).startsWith("data:image/png;base64,");
        String device = paired.text("/id");
        assertThat(jane.read(device).body()).doesNotContain(paired.text("/secret"), "qrCode", "keyUri");
        Answer active = jane.activate(device, appCode(paired.text("/secret"), 0), false);
        assertThat(active.text("/status")).as(active.body()).isEqualTo("ACTIVE");
        assertThat(jane.signOn(device, appCode(paired.text("/secret"), 1)).text("/status"))
                .isEqualTo("COMPLETED");
    }

    private static String appCode(String base32, int later) {
        try {
            return new Hotp(SharedSecret.ofBytes(Base32.decode(base32)), HashAlgorithm.SHA_1, 6)
                    .generate(Instant.now().getEpochSecond() / 30 + later)
                    .text();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void temporaryCodesAreShownOnceAndCountedDown() {
        String lost = jane.paired(fob(), "ACTIVE");
        ObjectNode wanted = JSON.createObjectNode()
                .put("type", "TEMPORARY")
                .put("codes", 3)
                .put("validUntil", Instant.now().plus(6, ChronoUnit.DAYS).toString());
        wanted.putObject("replaces").put("id", lost);

        Answer paired = jane.pair(wanted);

        assertThat(paired.status()).as(paired.body()).isEqualTo(201);
        List<String> codes = new ArrayList<>();
        paired.json().get("codes").forEach(code -> codes.add(code.asText()));
        assertThat(codes).hasSize(3).doesNotHaveDuplicates();
        String device = paired.text("/id");
        assertThat(jane.signOn(device, codes.get(2)).text("/status")).isEqualTo("COMPLETED");
        assertRefused(jane.signOn(device, codes.get(2)), "INVALID_DATA", "INVALID_OTP");
        assertThat(jane.read(device).json().get("codesLeft").asInt()).isEqualTo(2);
        assertThat(jane.read(device).body()).doesNotContain(codes);
        assertThat(jane.read(lost).text("/block/status")).isEqualTo("BLOCKED");
    }

    @Test
    void temporaryCodesLastSevenDaysAtMost() {
        ObjectNode wanted = JSON.createObjectNode()
                .put("type", "TEMPORARY")
                .put("codes", 11)
                .put("validUntil", Instant.now().plus(8, ChronoUnit.DAYS).toString());

        Answer refused = jane.pair(wanted);

        assertRefused(refused, "INVALID_DATA", "OUT_OF_RANGE");
        assertThat(refused.json().get("details")).hasSize(2);
        assertThat(jane.list().json().get("size").asInt()).isZero();
    }

    @Test
    void blockedUnblockedLockedUnlocked() {
        String serialNumber = fob();
        String device = jane.paired(serialNumber, "ACTIVE");
        String code = OwnDevices.code(Seeds.secret(serialNumber), 8, 0);

        assertThat(jane.act(device, OwnDevices.BLOCK).text("/block/status")).isEqualTo("BLOCKED");
        assertThat(jane.signOn(device, code).text("/status")).isNotEqualTo("COMPLETED");
        assertThat(jane.act(device, OwnDevices.UNBLOCK).text("/block/status")).isEqualTo("UNBLOCKED");
        for (int i = 0; i < 3; i++) {
            assertRefused(jane.signOn(device, "00000000"), "INVALID_DATA", "INVALID_OTP");
        }
        assertThat(jane.read(device).text("/lock/status")).isEqualTo("LOCKED");
        assertThat(jane.act(device, OwnDevices.UNLOCK).text("/lock/status")).isEqualTo("UNLOCKED");
        assertThat(jane.signOn(device, code).text("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void namedOrderedListedAndFiltered() {
        String first = jane.paired(fob(), "ACTIVE");
        String second = jane.paired(fob(), "ACTIVATION_REQUIRED");
        ObjectNode order = JSON.createObjectNode();
        order.putArray("order").addObject().put("id", second);

        Answer ordered = oathbound.post(jane.path(), "application/vnd.pingidentity.devices.reorder+json", order);

        assertThat(ordered.status()).as(ordered.body()).isEqualTo(200);
        assertThat(ids(jane.list())).containsExactly(second, first);
        assertThat(ids(oathbound.get(jane.path() + "?filter=" + Oathbound.encoded("(status eq \"ACTIVE\")"))))
                .containsExactly(first);
        assertThat(oathbound.delete(jane.path()).status()).isEqualTo(204);
        assertThat(ids(jane.list())).containsExactly(first, second);
        Answer named = oathbound.put(
                jane.path() + "/" + first + "/nickname", JSON.createObjectNode().put("nickname", "Key ring"));
        assertThat(named.text("/nickname")).isEqualTo("Key ring");
    }

    @Test
    void whoHasNotActivatedYet() {
        String waiting = jane.paired(fob(), "ACTIVATION_REQUIRED");
        String active = jane.paired(fob(), "ACTIVE");
        String filter = "status eq \"ACTIVATION_REQUIRED\" and createdAt ge \""
                + Instant.now().minus(1, ChronoUnit.HOURS) + "\"";

        List<String> found = ids(oathbound.get("/devices?limit=200&filter=" + Oathbound.encoded(filter)));

        assertThat(found).contains(waiting).doesNotContain(active);
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode device : answer.json().at("/_embedded/devices")) {
            ids.add(device.get("id").asText());
        }
        return ids;
    }

    @Test
    void aJobPairsManyAndAnotherUnpairsThem() {
        String good = fob();
        ObjectNode pair = JSON.createObjectNode().put("type", "PAIR_OATH_TOKENS");
        pair.putArray("pairs")
                .addObject()
                .put("serialNumber", good)
                .putObject("user")
                .put("id", jane.user());
        ((ObjectNode) pair.get("pairs").get(0)).put("status", "ACTIVATION_REQUIRED");
        pair.withArray("pairs").addObject().put("serialNumber", good).put("username", "nobody there");
        pair.withArray("pairs")
                .addObject()
                .put("serialNumber", "unknown1")
                .putObject("user")
                .put("id", jane.user());

        JsonNode done = oathbound.done("application/vnd.oathbound.job.oathtokens.pair+json", pair);

        assertThat(done.at("/result/pairsCreated").asInt()).as("%s", done).isEqualTo(1);
        assertThat(done.at("/result/errors")).hasSize(2);
        assertThat(done.at("/result/errors/0/target").asText()).isEqualTo("username");
        assertThat(done.at("/result/errors/1/target").asText()).isEqualTo("serialNumber");
        assertThat(jane.list().json().get("size").asInt()).isEqualTo(1);
        ((ObjectNode) pair.put("type", "UNPAIR_OATH_TOKENS").get("pairs").get(0)).remove("status");
        JsonNode undone = oathbound.done("application/vnd.oathbound.job.oathtokens.unpair+json", pair);
        assertThat(undone.at("/result/pairsRemoved").asInt()).as("%s", undone).isEqualTo(1);
        assertThat(jane.list().json().get("size").asInt()).isZero();
    }

    @Test
    void revokedAndDeletedReturnsTheRest() {
        String serialNumber = fob();
        String device = jane.paired(serialNumber, "ACTIVE");

        assertThat(oathbound.delete("/users/" + jane.user()).status()).isEqualTo(204);

        assertThat(jane.read(device).status()).isEqualTo(404);
        JsonNode token = oathbound
                .get("/oathTokens?expand=devices&filter="
                        + Oathbound.encoded("serialNumber eq \"" + serialNumber + "\""))
                .json();
        assertThat(token.at("/_embedded/oathTokens/0/devices")).isEmpty();
    }
}
