package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Machine;
import org.oathbound.Oathtool;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** The demo, as somebody tries it who has just built the product. */
@Timeout(300)
class DemoIT {

    private static final Map<String, String> DEMO = Map.of("OATHBOUND_DEMO", "true");

    @TempDir
    static Path temporary;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(temporary.resolve("data"), DEMO);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path file() {
        return server.data().resolve("demo.txt");
    }

    private static String text() throws IOException {
        return Files.readString(file());
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String first(String pattern, String text) {
        List<String> all = all(pattern, text);
        assertThat(all).as(pattern + " in " + text).isNotEmpty();
        return all.get(0);
    }

    @Test
    void aCodeOfAlicesSecretSignsHerOn() throws Exception {
        String alice = first("(?s)# alice,.*?\n\n", text());
        Oathbound oathbound = server.oathbound();
        String token = first("(?<=/oathTokens/)[0-9a-f-]{36}", alice);
        long counter =
                oathbound.get("/oathTokens/" + token).json().at("/hotp/counter").asLong();
        SharedSecret secret = SharedSecret.ofHex(first("\\b[0-9a-f]{40}\\b", alice));

        Answer flow = oathbound.signOn(
                first("(?<=\"user\": \\{\"id\": \")[^\"]*", alice),
                first("(?<=\"selectedDevice\": \\{\"id\": \")[^\"]*", alice),
                new Hotp(secret, HashAlgorithm.SHA_1, 6).generate(counter).text());
        assertThat(flow.status()).as(flow.body()).isEqualTo(201);
        assertThat(flow.text("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void everyCommandOfTheFileWorksAsItStands() throws Exception {
        Oathtool.mustBeThere();
        Machine.mustHave(Files.isExecutable(Path.of("/usr/bin/curl")), "curl (apt-get install curl)");
        Process shell = new ProcessBuilder("sh", "-eu", file().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        assertThat(all("\"status\": \"COMPLETED\"", said))
                .as("alice, bob, carol, dave and erin: " + said)
                .hasSize(5);
        assertThat(all("(?m)^[0-9]{6}([0-9]{2})?$", said))
                .as("codes of theirs, dave's two, and of three in stock: " + said)
                .hasSize(8);
    }

    @Test
    void theLogNamesTheFileAndNothingThatIsInIt() throws Exception {
        assertThat(server.log())
                .contains(file().toString())
                .doesNotContain(all("\\b[0-9a-f]{40,}\\b", text()).toArray(String[]::new))
                .doesNotContain(all("(?<= )[0-9]{8}(?=[ \n])", text()).toArray(String[]::new))
                .doesNotContain(server.oathbound().credentials().toArray(String[]::new));
    }

    @Test
    void whereOtherMachinesReachHttpItDoesNotStart() throws Exception {
        Machine.mustHave(hasAnAddressForOthers(), "an address besides loopback");
        Map<String, String> open = Map.of("OATHBOUND_DEMO", "true", "OATHBOUND_HTTP_ADDRESS", "0.0.0.0");
        try (ServerProcess refused = ServerProcess.launchAsConfigured(temporary.resolve("refused"), open)) {
            refused.awaitLog("Oathbound can't start. The demo (oathbound.demo) is for this machine alone");
            assertThat(refused.log()).contains("--prebootcommandfile server-config/loopback.asadmin");
            assertThat(refused.ready()).isNotEqualTo(200);
            assertThat(refused.data().resolve("bootstrap.env")).doesNotExist();
            assertThat(refused.data().resolve("demo.txt")).doesNotExist();
        }
    }

    private static boolean hasAnAddressForOthers() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Predicate.not(InetAddress::isLoopbackAddress));
    }
}
