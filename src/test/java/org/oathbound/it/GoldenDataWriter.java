package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.util.Base32;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.GoldenData;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/**
 * Makes a golden data directory with the server of {@code it.jar}, in the folder that {@code golden.write} names. No part of
 * the tests: {@code docs/testing.md} says how it is run, and when.
 */
class GoldenDataWriter {

    private static final Map<String, String> FIRST_VALUES = Map.of(
            "OATHBOUND_BOOTSTRAP_ENVIRONMENT_ID", "00000000-0000-4000-8000-00000000e001",
            "OATHBOUND_BOOTSTRAP_CLIENT_ID", "00000000-0000-4000-8000-00000000c001",
            "OATHBOUND_BOOTSTRAP_CLIENT_SECRET", "golden-test-client-secret",
            "OATHBOUND_BOOTSTRAP_LDAP_PASSWORD", "golden-test-ldap-password");

    private static final String SECRET = hex("golden test secret 1");
    private static final String LONG_SECRET = hex("golden test secret of 32 bytes!!");

    /** Of a token that is revoked: it was used nine times elsewhere. */
    private static final String REVOKED_SECRET = hex("golden test secret 3");

    /** Each other token has a secret of its own. */
    private static String secretOf(String name) {
        return hex("golden test secret of " + name);
    }

