package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.oathbound.Together;

/** Two consecutive codes, of the secret in RFC 4226, appendix D. */
class ResynchronisationIT extends Deployed {

    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";
    private static final List<String> CODES =
            List.of("84755224", "94287082", "37359152", "26969429", "40338314", "68254676");
    private static final int ROUNDS = 20;
    private static final int CLIENTS = 8;

    /** Its codes are published: no other token of its environment has the secret. */
    private String create() {
        oathbound = SharedServer.running().oathbound().asNewEnvironment("RFC 4226");
        return "/oathTokens/"
                + oathbound
                        .create(Seeds.hotp(Seeds.serialNumber("SYNC"), Seeds.SECRET, 0)
                                .put("otpLength", 8))
                        .text("/id");
    }

    private Answer resync(String tail, String... codes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List.of(codes).forEach(body.putArray("otps")::add);
        return oathbound.post(tail, RESYNC, body);
    }

    @Test
    void oneAfterTheOtherThenAtOnce() {
        String token = create();

        Answer first = resync(token, CODES.get(2));
        assertThat(first.status()).isEqualTo(400);
        assertThat(first.text("/details/0/code")).isEqualTo("EXTRA_OTP_REQUIRED");
        assertThat(first.text("/details/0/target")).isEqualTo("otps");

        Answer second = resync(token, CODES.get(3));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("/hotp/counter")).isEqualTo("4");
        assertThat(second.json()).isEqualTo(oathbound.get(token).json());

        Answer used = resync(token, CODES.get(2), CODES.get(3));
        assertThat(used.text("/details/0/code")).isEqualTo("INVALID_OTP");
        assertThat(used.text("/details/0/innerError/attemptsRemaining")).isEqualTo("2");
        assertThat(resync(token, CODES.get(4), CODES.get(5)).text("/hotp/counter"))
                .isEqualTo("6");
        assertThat(log()).doesNotContain(CODES);
    }

    @Test
    void theThirdWrongOneLocksIt() {
        String token = create();
        for (int i = 0; i < 3; i++) {
            assertThat(resync(token, CODES.get(0), CODES.get(2)).text("/code")).isEqualTo("INVALID_DATA");
        }

        Answer locked = resync(token, CODES.get(0), CODES.get(1));

        assertThat(locked.text("/code")).isEqualTo("REQUEST_FAILED");
        assertThat(locked.text("/details/0/code")).isEqualTo("PASSWORD_LOCKED_OUT");
        assertThat(Integer.parseInt(locked.text("/details/0/innerError/retryAfter")))
                .isBetween(60, 120);
    }

    @Test
    void nobodyElsesTokenIsThere() {
        String token = create();

        assertThat(resync("/users/" + UUID.randomUUID() + token, CODES.get(0), CODES.get(1))
                        .status())
                .isEqualTo(404);
        assertThat(resync(token, CODES.get(0), CODES.get(1)).status()).isEqualTo(200);
    }

    @Test
    void ofManyAtOnceOneSucceeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String token = create();

            List<Answer> answers = Together.call(
                    Collections.<Callable<Answer>>nCopies(CLIENTS, () -> resync(token, CODES.get(0), CODES.get(1))));

            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
        }
    }
}
