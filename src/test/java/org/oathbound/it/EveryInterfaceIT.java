package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.util.Collections;
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

/** One code, at all the interfaces that take it (attacks.md 1, 11): whichever is the first, the others refuse it. */
class EveryInterfaceIT {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 50) / 5;
    private static final String PASSWORD = "correct horse";
    private static final String PEOPLE = "ou=People," + Oathbound.SUFFIX;

    @TempDir
    private static Path temporary;

    private static ServerProcess server;
    private static Oathbound oathbound;
    private static LDAPConnection authenticator;

    private final String username = Seeds.serialNumber("interfaces").toLowerCase(Locale.ROOT);
    private OwnDevices jane;
    private String device;
    private String token;
    private long counter;
    private String serialNumber = "";

    @BeforeAll
    static void start() throws LDAPException {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
        oathbound = server.oathbound();
        authenticator = CodeInterfaces.authenticator(server);
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
        serialNumber = Seeds.serialNumber("DOORS");
        token = oathbound.create(Seeds.hotp(serialNumber)).text("/id");
        device = jane.paired(serialNumber, "ACTIVE");
    }

    private String nextCode() {
        return Seeds.code(serialNumber, counter++);
    }

    private String name() {
        return "uid=" + username + "," + PEOPLE;
    }

    private Map<String, Callable<Boolean>> interfaces(String code) {
        return new CodeInterfaces(
                        oathbound, server.ldapPort(), jane, device, token, username, name(), PASSWORD, authenticator)
                .of(code);
    }

    @Test
    void whatOneHasTakenEachOtherRefuses() throws Exception {
        for (int first = 0; first < interfaces("").size(); first++) {
            List<Map.Entry<String, Callable<Boolean>>> interfaces =
                    List.copyOf(interfaces(nextCode()).entrySet());
            assertThat(interfaces.get(first).getValue().call())
                    .as(interfaces.get(first).getKey())
                    .isTrue();
            for (var other : interfaces) {
                assertThat(other.getValue().call())
                        .as("%s after %s", other.getKey(), interfaces.get(first).getKey())
                        .isFalse();
            }
        }
    }

    @Test
    void ofAllAtOnceOneTakesIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Boolean> taken =
                    Together.call(List.copyOf(interfaces(nextCode()).values()));
            assertThat(Collections.frequency(taken, true))
                    .as("round %d: %s", round, taken)
                    .isEqualTo(1);
        }
    }
}
