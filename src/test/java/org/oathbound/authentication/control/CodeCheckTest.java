package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.oathbound.authentication.control.SignOnFixture.BEHIND_FAR;
import static org.oathbound.authentication.control.SignOnFixture.COUNTER;
import static org.oathbound.authentication.control.SignOnFixture.FAR;
import static org.oathbound.authentication.control.SignOnFixture.NEXT;
import static org.oathbound.authentication.control.SignOnFixture.RIGHT;
import static org.oathbound.authentication.control.SignOnFixture.WRONG;
import static org.oathbound.authentication.control.SignOnFixture.codeAt;

import com.unboundid.ldap.sdk.DN;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;

@Tag("slow")
class CodeCheckTest {

    private static Seals seals;

    private SignOnFixture fixture;
    private UUID person;
    private UUID device;
    private Flow flow;

    @BeforeAll
    static void makeKeys(@TempDir Path data) {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        fixture = new SignOnFixture(seals);
        person = fixture.person();
        device = fixture.pair(person);
        flow = fixture.begin(person);
    }

    private Status check(Passcode code) {
        return fixture.check(flow, code).status();
    }

    private Detail refused(Passcode code) {
        return fault(Problem.RequestFailed.class, code);
    }

    private Detail wrong(Passcode code) {
        return fault(Problem.InvalidData.class, code);
    }

    private <P extends Problem> Detail fault(Class<P> kind, Passcode code) {
        return catchThrowableOfType(kind, () -> check(code)).details().get(0);
    }

    private Flow now() {
        return fixture.read(flow);
    }

    private long nextCounter() {
        return fixture.nextCounter(person, device);
    }

    private int failures() {
        return fixture.failures(person, device);
    }

    @Nested
    @DisplayName("A right code completes the flow")
    class Right {

        @Test
        void onceAndIsUsedUp() {
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
            assertThat(now().device()).isEqualTo(device);
            assertThat(nextCounter()).isEqualTo(COUNTER + 1);

            flow = fixture.begin(person);
            assertThat(wrong(RIGHT).code()).isEqualTo(DetailCode.INVALID_OTP);
        }

        @Test
        void whenItIsFarAwayTogetherWithTheNext() {
            assertThat(check(FAR)).isEqualTo(Status.EXTRA_OTP_REQUIRED);
            assertThat(now().status()).isEqualTo(Status.EXTRA_OTP_REQUIRED);
            assertThat(check(BEHIND_FAR)).isEqualTo(Status.COMPLETED);
            assertThat(nextCounter()).isEqualTo(COUNTER + 42);
        }

        @Test
        void notWhenAnotherComesBetween() {
            check(FAR);
            assertThat(wrong(WRONG).code()).isEqualTo(DetailCode.INVALID_OTP);
            assertThat(now().status()).isEqualTo(Status.OTP_REQUIRED);
            assertThat(wrong(BEHIND_FAR).innerError()).containsEntry("attemptsRemaining", 0);
        }
    }

    @Nested
    @DisplayName("A wrong code counts, for the token and so at every interface")
    class Wrong {

        @Test
        void andSaysHowManyAreLeft() {
            assertThat(wrong(WRONG))
                    .isEqualTo(new Detail(
                            DetailCode.INVALID_OTP,
                            "otp",
                            "Wrong OTP was provided",
                            java.util.Map.of("attemptsRemaining", 2)));
            assertThat(failures()).isEqualTo(1);
            assertThat(now().status()).isEqualTo(Status.OTP_REQUIRED);
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
        }

        @Test
        void theOneThatReachesTheLimitEndsTheFlow() {
            wrong(WRONG);
            wrong(WRONG);
            assertThat(wrong(WRONG).innerError()).containsEntry("attemptsRemaining", 0);
            assertThat(now().status()).isEqualTo(Status.FAILED);
            assertThat(now().failure()).isEqualTo(Failure.TOO_MANY_OTP_RETRIES);
        }

