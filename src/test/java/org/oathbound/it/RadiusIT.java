package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.tls.PemPair;

/** A gateway's requests through FreeRADIUS, with the configuration of {@code docs/radius.md}. */
@Timeout(300)
class RadiusIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String ACCEPT = "Access-Accept";
    private static final String REJECT = "Access-Reject";
    private static final Duration SOON = Duration.ofSeconds(20);

    /** How FreeRADIUS comes to the name of a person's entry, and to Oathbound. */
    enum Way {
        /** From the user name; over LDAPS. */
        BY_NAME,
        /** By a search of an application; with StartTLS. */
        BY_SEARCH
    }

    @TempDir
    private static Path temporary;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

    private static ServerProcess server;
    private static Oathbound oathbound;
    private static Freeradius byName;
    private static Freeradius bySearch;

    private final String username = Seeds.serialNumber("radius").toLowerCase(Locale.ROOT);
    private long counter;
    private String serialNumber = "";

    @BeforeAll
    static void start() throws IOException {
        Freeradius.mustBeThere();
        int ldaps = freePort();
        PemPair.rsa("127.0.0.1").write(temporary);
        server = ServerProcess.startForLong(
                temporary.resolve("data"),
                Map.of(
                        "OATHBOUND_TLS_CERTIFICATE",
                        temporary.resolve("cert.pem").toString(),
                        "OATHBOUND_TLS_KEY",
                        temporary.resolve("key.pem").toString(),
                        "OATHBOUND_LDAPS_PORT",
                        Integer.toString(ldaps),
                        "OATHBOUND_LDAPS_ADDRESS",
                        "127.0.0.1",
                        "OATHBOUND_LDAP_IDLE_TIMEOUT",
                        "PT3S"));
        STARTED.push(server);
        oathbound = server.oathbound();
        byName = Freeradius.start(Files.createDirectory(temporary.resolve("byName")), reaching(ldaps));
        STARTED.push(byName);
        bySearch = Freeradius.start(Files.createDirectory(temporary.resolve("bySearch")), searching());
        STARTED.push(bySearch);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    private static Map<String, String> reaching(int ldaps) {
        return Map.of(
                "ldaps://oathbound.example.com:1636",
                "ldaps://127.0.0.1:" + ldaps,
                "/etc/ssl/certs/ca-certificates.crt",
                temporary.resolve("cert.pem").toString());
    }

    private static Map<String, String> searching() {
        Oathbound reader = oathbound.asWorker("Identity Data Read Only");
        Map<String, String> changes = new HashMap<>(Map.of(
                "/etc/ssl/certs/ca-certificates.crt",
                temporary.resolve("cert.pem").toString(),
                "require_cert =",
                "start_tls = yes\n        require_cert =",
                Freeradius.line("&LDAP-UserDN"),
                "",
                "        filter = \"(uid=%{User-Name})\"",
                Freeradius.line("filter ="),
                "server = 'ldaps://oathbound.example.com:1636'",
                "server = 'ldap://127.0.0.1:" + server.ldapPort() + "'\n"
                        + Freeradius.line("identity =").replace("CLIENT-ID", reader.clientId()) + "\n"
                        + Freeradius.line("password =").replace("CLIENT-SECRET", reader.clientSecret())));
        return changes;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @BeforeEach
    void enrol() {
        ObjectNode wanted =
                new JsonMapper().createObjectNode().put("username", username).put("email", username + "@example.com");
        wanted.putObject("password").put("value", PASSWORD);
        Answer created = oathbound.post("/users", Oathbound.JSON, wanted);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        serialNumber = Seeds.serialNumber("RADIUS");
        assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
        OwnDevices.of(oathbound, created.text("/id")).paired(serialNumber, "ACTIVE");
    }

    private String nextCode() {
        String code = Seeds.code(serialNumber, counter++);
        Confidential.note(Confidential.Kind.CODE, code);
        return code;
    }

    private static Freeradius freeradius(Way way) {
        return way == Way.BY_NAME ? byName : bySearch;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void passwordAndCodeLetInOnce(Way way) {
        String line = PASSWORD + nextCode();
        assertThat(freeradius(way).radtest(username, line))
                .as(freeradius(way).log())
                .isEqualTo(ACCEPT);
        assertThat(freeradius(way).radtest(username, line)).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest(username, PASSWORD + nextCode())).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWrongPasswordUsesUpNoCode(Way way) {
        String code = nextCode();
        assertThat(freeradius(way).radtest(username, "wrong horse" + code)).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest(username, PASSWORD + code)).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWrongCodeAndThePasswordAloneLetNobodyIn(Way way) {
        String code = nextCode();
        assertThat(freeradius(way).radtest(username, PASSWORD + "000000")).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest(username, PASSWORD)).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest(username, PASSWORD + code)).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatBringsAHashIsRejectedAndUsesUpNothing(Way way) {
        String line = PASSWORD + nextCode();
        assertThat(freeradius(way).radtest("mschap", username, line)).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest("chap", username, line)).isEqualTo(REJECT);
        assertThat(freeradius(way).radtest(username, line)).isEqualTo(ACCEPT);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nobodyIsFoundByANameWithSignsOfLdapInIt(Way way) {
        String line = PASSWORD + nextCode();
        for (String name : List.of("*", username.charAt(0) + "*", username + ")(uid=*", username + ",ou=People", "")) {
            assertThat(freeradius(way).radtest(name, line)).as(name).isEqualTo(REJECT);
        }
        assertThat(freeradius(way).radtest(username, line)).isEqualTo(ACCEPT);
    }

    @Test
    void anAddressFindsThePersonByASearch() {
        assertThat(bySearch.radtest(username + "@example.com", PASSWORD + nextCode()))
                .isEqualTo(ACCEPT);
    }

    @Test
    void aSecondServerThatIsSentTheSameIsRefused() {
        String line = PASSWORD + nextCode();
        assertThat(byName.radtest(username, line)).isEqualTo(ACCEPT);
        assertThat(bySearch.radtest(username, line)).isEqualTo(REJECT);
    }

    @Test
    void aRequestThatIsSentAgainIsAnsweredFromMemoryAndByAnotherServerRefused() throws Exception {
        try (AccessRequest request = new AccessRequest(Freeradius.SECRET, username, PASSWORD + nextCode())) {
            assertThat(request.send(byName.port(), SOON)).contains(2);
            assertThat(request.send(byName.port(), SOON)).contains(2);
            assertThat(request.send(bySearch.port(), SOON)).contains(3);
        }
    }

    /** Each request is sent once: FreeRADIUS has to notice, and to bind again at once. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aConnectionThatOathboundHasCutOffCostsNobodyASignOn(Way way) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (AccessRequest request = new AccessRequest(Freeradius.SECRET, username, PASSWORD + nextCode())) {
                assertThat(request.send(freeradius(way).port(), SOON)).contains(2);
            }
            Thread.sleep(4_000); // more than the idle timeout here
        }
    }

    @Test
    void whileOathboundIsAwayNothingIsAnswered() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("alone"));
        try (Freeradius alone = Freeradius.start(folder, reaching(freePort()));
                AccessRequest request = new AccessRequest(Freeradius.SECRET, username, PASSWORD + nextCode())) {
            assertThat(request.send(alone.port(), Duration.ofSeconds(3))).isEmpty();
            assertThat(alone.radtest("mschap", username, PASSWORD))
                    .as("it lives")
                    .isEqualTo(REJECT);
            assertThat(request.send(byName.port(), SOON)).contains(2);
        }
    }
}
