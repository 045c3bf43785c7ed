package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.it.Attack.Outcome;

/** Attacks 43 and 44, on a server of its own. How fast others are served meanwhile is measured by {@code KeptOut}. */
@Timeout(120)
@DisplayName("Strangers keep nobody out")
@Tag("alone")
class KeptOutIT {

    private static final int SLOW = 205;
    private static final int BINDS = 240;
    private static final int REQUESTS = 50;
    private static final int PROBES = 20;

    @TempDir
    private static Path temporary;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void bySlowBodies() throws Exception {
        try (Trickle strangers = new Trickle(server, SLOW);
                ClientAt other = new ClientAt("127.0.0.1", server.httpPort(), server.ldapPort())) {
            for (int i = 0; i < PROBES; i++) {
                assertThat(server.ready()).isEqualTo(200);
                assertThat(isServed(other)).isTrue();
                Thread.sleep(500);
            }
            assertThat(strangers.sent()).isPositive();
        }
    }

    private static boolean isServed(ClientAt client) throws IOException {
        Oathbound oathbound = server.oathbound();
        int status = client.post(
                "/" + oathbound.environment() + "/as/token",
                Oathbound.FORM,
                "grant_type=client_credentials&client_id=" + oathbound.clientId() + "&client_secret="
                        + Oathbound.encoded(oathbound.clientSecret()));
        return status == 200;
    }

    @ParameterizedTest
    @EnumSource
    void byWrongSecrets(Attack.Interface at) {
        Attack attack = new Attack(server, at);
        attack.signInOnce();
        int strangers = at == Attack.Interface.BINDS ? BINDS : REQUESTS;
        Outcome outcome = attack.run(strangers, Duration.ofSeconds(10));
        assertThat(outcome.attempts()).isGreaterThan(strangers);
        assertThat(outcome.refused()).as(outcome.toString()).isZero();
    }
}