        @Test
        void afterThatARightOneIsRefusedAndTheFlowNeverOpensAgain() {
            wrong(WRONG);
            wrong(WRONG);
            wrong(WRONG);
            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
            assertThat(refused(RIGHT).innerError()).containsEntry("retryAfter", 120L);

            fixture.pass(Duration.ofMinutes(2));
            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(failures()).isEqualTo(3);
            assertThat(nextCounter()).isEqualTo(COUNTER);
        }

        @Test
        void aLockTakenAfterTheFlowBeganBindsIt() {
            fixture.lock(person, device);

            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
            assertThat(now()).isEqualTo(flow);
            assertThat(nextCounter()).isEqualTo(COUNTER);

            fixture.pass(Duration.ofMinutes(2));
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
        }

        @Test
        void soDoesOneOfAnotherPersonWithTheSameFob() {
            SerialNumber shared = fixture.fob();
            UUID colleague = fixture.person();
            UUID his = fixture.pair(colleague, shared);
            flow = fixture.begin(person, fixture.pair(person, shared), null);
            fixture.lock(colleague, his);

            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
        }
    }

    @Nested
    @DisplayName("A flow takes up ten codes, of whatever devices")
    class Attempts {

        /** Three temporary devices and two fobs, each with two attempts before its lock. */
        @Test
        void thenItHasFailed() {
            List<UUID> devices = new ArrayList<>(List.of(device, fixture.pair(person)));
            for (int n = 0; n < 3; n++) {
                Temporary temporary = new Temporary(1, fixture.now().plus(Duration.ofHours(1)));
                devices.add(fixture.pair(person, temporary, Device.Status.ACTIVE, null)
                        .device()
                        .device()
                        .id());
            }
            for (UUID each : devices) {
                fixture.signOn.select(fixture.environment, flow.subject().id(), each);
                assertThat(now().status()).isEqualTo(Status.OTP_REQUIRED);
                wrong(WRONG);
                wrong(WRONG);
            }

            assertThat(now().status()).isEqualTo(Status.FAILED);
            assertThat(now().failure()).isEqualTo(Failure.TOO_MANY_OTP_RETRIES);
            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(failures()).isEqualTo(2);
        }

        @Test
        void lockedOnesAreNotAmongThem() {
            fixture.lock(person, device);
            for (int n = 0; n < Flow.MAX_ATTEMPTS + 1; n++) {
                refused(RIGHT);
            }

            fixture.pass(Duration.ofMinutes(2));
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
        }
    }

    @Nested
    @DisplayName("A flow that is over takes no code")
    class Over {

