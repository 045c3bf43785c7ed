package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;

/**
 * Codes by 2, 8, 32 and 64 clients in turn, all at the same moment (attacks.md 1, 5, 7, 9). The server is the runnable jar,
 * which logs as it does for its users, but for what is ours: with all that there is to log it would write a hundred kilobytes
 * for each code.
 */
@Tag("alone")
class CodeRaceIT {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 50);
    private static final int[] CLIENTS = {2, 8, 32, 64};
    private static final int LIMIT = 10;

    private static final String ACCEPTED = "accepted";
    private static final String WRONG = "INVALID_OTP";
    private static final String LOCKED = "PASSWORD_LOCKED_OUT";
    private static final String NOT_NOW = "CONSTRAINT_VIOLATION";

    @TempDir
    private static Path temporary;

    private static ServerProcess server;

    private Oathbound oathbound;
    private OwnDevices jane;

    @BeforeAll
    static void start() {
        server = ServerProcess.startForLong(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void allowsTenFailures() {
        oathbound = server.oathbound();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("pairing").put("maxAllowedDevices", 5);
        settings.putObject("lockout").put("failureCount", LIMIT).put("durationSeconds", 600);
        assertThat(oathbound.put("/mfaSettings", settings).status()).isEqualTo(200);
        jane = user();
    }

    private OwnDevices user() {
        return OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("racer"));
    }

    private interface Round {
        void with(int clients) throws Exception;
    }

    private static void rounds(Round round) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            int clients = CLIENTS[i % CLIENTS.length];
            try {
                round.with(clients);
            } catch (AssertionError e) {
                throw new AssertionError("Round %d, %d clients: %s".formatted(i, clients, e.getMessage()), e);
            }
        }
    }

    /** What becomes of each call; a 503, or any other answer than a verdict, fails. */
    private static List<String> outcomes(List<Callable<Answer>> calls) throws Exception {
        return Together.call(calls).stream().map(CodeRaceIT::outcome).toList();
    }

    private static String outcome(Answer answer) {
        if (answer.status() == 400) {
            return answer.text("/details/0/code");
        }
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        assertThat(answer.text("/status")).as(answer.body()).isIn("COMPLETED", "ACTIVE", "");
        return ACCEPTED;
    }

    private static <T> List<Callable<Answer>> each(List<T> values, Function<T, Answer> call) {
        return values.stream()
                .<Callable<Answer>>map(value -> () -> call.apply(value))
                .toList();
    }

    private String signOn(String device, String otp) {
        return outcome(jane.signOn(device, otp));
    }

    private void unlock(String device) {
        assertThat(jane.act(device, OwnDevices.UNLOCK).status()).isEqualTo(200);
    }

    @Test
    void theSameRightCodeIsAcceptedOnce() throws Exception {
        RacedFob fob = new RacedFob(oathbound);
        String device = jane.paired(fob.serialNumber(), "ACTIVE");
        rounds(clients -> {
            String right = fob.right();

            List<String> outcomes =
                    outcomes(each(Collections.nCopies(clients, right), code -> jane.signOn(device, code)));

            assertThat(outcomes).containsOnlyOnce(ACCEPTED).containsAnyOf(WRONG, LOCKED);
            assertThat(outcomes).isSubsetOf(ACCEPTED, WRONG, LOCKED);
            fob.used();
            fob.assertStands();
            unlock(device);
            assertThat(signOn(device, right)).isEqualTo(WRONG);
            unlock(device);
        });
    }

    @Test
    void noWrongCodeIsNotCounted() throws Exception {
        RacedFob fob = new RacedFob(oathbound);
        String device = jane.paired(fob.serialNumber(), "ACTIVE");
        rounds(clients -> {
            String right = fob.right();

            List<Answer> answers = Together.call(each(fob.wrong(clients), code -> jane.signOn(device, code)));

            int counted = Math.min(LIMIT, clients);
            assertThat(answers.stream().map(CodeRaceIT::outcome).filter(LOCKED::equals))
                    .hasSize(clients - counted);
            assertThat(answers.stream()
                            .filter(answer -> outcome(answer).equals(WRONG))
                            .map(answer -> answer.json().at("/details/0/innerError/attemptsRemaining")))
                    .extracting(JsonNode::asInt)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(LIMIT - counted, LIMIT).boxed().toList());
            if (counted == LIMIT) {
                assertThat(signOn(device, right)).isEqualTo(LOCKED);
                unlock(device);
            }
            assertThat(signOn(device, right)).isEqualTo(ACCEPTED);
            fob.used();
            fob.assertStands();
        });
    }

    @Test
    void noRightCodeIsLostToWrongOnes() throws Exception {
        RacedFob fob = new RacedFob(oathbound);
        String device = jane.paired(fob.serialNumber(), "ACTIVE");
        rounds(clients -> {
            int wrong = Math.min(LIMIT, clients) - 1;
            List<String> codes = new ArrayList<>(fob.wrong(wrong));
            codes.addAll(Collections.nCopies(clients - wrong, fob.right()));
            Collections.shuffle(codes);

            List<String> outcomes = outcomes(each(codes, code -> jane.signOn(device, code)));

            assertThat(outcomes).containsOnlyOnce(ACCEPTED).isSubsetOf(ACCEPTED, WRONG, LOCKED);
            fob.used();
            fob.assertStands();
            unlock(device);
        });
    }

    @Test
    void ofAllDoorsOneTakesACode() throws Exception {
        RacedFob fob = new RacedFob(oathbound);
        OwnDevices john = user();
        OwnDevices mary = user();
        String janes = jane.paired(fob.serialNumber(), "ACTIVE");
        String johns = john.paired(fob.serialNumber(), "ACTIVE");
        rounds(clients -> {
            String marys = mary.paired(fob.serialNumber(), "ACTIVATION_REQUIRED");
            String right = fob.right();
            String successor = fob.successor();
            List<Callable<Answer>> interfaces = new ArrayList<>(List.of(
                    () -> jane.signOn(janes, right),
                    () -> john.signOn(johns, right),
                    () -> mary.activate(marys, right, true),
                    () -> fob.resynchronise(right, successor)));
            Collections.shuffle(interfaces);

            List<Callable<Answer>> calls = IntStream.range(0, clients)
                    .mapToObj(i -> interfaces.get(i % interfaces.size()))
                    .toList();
            List<Answer> answers = Together.call(calls);

            List<String> outcomes = answers.stream().map(CodeRaceIT::outcome).toList();
            assertThat(outcomes).containsOnlyOnce(ACCEPTED).isSubsetOf(ACCEPTED, WRONG, LOCKED, NOT_NOW);
            fob.used();
            if (answers.get(outcomes.indexOf(ACCEPTED)).text("/status").isEmpty()) {
                fob.used(); // it took two
            }
            fob.assertStands();
            assertThat(mary.delete(marys).status()).isEqualTo(204);
            unlock(janes);
        });
    }

    @Test
    void aTimeStepIsAcceptedOnce() throws Exception {
        rounds(clients -> {
            String serialNumber = Seeds.serialNumber("STEP");
            assertThat(oathbound
                            .create(Seeds.totp(serialNumber).put("otpLength", 8))
                            .status())
                    .isEqualTo(201);
            String device = jane.paired(serialNumber, "ACTIVE");
            long step = Instant.now().getEpochSecond() / 30;

            for (long now = step; now <= step + 1; now++) {
                String code = timeCode(serialNumber, now);
                List<String> outcomes =
                        outcomes(each(Collections.nCopies(clients, code), otp -> jane.signOn(device, otp)));
                assertThat(outcomes).containsOnlyOnce(ACCEPTED).isSubsetOf(ACCEPTED, WRONG, LOCKED);
                unlock(device);
            }
            assertThat(signOn(device, timeCode(serialNumber, step))).isEqualTo(WRONG);
            assertThat(jane.delete(device).status()).isEqualTo(204);
        });
    }

    private static String timeCode(String serialNumber, long step) {
        return OwnDevices.code(Seeds.secret(serialNumber), 8, step);
    }
}
