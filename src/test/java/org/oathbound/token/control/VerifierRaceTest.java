package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.token.control.Verification.DEVICE;
import static org.oathbound.token.control.Verification.NOW;
import static org.oathbound.token.control.Verification.PERSON;
import static org.oathbound.token.control.Verification.STEP;
import static org.oathbound.token.control.Verification.code;
import static org.oathbound.token.control.Verification.wrong;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.Together;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;

/** Many at one token, at the same time. */
@Tag("slow")
class VerifierRaceTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path data;

    private Verification verification;

    @BeforeEach
    void start() {
        verification = new Verification(data);
    }

    @AfterEach
    void stop() {
        verification.close();
    }

    private static <T extends Verdict> List<T> only(Class<T> kind, List<Verdict> verdicts) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<Verdict> allAtOnce(TokenId id, List<Passcode> codes) throws Exception {
        return Together.call(codes.stream()
                .<Callable<Verdict>>map(code -> () -> verification.verify(id, code))
                .toList());
    }

    @Nested
    @DisplayName("The same code by many at once is accepted exactly once")
    class SameCode {

        @ParameterizedTest
        @ValueSource(ints = {2, 8, 32, 64})
        void ofHotp(int clients) throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                TokenId id = verification.another("H" + round, new Counter(5));

                List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(clients, Secrets.code("H" + round, 7)));

                assertThat(only(Accepted.class, verdicts)).hasSize(1);
                assertThat(verification.nextCounter(id)).isEqualTo(8);
                assertThat(only(Rejected.class, verdicts).stream().map(Rejected::reason))
                        .containsOnly(Reason.USED);
                assertThat(verification.failureState(id).failures()).isZero();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 8, 32, 64})
        void ofTotp(int clients) throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                TokenId id = verification.another("T" + round, new TimeStep(30));

                List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(clients, Secrets.code("T" + round, STEP)));

                assertThat(only(Accepted.class, verdicts)).hasSize(1);
                assertThat(only(Rejected.class, verdicts).stream().map(Rejected::reason))
                        .containsOnly(Reason.USED);
                assertThat(verification.failureState(id).failures()).isZero();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 8, 32, 64})
        void ofTemporaryCodes(int clients) throws Exception {
            List<Passcode> codes = verification
                    .personalTokens()
                    .createTemporary(
                            verification.environment(), new Pairing(PERSON, DEVICE, NOW), 10, NOW.plusSeconds(60));
            TokenId id = PersonalTokens.idFor(verification.environment(), DEVICE);
            for (Passcode code : codes) {
                List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(clients, code));

                assertThat(only(Accepted.class, verdicts)).hasSize(1);
                verification.tokens().unlock(verification.environment(), id);
            }
            assertThat(((TemporaryToken) verification.token(id)).unused()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 8, 32, 64})
        void thatCompletesOneThatWaits(int clients) throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                TokenId id = verification.another("W" + round, new Counter(5));
                assertThat(verification.verify(id, Secrets.code("W" + round, 45)))
                        .isInstanceOf(NeedsNext.class);

                List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(clients, Secrets.code("W" + round, 46)));

                assertThat(only(Accepted.class, verdicts)).hasSize(1);
                assertThat(verification.nextCounter(id)).isEqualTo(47);
            }
        }

        @RepeatedTest(10)
        void throughAllDoors() throws Exception {
            TokenId id = verification.fob("1", new Counter(5));
            Environment environment = verification.environment();
            List<Callable<Verdict>> interfaces = new ArrayList<>();
            for (Purpose purpose : List.of(
                    Purpose.SIGN_ON, Purpose.SIGN_ON_AT_ONCE, Purpose.ACTIVATION, Purpose.ACTIVATION_WITH_RESYNC)) {
                interfaces.add(() -> verification.verify(id, code(6), purpose));
            }
            interfaces.add(() -> verification.verifier().resynchronise(environment, id, any -> true, code(5), code(6)));
            interfaces.add(() -> verification.verifier().resynchronise(environment, id, any -> true, code(6), code(7)));

            List<Verdict> verdicts = Together.call(interfaces);

            assertThat(only(Accepted.class, verdicts)).hasSize(1);
            assertThat(verification.nextCounter(id)).isBetween(7L, 8L);
        }
    }

    @Nested
    @DisplayName("64 wrong codes at once count 64, or lock exactly at the limit")
    class WrongCodes {

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 10, 20})
        void lockAtTheLimit(int limit) throws Exception {
            verification.lockout(limit, Duration.ofMinutes(2));
            TokenId id = verification.fob("1", new Counter(5));

            List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(64, wrong()));

            assertThat(only(Rejected.class, verdicts).stream().map(Rejected::attemptsRemaining))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, limit).boxed().toList());
            assertThat(only(Locked.class, verdicts)).hasSize(64 - limit);
            assertThat(verification.failureState(id).failures()).isEqualTo(limit);
            assertThat(verification.verify(id, code(5))).isInstanceOf(Locked.class);
            assertThat(verification.nextCounter(id)).isEqualTo(5);
        }

        @Test
        void areAllCountedUpToTheLastLock() throws Exception {
            verification.lockout(20, Duration.ofMinutes(2));
            TokenId id = verification.fob("1", new Counter(5));

            List<Verdict> verdicts = allAtOnce(id, Collections.nCopies(19, wrong()));

            assertThat(only(Rejected.class, verdicts)).hasSize(19);
            assertThat(verification.failureState(id).failures()).isEqualTo(FailureState.MAX_FAILURES - 1);
            assertThat(verification.verify(id, code(5))).isInstanceOf(Accepted.class);
        }
    }

    @Nested
    @DisplayName("A right code is not lost to wrong ones at the same time")
    class RightAmongWrong {

        @RepeatedTest(10)
        void unlessTheyReachTheLimit() throws Exception {
            verification.lockout(20, Duration.ofMinutes(2));
            TokenId id = verification.fob("1", new Counter(5));
            List<Passcode> codes = new ArrayList<>(Collections.nCopies(19, wrong()));
            codes.add(9, code(8));

            List<Verdict> verdicts = allAtOnce(id, codes);

            assertThat(verdicts.get(9)).isInstanceOf(Accepted.class);
            assertThat(only(Rejected.class, verdicts)).hasSize(19);
            assertThat(verification.nextCounter(id)).isEqualTo(9);
        }

        @RepeatedTest(10)
        void whoReachTheLimitLockItAndNeverRefuseIt() throws Exception {
            TokenId id = verification.fob("1", new Counter(5));
            List<Passcode> codes = new ArrayList<>(Collections.nCopies(15, wrong()));
            codes.add(7, code(8));

            Verdict verdict = allAtOnce(id, codes).get(7);

            assertThat(verdict).isInstanceOfAny(Accepted.class, Locked.class);
            assertThat(verification.nextCounter(id)).isEqualTo(verdict instanceof Accepted ? 9 : 5);
        }

        @Test
        void temporaryCodesAtOnceAreAllAccepted() throws Exception {
            List<Passcode> codes = verification
                    .personalTokens()
                    .createTemporary(
                            verification.environment(), new Pairing(PERSON, DEVICE, NOW), 10, NOW.plusSeconds(60));

            List<Verdict> verdicts = allAtOnce(PersonalTokens.idFor(verification.environment(), DEVICE), codes);

            assertThat(only(Accepted.class, verdicts)).hasSize(10);
        }
    }
}
