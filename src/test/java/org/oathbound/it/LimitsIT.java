package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose limits are low. */
@DisplayName("Who asks too often is told when to come again")
@Tag("alone")
class LimitsIT {

    private static final String LIMITED = "198.51.100.7";
    private static final String OTHER = "203.0.113.9";
    private static final int ENOUGH = 1_000;

    @TempDir
    static Path temporary;

    private static ServerProcess server;
    private static Oathbound oathbound;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(
                temporary.resolve("data"),
                Map.of(
                        "OATHBOUND_LIMITS_ADDRESS", "10",
                        "OATHBOUND_LIMITS_APPLICATION", "5",
                        "OATHBOUND_LIMITS_WRONG_SECRETS", "4"));
        oathbound = server.oathbound();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer get(String address, String accessToken) {
        return oathbound.send(oathbound
                .request(oathbound.path("/oathTokens"))
                .header("X-Forwarded-For", address)
                .header("Authorization", "Bearer " + accessToken));
    }

    private static Answer authenticate(String address, String secret) {
        return oathbound.form(
                Map.of("grant_type", "client_credentials", "client_id", oathbound.clientId(), "client_secret", secret),
                "X-Forwarded-For",
                address);
    }

    private static Answer untilRefused(IntFunction<Answer> request) {
        for (int i = 0; i < ENOUGH; i++) {
            Answer answer = request.apply(i);
            if (answer.status() == 429) {
                assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
                return answer;
            }
        }
        throw new AssertionError("There is no limit.");
    }

    private static void await(Answer refused) {
        LockSupport.parkNanos(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After")))
                .toNanos());
    }

    @Test
    void anAddress() {
        Answer refused = untilRefused(i -> get(LIMITED, "nonsense"));

        assertThat(refused.text("/code")).isEqualTo("REQUEST_LIMITED");
        assertThat(refused.text("/id")).isNotEmpty();
        assertThat(refused.header("correlation-id")).isNotEmpty();
        assertThat(get(OTHER, "nonsense").status()).isEqualTo(401);
        assertThat(server.ready()).isEqualTo(200);
        await(refused);
        assertThat(get(LIMITED, "nonsense").status()).isEqualTo(401);
    }

    @Test
    void anApplicationWhereverItCallsFrom() throws Exception {
        String another = BreakGlassIT.breakGlass(server.data());
        Answer refused = untilRefused(i -> get("10.1.2." + i % 250, oathbound.accessToken()));

        assertThat(refused.text("/code")).isEqualTo("REQUEST_LIMITED");
        assertThat(get(OTHER, another).status()).isEqualTo(200);
        await(refused);
        assertThat(get(OTHER, oathbound.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void guessersAtTheTokenEndpoint() {
        Answer refused = untilRefused(i -> authenticate("192.0.2." + i % 250, "wrong"));

        assertThat(refused.text("/error")).isEqualTo("slow_down");
        assertThat(refused.header("Content-Type")).startsWith("application/json");
        // Where the application has been before, it is not shut out by them.
        assertThat(oathbound
                        .authenticate(oathbound.clientId(), oathbound.clientSecret())
                        .status())
                .isEqualTo(200);
        await(refused);
        assertThat(authenticate(OTHER, oathbound.clientSecret()).status()).isEqualTo(200);
    }

    /** The HTTP server refuses it, before there is an application to ask. */
    @Test
    @DisplayName("Nor is a request line of any length read")
    void aRequestLineOfAnyLength() {
        String query = oathbound.path("/oathTokens?filter=" + "a".repeat(9_000));
        assertThat(oathbound.page(query).status()).isEqualTo(400);
        assertThat(server.ready()).isEqualTo(200);
    }
}