    private static final int ROWS = 40;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    private final Map<String, String> expected = new TreeMap<>();

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void write() throws IOException {
        Path golden = Path.of(System.getProperty("golden.write"));
        Path data = temporary.resolve("data");
        expected.put("hotp.secret", SECRET);
        expected.put("totp.secret", LONG_SECRET);
        try (ServerProcess server = ServerProcess.start(data, FIRST_VALUES)) {
            Oathbound oathbound = server.oathbound();
            expected.put("environment", oathbound.environment());
            settings(oathbound);
            importedTokens(oathbound);
            jane(oathbound);
            john(oathbound);
            mary(oathbound);
            otherEnvironment(oathbound);
            assertThat(oathbound.asWorker("Authenticator").accessToken()).isNotEmpty();
            server.stop();
        }
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();
            OwnDevices.ofNewUser(oathbound, "later");
            completed(OwnDevices.of(oathbound, expected.getOrDefault("hotp.person", ""))
                    .signOn(expected.getOrDefault("hotp.device", ""), OwnDevices.code(SECRET, 6, 1)));
            expected.put("hotp.nextCounter", "2");
            expected.put("job", jobThatIsCutOff(oathbound));
            expected.put("job.created", Integer.toString(ROWS));
            server.kill();
        }
        GoldenData.copy(data, golden.resolve("data"));
        Files.deleteIfExists(golden.resolve("data").resolve("lock"));
        backup(data, golden.resolve("backup.ldif"));
        Files.writeString(
                golden.resolve("expected.properties"),
                expected.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** All entries, as that version itself sees them. */
    private static void backup(Path data, Path file) throws IOException {
        Files.deleteIfExists(file);
        CommandProcess.run(Map.of(), "", "backup", "--data-dir", data.toString(), file.toString())
                .endsWith(0);
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("/id");
    }

    private static void completed(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        assertThat(answer.text("/status")).isEqualTo("COMPLETED");
    }

    private static void settings(Oathbound oathbound) {
        ObjectNode oath = JSON.createObjectNode();
        oath.putObject("hotp").put("lookAhead", 20);
        Answer replaced = oathbound.put("/oathSettings", oath);
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        ObjectNode mfa = JSON.createObjectNode();
        mfa.putObject("pairing").put("maxAllowedDevices", 7).put("pairingKeyFormat", "ALPHANUMERIC");
        assertThat(oathbound.put("/mfaSettings", mfa).status()).isEqualTo(200);
        ObjectNode policy = (ObjectNode)
                oathbound.get("/deviceAuthenticationPolicies").json().at("/_embedded/deviceAuthenticationPolicies/0");
        policy.put("name", "Golden");
        ((ObjectNode) policy.at("/totp/otp/failure")).put("count", 4);
        Answer changed = oathbound.put(
                "/deviceAuthenticationPolicies/" + policy.get("id").asText(), policy);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private void importedTokens(Oathbound oathbound) {
        String file = "serial;key;type;length;counter\n" + "GOLDEN1;" + SECRET + ";HOTP;6;0\n" + "GOLDEN8;"
                + secretOf("GOLDEN8") + ";HOTP;8;0\n" + "GOLDENWAITING;" + secretOf("GOLDENWAITING") + ";HOTP;6;0\n"
                + "GOLDENLOCKED;" + secretOf("GOLDENLOCKED") + ";HOTP;6;0\n"
                + "GOLDENREVOKED;" + REVOKED_SECRET + ";HOTP;6;9\n" + "GOLDENSTOCK;"
                + secretOf("GOLDENSTOCK") + ";TOTP;6;\n"
                + "=faulty;"
                + secretOf("faulty") + ";HOTP;6;0\n";
        Answer accepted = oathbound.post(
                "/oathJobs?format=OATH_CSV&timeStep=30", "text/csv; charset=utf-8", BodyPublishers.ofString(file));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        assertThat(oathbound.done(accepted.text("/id")).at("/result/created").asInt())
                .isEqualTo(6);
        created(oathbound.create(Seeds.totp("GOLDENTOTP")
                .put("secret", LONG_SECRET)
                .put("otpLength", 8)
                .put("hashAlgorithm", "HmacSHA256")));
        created(oathbound.create(Seeds.hotp("GOLDENENDED", secretOf("GOLDENENDED"), 0)
                .put("validFrom", "2020-01-01T00:00:00Z")
                .put("validUntil", "2026-01-01T00:00:00Z")));
        String drifting = created(oathbound.create(Seeds.totp("GOLDENDRIFT").put("secret", secretOf("GOLDENDRIFT"))));
        drift(oathbound, drifting, 960);
        String revoked = oathbound.tokens("serialNumber eq \"GOLDENREVOKED\"").text("/_embedded/oathTokens/0/id");
        assertThat(oathbound.delete("/oathTokens/" + revoked).status()).isEqualTo(204);
    }

    /** Its clock is hours away: that is the base of what is learned of it. */
    private void drift(Oathbound oathbound, String token, int steps) {
        long step = Instant.now().getEpochSecond() / 30 + steps;
        ObjectNode body = JSON.createObjectNode().put("drift", steps);
        body.putArray("otps")
                .add(OwnDevices.code(secretOf("GOLDENDRIFT"), 6, step))
                .add(OwnDevices.code(secretOf("GOLDENDRIFT"), 6, step + 1));
        Answer set = oathbound.post("/oathTokens/" + token, "application/vnd.pingidentity.device.resync+json", body);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        expected.put("drift.token", token);
        expected.put("drift.base", Integer.toString(steps));
    }

    private static OwnDevices person(Oathbound oathbound, String name) {
        ObjectNode person = JSON.createObjectNode().put("username", name).put("email", name + "@example.com");
        person.putObject("password").put("value", "golden test password of " + name);
        return OwnDevices.of(oathbound, created(oathbound.post("/users", Oathbound.JSON, person)));
    }

    /** Has signed on with a fob, and has one that waits for its first code. */
    private void jane(Oathbound oathbound) {
        OwnDevices jane = person(oathbound, "jane");
        String device = jane.paired("GOLDEN1", "ACTIVE");
        completed(jane.signOn(device, OwnDevices.code(SECRET, 6, 0)));
        jane.paired("GOLDEN8", "ACTIVATION_REQUIRED");
        expected.put("hotp.person", jane.user());
        expected.put("hotp.device", device);
        expected.put(
                "hotp.token", oathbound.tokens("serialNumber eq \"GOLDEN1\"").text("/_embedded/oathTokens/0/id"));
    }

    /** Has a TOTP fob, an app and temporary codes. */
    private void john(Oathbound oathbound) {
        OwnDevices john = person(oathbound, "john");
        String fob = john.paired("GOLDENTOTP", "ACTIVE");
        completed(john.signOn(fob, totp(LONG_SECRET)));
        Answer app = john.pair(JSON.createObjectNode().put("type", "TOTP").put("nickname", "Phone"));
        String secret = HexFormat.of().formatHex(base32(app.text("/secret")));
        Answer active = john.activate(
                created(app), OwnDevices.code(secret, 6, Instant.now().getEpochSecond() / 30), false);
        assertThat(active.text("/status")).as(active.body()).isEqualTo("ACTIVE");
        Answer temporary = john.pair(JSON.createObjectNode()
                .put("type", "TEMPORARY")
                .put("codes", 3)
                .put("validUntil", Instant.now().plus(6, ChronoUnit.DAYS).toString()));
        completed(john.signOn(created(temporary), temporary.text("/codes/0")));
        expected.put("totp.person", john.user());
        expected.put("totp.device", fob);
    }

    private static byte[] base32(String text) {
        try {
            return Base32.decode(text);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    static String totp(String secret) {
        return new Hotp(SharedSecret.ofHex(secret), HashAlgorithm.SHA_256, 8)
                .generate(Instant.now().getEpochSecond() / 30)
                .text();
    }

    /** Has a token that waits for the code behind a far one, and one that is locked. */
    private void mary(Oathbound oathbound) {
        OwnDevices mary = person(oathbound, "mary");
        Answer far =
                mary.signOn(mary.paired("GOLDENWAITING", "ACTIVE"), OwnDevices.code(secretOf("GOLDENWAITING"), 6, 40));
        assertThat(far.text("/status")).as(far.body()).isEqualTo("EXTRA_OTP_REQUIRED");
        String locked = mary.paired("GOLDENLOCKED", "ACTIVE");
        for (int i = 0; i < 3; i++) {
            assertThat(mary.signOn(locked, "000000").status()).isEqualTo(400);
        }
        assertThat(mary.read(locked).text("/lock/status")).isEqualTo("LOCKED");
        expected.put("locked.person", mary.user());
        expected.put("locked.device", locked);
        OwnDevices disabled = person(oathbound, "disabled");
        Answer answer = oathbound.put(
                "/users/" + disabled.user() + "/enabled",
                JSON.createObjectNode().put("enabled", false));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        expected.put("disabled.person", disabled.user());
    }

    private void otherEnvironment(Oathbound oathbound) {
        Oathbound other = oathbound.asNewEnvironment("Branch");
        created(other.create(Seeds.hotp("GOLDEN1", SECRET, 0)));
        OwnDevices.ofNewUser(other, "jane").paired("GOLDEN1", "ACTIVE");
        expected.put("otherEnvironment", other.environment());
    }

    /** The server is killed before it can have come to its end. */
    private static String jobThatIsCutOff(Oathbound oathbound) {
        List<ObjectNode> rows = IntStream.range(0, ROWS)
                .mapToObj(row -> Seeds.hotp("GOLDENROW" + row, secretOf("GOLDENROW" + row), 0))
                .toList();
        return oathbound
                .post("/oathJobs", Oathbound.CREATE, Seeds.createJob(rows))
                .text("/id");
    }
}