        @Test
        void afterItWasCompleted() {
            check(RIGHT);
            assertThat(refused(NEXT).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(refused(WRONG).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(nextCounter()).isEqualTo(COUNTER + 1);
            assertThat(failures()).isZero();
        }

        @Test
        void afterFiveMinutes() {
            fixture.pass(Flow.LASTS);
            assertThatThrownBy(() -> check(RIGHT)).isInstanceOf(Problem.NotFound.class);
            assertThat(nextCounter()).isEqualTo(COUNTER);
        }

        @Test
        void inAnotherEnvironment() {
            Environment other = new Environment(UUID.randomUUID(), DN.NULL_DN);
            assertThatThrownBy(() -> fixture.codes.check(other, flow.subject().id(), RIGHT))
                    .isInstanceOf(Problem.NotFound.class);
            assertThat(nextCounter()).isEqualTo(COUNTER);
        }
    }

    @Nested
    @DisplayName("A device that can't be used any more lets nobody in")
    class Unusable {

        @ParameterizedTest
        @ValueSource(strings = {"blocked", "deleted", "revoked", "replaced"})
        void andTheFlowHasFailedWhenThereIsNoOther(String how) {
            makeUnusable(how);

            assertThat(refused(RIGHT))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.CONSTRAINT_VIOLATION, "selectedDevice.id");
            assertThat(now().status())
                    .isEqualTo(how.equals("replaced") ? Status.DEVICE_SELECTION_REQUIRED : Status.FAILED);
            assertThat(now().failure()).isEqualTo(how.equals("replaced") ? null : Failure.NO_USABLE_DEVICES);
        }

        @ParameterizedTest
        @ValueSource(strings = {"blocked", "deleted", "revoked", "replaced"})
        void orAnotherMustBeSelected(String how) {
            UUID other = fixture.pair(person);
            makeUnusable(how);

            assertThat(refused(RIGHT).target()).isEqualTo("selectedDevice.id");
            assertThat(now().status()).isEqualTo(Status.DEVICE_SELECTION_REQUIRED);
            assertThat(now().device()).isNull();
            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            fixture.signOn.select(fixture.environment, flow.subject().id(), other);
            assertThat(check(fixture.next(person, other))).isEqualTo(Status.COMPLETED);
            assertThat(now().device()).isEqualTo(other);
        }

        @Test
        void norSomebodyWhoIsGone() {
            fixture.all.persons.delete(fixture.environment, person);
            refused(RIGHT);
            assertThat(now().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
        }

        @Test
        void norOneOfATypeThatIsSwitchedOff() {
            UUID app = fixture.pairApp(person);
            fixture.switchOff("oathToken");

            assertThat(refused(RIGHT).target()).isEqualTo("selectedDevice.id");
            assertThat(now().status()).isEqualTo(Status.DEVICE_SELECTION_REQUIRED);
            assertThat(nextCounter()).isEqualTo(COUNTER);
            fixture.signOn.select(fixture.environment, flow.subject().id(), app);
            fixture.switchOff("totp");
            refused(RIGHT);
            assertThat(now().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
            assertThat(fixture.failures(person, app)).isZero();
        }

        private void makeUnusable(String how) {
            Environment environment = fixture.environment;
            switch (how) {
                case "blocked" -> fixture.all.changes.block(environment, person, device);
                case "deleted" ->
                    fixture.all.unpairing.unpair(environment, person, device, fixture.tokenId(person, device));
                case "revoked" -> fixture.all.tokens.revoke(environment, fixture.tokenId(person, device));
                default ->
                    fixture.pair(
                            person,
                            new Temporary(1, fixture.now().plus(Duration.ofHours(1))),
                            Device.Status.ACTIVE,
                            device);
            }
        }
    }

    @Nested
    @DisplayName("Without a verdict the flow stands where it stood")
    class NoVerdict {

        @Test
        void forARightAndAWrongCodeAlike() {
            fixture.failWrites(true);
            List<String> answers = new ArrayList<>();
            for (Passcode code : List.of(RIGHT, WRONG, FAR)) {
                answers.add(catchThrowableOfType(Problem.Unavailable.class, () -> check(code))
                        .toString());
                assertThat(now()).isEqualTo(flow);
            }
            assertThat(answers.stream().distinct()).hasSize(1);

            fixture.failWrites(false);
            assertThat(failures()).isZero();
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
        }

        @Test
        void howeverOften() {
            fixture.failWrites(true);
            for (int n = 0; n < Flow.MAX_ATTEMPTS + 1; n++) {
                assertThatThrownBy(() -> check(RIGHT)).isInstanceOf(Problem.Unavailable.class);
            }
            fixture.failWrites(false);
            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
        }

        @Test
        void atTheStartThereIsNone() {
            fixture.failWrites(true);
            assertThatThrownBy(() -> fixture.begin(person, device, RIGHT)).isInstanceOf(Problem.Unavailable.class);
            fixture.failWrites(false);
            assertThat(nextCounter()).isEqualTo(COUNTER);
        }
    }

    @Nested
    @DisplayName("Of all right codes one completes the flow, and each is used up")
    class OneCompletes {

        @Test
        void theOneThatIsFaster() {
            List<Status> faster = new ArrayList<>();
            fixture.afterNextWrite(() -> faster.add(check(NEXT)));

            assertThat(refused(RIGHT).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(faster).containsExactly(Status.COMPLETED);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
            assertThat(nextCounter()).isEqualTo(COUNTER + 2);
            flow = fixture.begin(person);
            wrong(RIGHT);
            wrong(NEXT);
        }

        @Test
        void alsoWhenACodeFarAwayIsSlower() {
            fixture.afterNextWrite(() -> assertThat(check(NEXT)).isEqualTo(Status.COMPLETED));

            assertThat(refused(FAR).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
        }

        @Test
        void aWrongOneThatIsSlowerLeavesItSo() {
            fixture.afterNextWrite(() -> assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED));

            assertThat(wrong(WRONG).code()).isEqualTo(DetailCode.INVALID_OTP);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
        }

        @Test
        void aRightOneIsNotLostToWrongOnesThatAreFaster() {
            fixture.afterNextWrite(() -> {
                wrong(WRONG);
                wrong(WRONG);
                wrong(WRONG);
                assertThat(now().status()).isEqualTo(Status.FAILED);
            });

            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
            assertThat(now().failure()).isNull();
        }

        @Test
        void theDeviceThatItWasOfIsTheFlows() {
            UUID other = fixture.pair(person);
            fixture.afterNextWrite(() ->
                    fixture.signOn.select(fixture.environment, flow.subject().id(), other));

            assertThat(check(RIGHT)).isEqualTo(Status.COMPLETED);
            assertThat(now().device()).isEqualTo(device);
        }

        @Test
        void aWrongOneOfTheDeviceBeforeDoesNotEndTheFlow() {
            UUID other = fixture.pair(person);
            wrong(WRONG);
            wrong(WRONG);
            fixture.afterNextWrite(() ->
                    fixture.signOn.select(fixture.environment, flow.subject().id(), other));

            wrong(WRONG);
            assertThat(now().status()).isEqualTo(Status.OTP_REQUIRED);
            assertThat(now().device()).isEqualTo(other);
        }

        /** Whichever order the token sees them in. */
        @RepeatedTest(20)
        void whenManyAreSentAtOnce() throws Exception {
            List<Callable<Boolean>> clients = LongStream.range(COUNTER, COUNTER + 4)
                    .mapToObj(counter -> (Callable<Boolean>) () -> isAccepted(codeAt(counter)))
                    .toList();

            assertThat(atOnce(clients)).containsOnlyOnce(true);
            assertThat(now().status()).isEqualTo(Status.COMPLETED);
        }

        @RepeatedTest(20)
        void whenOneIsSentByMany() throws Exception {
            List<Callable<Boolean>> clients = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                clients.add(() -> isAccepted(RIGHT));
            }

            assertThat(atOnce(clients)).filteredOn(accepted -> accepted).hasSizeLessThanOrEqualTo(1);
            assertThat(nextCounter()).isBetween(COUNTER, COUNTER + 1);
            assertThat(now().status() == Status.COMPLETED).isEqualTo(nextCounter() == COUNTER + 1);
        }

        private boolean isAccepted(Passcode code) {
            try {
                return check(code) == Status.COMPLETED;
            } catch (Problem.InvalidData | Problem.RequestFailed e) {
                return false;
            }
        }

        private List<Boolean> atOnce(List<Callable<Boolean>> clients) throws Exception {
            CyclicBarrier start = new CyclicBarrier(clients.size());
            ExecutorService threads = Executors.newFixedThreadPool(clients.size());
            try {
                List<Future<Boolean>> answers = new ArrayList<>();
                for (Callable<Boolean> client : clients) {
                    answers.add(threads.submit(() -> {
                        start.await();
                        return client.call();
                    }));
                }
                List<Boolean> accepted = new ArrayList<>();
                for (Future<Boolean> answer : answers) {
                    accepted.add(answer.get());
                }
                return accepted;
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
