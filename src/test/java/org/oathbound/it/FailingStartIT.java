package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.GoldenData;
import org.oathbound.Machine;
import org.oathbound.directory.DataFormat;

@Timeout(240)
@DisplayName("A start that fails ends with 1, and its last line on the screen says why")
class FailingStartIT {

    @TempDir
    Path folder;

    private void assertFails(Map<String, String> environment, String... why) {
        assertFails(PlainStart.in(folder, environment), why);
    }

    private static void assertFails(PlainStart start, String... why) {
        try (start) {
            assertThat(start.exitCode()).as("exit code").isEqualTo(1);
            assertThat(start.screen()).as("all that is printed").hasSize(1);
            assertThat(start.screen().getLast()).contains(why);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    OATHBOUND_BASE_DN,           'dc=example,,',  oathbound.base-dn
                    OATHBOUND_TRUSTED_PROXIES,   10.0.0.0/33,     oathbound.trusted-proxies
                    OATHBOUND_LOG_SERVER,        loud,            oathbound.log.server
                    OATHBOUND_HTTPS_PORT,        8443,            oathbound.tls.certificate
                    OATHBOUND_DATA_DRI,          elsewhere,       did you mean OATHBOUND_DATA_DIR?
                    OATHBOUND_LDAP_IDLE_TIMEOUT, 10m,             'oathbound.ldap.idle-timeout must be a duration'
                    OATHBOUND_JOURNAL_SYNC,      yes,             'oathbound.journal.sync must be true or false, not "yes".'
                    OATHBOUND_LDAPS_PORT,        13x9,            'oathbound.ldaps.port must be a port from 0 to 65535'
                    """)
    void aValueThatIsWrong(String variable, String value, String named) {
        assertFails(Map.of(variable, value), "Oathbound can't start. ", named);
    }

    @Test
    void aPropertyThatIsUnknown() {
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Doathbound.data-dri=elsewhere");
        try (PlainStart start = PlainStart.in(folder, options)) {
            assertThat(start.exitCode()).as("exit code").isEqualTo(1);
            assertThat(start.screen().getLast())
                    .isEqualTo("Oathbound can't start. oathbound.data-dri is no property of Oathbound; did you mean"
                            + " oathbound.data-dir?");
        }
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertFails(Map.of("HTTP_PORT", port), "Oathbound can't start. Port " + port + " for HTTP", "--port");
            assertFails(Map.of("OATHBOUND_LDAP_PORT", port), "Oathbound can't start. ", "LDAP", port);
        }
    }

    @Test
    void aDataDirectoryInUseAndAKeySetThatDoesNotFit() throws IOException {
        try (PlainStart first = PlainStart.in(folder, Map.of()).awaitStarted()) {
            assertFails(
                    Map.of(), "Oathbound can't start. ", folder.resolve("data").toString());
            first.stop();
        }
        Files.delete(folder.resolve("data").resolve("keyset.json"));
        assertFails(Map.of(), "Oathbound can't start. ", "keyset.json");
    }

    @Test
    void aDataDirectoryOfALaterFormatThatStaysAsItIs() {
        Path data = GoldenData.all().getFirst().copyTo(folder.resolve("data"));
        GoldenData.sayFormat(data, DataFormat.LATEST + 1);
        Map<String, String> before = GoldenData.contents(data);

        assertFails(
                Map.of(),
                "Oathbound can't start. The data directory " + data + " has format "
                        + (DataFormat.LATEST + 1) + ", and this version of Oathbound reads formats up to "
                        + DataFormat.LATEST + " only: use the version that wrote it, or a later one.");

        assertThat(GoldenData.contents(data)).isEqualTo(before);
    }

    @Test
    @DisplayName("An older Java says which one is needed")
    void anOlderJava() {
        Path java17 = Path.of("/usr/lib/jvm/java-17-openjdk-amd64");
        Machine.mustHave(Files.exists(java17), "a JDK 17 in " + java17 + " (Debian's package openjdk-17-jre-headless)");
        PlainStart start = PlainStart.in(java17, folder, Map.of());
        assertFails(start, "Oathbound needs Java 21 or newer", "this is Java 17");
    }
}
