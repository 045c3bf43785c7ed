package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attacks 45 and 46, over LDAP, from addresses of 127/8. */
@DisplayName("Nobody locks out somebody else")
class LockoutIT extends Deployed {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String UNLOCK = "application/vnd.pingidentity.account.unlock+json";
    private static final String HOME = "127.0.0.1";
    private static final String STRANGER = "127.0.9.1";

    private final String name = "u" + UUID.randomUUID();
    private final String six = secret();
    private final String eight = secret();
    private OwnDevices devices;
    private String user;

    @BeforeEach
    void enrol() {
        ObjectNode person = JsonNodeFactory.instance.objectNode().put("username", name);
        person.putObject("password").put("value", PASSWORD);
        Answer created = oathbound.post("/users", Oathbound.JSON, person);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        user = "/users/" + created.text("/id");
        devices = OwnDevices.of(oathbound, created.text("/id"));
        pair(six, 6);
        pair(eight, 8);
    }

    private static String secret() {
        return UUID.randomUUID().toString().replace("-", "") + "00000000";
    }

    private void pair(String secret, int digits) {
        String serialNumber = Seeds.serialNumber("Lockout");
        Answer token = oathbound.create(Seeds.hotp(serialNumber, secret, 0).put("otpLength", digits));
        assertThat(token.status()).as(token.body()).isEqualTo(201);
        devices.paired(serialNumber, "ACTIVE");
    }

    private ResultCode bind(String address, String line) {
        try (ClientAt client = new ClientAt(address, SharedServer.running().httpPort(), oathbound.ldapPort())) {
            return client.bind("uid=" + name + ",ou=People," + Oathbound.SUFFIX, line);
        }
    }

    @Test
    void aStrangerStopsStrangersAlone() {
        assertThat(bind(HOME, PASSWORD + OwnDevices.code(six, 6, 0))).isEqualTo(ResultCode.SUCCESS);
        for (int i = 0; i < 12; i++) {
            assertThat(bind(STRANGER, "guess " + i + "000000")).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        assertThat(bind(STRANGER, PASSWORD + OwnDevices.code(six, 6, 1))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(bind(HOME, PASSWORD + OwnDevices.code(six, 6, 2)))
                .as("from where she was before")
                .isEqualTo(ResultCode.SUCCESS);
        Answer shown = oathbound.get(user);
        assertThat(shown.text("/account/status")).isEqualTo("LOCKED");
        assertThat(shown.text("/account/unlockAt")).isNotEmpty();

        Answer unlocked = oathbound.post(user, UNLOCK, BodyPublishers.noBody());
        assertThat(unlocked.status()).as(unlocked.body()).isEqualTo(200);
        assertThat(unlocked.text("/account/status")).isEqualTo("OK");
        assertThat(bind(STRANGER, PASSWORD + OwnDevices.code(six, 6, 3))).isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void linesWithoutTheRightPasswordLockNoDevice() {
        for (int i = 0; i < 5; i++) {
            assertThat(bind(STRANGER, "guess" + "0000000" + i)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }
        devices.list().json().at("/_embedded/devices").forEach(device -> assertThat(
                        device.at("/lock/status").asText())
                .isNotEqualTo("LOCKED"));
        assertThat(bind(STRANGER, PASSWORD + OwnDevices.code(eight, 8, 0))).isEqualTo(ResultCode.SUCCESS);
        assertThat(bind(STRANGER, PASSWORD + OwnDevices.code(six, 6, 0))).isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void aLineThatIsRepeatedLocksNothing() {
        String line = PASSWORD + OwnDevices.code(six, 6, 0);
        assertThat(bind(HOME, line)).isEqualTo(ResultCode.SUCCESS);
        for (int i = 0; i < 12; i++) {
            assertThat(bind(HOME, line)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }
        assertThat(bind(HOME, PASSWORD + OwnDevices.code(six, 6, 1))).isEqualTo(ResultCode.SUCCESS);
    }
}
