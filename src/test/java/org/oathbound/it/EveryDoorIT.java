package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;

/** One code, at all the doors that take it (attacks.md 1, 11): whichever is the first, the others refuse it. */
class EveryDoorIT {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 50) / 5;
    private static final String PASSWORD = "correct horse";
    private static final String PEOPLE = "ou=People," + Oathbound.SUFFIX;

    @TempDir
    private static Path temporary;

    private static ServerProcess server;
    private static Oathbound oathbound;
    private static LDAPConnection authenticator;

    private final String username = Seeds.serialNumber("doors").toLowerCase(Locale.ROOT);
    private OwnDevices jane;
    private String device;
    private String token;
    private long counter;

    @BeforeAll
    static void start() throws LDAPException {
        server = ServerProcess.start(temporary.resolve("data"), Map.of());
        oathbound = server.oathbound();
        Oathbound worker = oathbound.asWorker("Authenticator");
        authenticator = connection();
        authenticator.bind(
                "oathboundId=" + worker.clientId() + ",ou=Applications," + Oathbound.SUFFIX, worker.clientSecret());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("pairing").put("maxAllowedDevices", 5);
        settings.putObject("lockout").put("failureCount", 10).put("durationSeconds", 600);
        assertThat(oathbound.put("/mfaSettings", settings).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        authenticator.close();
        server.close();
    }

    @BeforeEach
    void enrol() {
        ObjectNode wanted = new JsonMapper().createObjectNode().put("username", username);
        wanted.putObject("password").put("value", PASSWORD);
        Answer created = oathbound.post("/users", Oathbound.JSON, wanted);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        jane = OwnDevices.of(oathbound, created.text("/id"));
        String serialNumber = Seeds.serialNumber("DOORS");
        token = oathbound.create(Seeds.hotp(serialNumber)).text("/id");
        device = jane.paired(serialNumber, "ACTIVE");
    }

    private String nextCode() {
        return OwnDevices.code(Seeds.SECRET, 6, counter++);
    }

    private String name() {
        return "uid=" + username + "," + PEOPLE;
    }

    private static LDAPConnection connection() throws LDAPException {
        return new LDAPConnection("127.0.0.1", server.ldapPort());
    }

    /** Whether the code was taken, by the name of the door. */
    private Map<String, Callable<Boolean>> doors(String code) {
        Map<String, Callable<Boolean>> doors = new LinkedHashMap<>();
        doors.put("flow", () -> jane.signOn(device, code).status() == 201);
        doors.put("authenticate", () -> authenticate(code));
        doors.put("bind", () -> succeeds(connection -> connection.bind(name(), PASSWORD + code)));
        doors.put(
                "SASL",
                () -> succeeds(connection ->
                        connection.bind(new SingleUseTOTPBindRequest("u:" + username, null, code, PASSWORD))));
        doors.put("compare", () -> compare(code));
        doors.put("validate", () -> validate(code));
        return doors;
    }

    private boolean authenticate(String code) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("credentials")
                .put("authenticationType", "passwordPlusTOTP")
                .put("username", username)
                .put("staticPassword", PASSWORD)
                .put("totpPassword", code);
        Answer answer = oathbound.send(oathbound
                .request("/directory/v1/authenticate")
                .header("Content-Type", Oathbound.JSON)
                .POST(BodyPublishers.ofString(body.toString())));
        return answer.status() == 200;
    }

    private boolean compare(String code) throws LDAPException {
        String name = "oathTokenIdentifier=" + token + ",ou=Tokens," + Oathbound.SUFFIX;
        return authenticator
                .compare(new CompareRequest(name, "oathSecret", code))
                .compareMatched();
    }

    private boolean validate(String code) throws LDAPException {
        return authenticator
                .processExtendedOperation(new ValidateTOTPPasswordExtendedRequest(name(), code))
                .getResultCode()
                .equals(ResultCode.SUCCESS);
    }

    private interface Bind {
        void on(LDAPConnection connection) throws LDAPException;
    }

    private static boolean succeeds(Bind bind) throws LDAPException {
        try (LDAPConnection connection = connection()) {
            bind.on(connection);
            return true;
        } catch (LDAPException e) {
            // Too many are hashed at once where the machine is small: then nothing was judged.
            assertThat(e.getResultCode()).isIn(ResultCode.INVALID_CREDENTIALS, ResultCode.UNAVAILABLE);
            return false;
        }
    }

    @Test
    void whatOneHasTakenEachOtherRefuses() throws Exception {
        for (int first = 0; first < doors("").size(); first++) {
            List<Map.Entry<String, Callable<Boolean>>> doors =
                    List.copyOf(doors(nextCode()).entrySet());
            assertThat(doors.get(first).getValue().call())
                    .as(doors.get(first).getKey())
                    .isTrue();
            for (var other : doors) {
                assertThat(other.getValue().call())
                        .as("%s after %s", other.getKey(), doors.get(first).getKey())
                        .isFalse();
            }
        }
    }

    @Test
    void ofAllAtOnceOneTakesIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Boolean> taken = Together.call(List.copyOf(doors(nextCode()).values()));
            assertThat(Collections.frequency(taken, true))
                    .as("round %d: %s", round, taken)
                    .isEqualTo(1);
        }
    }
}
