package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.directory.Directories;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.SteppedDirectory.Step;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;

/** One server is held up between two calls of the directory, and another does something just then. */
class InBetweenTest {

    @TempDir
    private static Path keys;

    private int writes;
    private int held;
    private boolean atWrite;
    private Runnable meanwhile = () -> {};

    private Environment environment;
    private DevicesFixture heldUp;
    private DevicesFixture other;
    private WholeDirectory directory;
    private Seals seals;
    private UUID jane;

    @BeforeEach
    void start() throws Exception {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        seals = new Seals(KeySets.in(keys));
        other = server(directory, Clock.systemUTC());
        heldUp = server(new SteppedDirectory(directory, this::step), Clock.systemUTC());
        jane = other.person(environment, "jane").id();
        other.fob(environment, "1");
        other.fob(environment, "2");
        other.fob(environment, "3");
    }

    private DevicesFixture server(WholeDirectory on, Clock clock) {
        return new DevicesFixture(on, seals, clock);
    }

    private void step(Step step) {
        if (writes == held && (step == Step.WRITE || !atWrite)) {
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
        }
        if (step == Step.WRITE) {
            writes++;
        }
    }

    /** Before that write of the server that is held up, the first is 1. */
    private void beforeWrite(int number, Runnable work) {
        held = number - 1;
        atWrite = true;
        meanwhile = work;
    }

    /** Before its first call behind that write. */
    private void afterWrite(int number, Runnable work) {
        held = number;
        atWrite = false;
        meanwhile = work;
    }

    /** A pairing has written the token's value, the device's entry and the person's list, and reads again. */
    private void afterCommit(Runnable work) {
        afterWrite(3, work);
    }

    private Paired pair(DevicesFixture server, Kind kind, Status status, @Nullable UUID replaces) {
        return server.pairing.pair(environment, jane, new NewDevice(kind, status, null, replaces));
    }

    private UUID paired(DevicesFixture server, Kind kind, Status status, @Nullable UUID replaces) {
        return pair(server, kind, status, replaces).device().device().id();
    }

    private static Fob fob(String serialNumber) {
        return new Fob(new SerialNumber(serialNumber));
    }

    private TokenId token(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private static Passcode code(long counter) {
        return Secrets.code("1", counter);
    }

    private List<UUID> devices() {
        return other.devices.list(environment, jane).stream()
                .map(paired -> paired.device().id())
                .toList();
    }

    private static void fails() {
        throw new Problem.Unavailable("for a moment", Duration.ofSeconds(1));
    }

    private boolean isReplaced(UUID device) {
        return other.enrolments
                .get(environment, jane)
                .listed(device)
                .filter(Listed::replaced)
                .isPresent();
    }

    @Nested
    @DisplayName("An activation is consumed once (attacks.md 8)")
    class Activation {

        @Test
        void byTheFirstOfTwoRightCodes() {
            UUID device = paired(other, fob("1"), Status.ACTIVATION_REQUIRED, null);
            afterWrite(1, () -> assertThat(other.verification.activate(environment, jane, device, code(1), false))
                    .isInstanceOf(Accepted.class));

            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> heldUp.verification.activate(environment, jane, device, code(0), false));
        }

        @Test
        void andSavesAnAppThatWasAboutToBeSwept() {
            Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
            Paired app = pair(other, new App(), Status.ACTIVATION_REQUIRED, null);
            UUID device = app.device().device().id();
            Passcode right = new Hotp(Objects.requireNonNull(app.secret()), HashAlgorithm.SHA_1, 6)
                    .generate(tomorrow.instant().getEpochSecond() / 30);
            DevicesFixture late = server(directory, tomorrow);
            beforeWrite(1, () -> assertThat(late.verification.activate(environment, jane, device, right, false))
                    .isInstanceOf(Accepted.class));

            server(new SteppedDirectory(directory, InBetweenTest.this::step), tomorrow)
                    .sweep
                    .sweep(environment, Duration.ofMinutes(5), new UnreadableEntries());

            assertThat(devices()).containsExactly(device);
        }
    }

    @Nested
    @DisplayName("A device that replaces another")
    class Replacement {

        private UUID lost;

        @BeforeEach
        void pairs() {
            lost = paired(other, fob("1"), Status.ACTIVE, null);
        }

        @ParameterizedTest
        @EnumSource
        void isPairedAlsoWhenTheOtherWentMeanwhile(Status status) {
            afterCommit(() -> other.unpairing.unpair(environment, jane, lost, token("1")));

            UUID fresh = paired(heldUp, fob("2"), status, lost);

            assertThat(devices()).containsExactly(fresh);
        }

        @Test
        void unblocksItWhenItIsTakenBack() {
            afterCommit(() -> other.tokens.revoke(environment, token("2")));

            assertThatExceptionOfType(Problem.Unavailable.class)
                    .isThrownBy(() -> paired(heldUp, fob("2"), Status.ACTIVE, lost));

            assertThat(devices()).containsExactly(lost);
            assertThat(isReplaced(lost)).isFalse();
        }

        @Test
        void butNotWhenItWasBlockedByAnotherBefore() {
            UUID codes = paired(other, new Temporary(1, Instant.now().plusSeconds(60)), Status.ACTIVE, lost);
            afterCommit(InBetweenTest::fails);

            assertThatExceptionOfType(Problem.Unavailable.class)
                    .isThrownBy(() -> paired(heldUp, fob("2"), Status.ACTIVE, lost));

            assertThat(devices()).containsExactly(lost, codes);
            assertThat(isReplaced(lost)).isTrue();
        }

        @Test
        void norWhenAnotherBlocksItBeforeTheCommit() {
            beforeWrite(3, () -> {
                paired(other, fob("3"), Status.ACTIVATION_REQUIRED, lost);
                for (int i = 0; i < 4; i++) {
                    paired(other, new App(), Status.ACTIVATION_REQUIRED, null);
                }
            });

            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> paired(heldUp, fob("2"), Status.ACTIVE, lost));

            assertThat(isReplaced(lost)).isTrue();
        }

        @Test
        void norWhenSomethingElseHasTakenItsPlace() {
            for (int i = 0; i < 4; i++) {
                paired(other, new App(), Status.ACTIVATION_REQUIRED, null);
            }
            afterCommit(() -> {
                other.tokens.revoke(environment, token("2"));
                paired(other, new App(), Status.ACTIVATION_REQUIRED, null);
            });

            assertThatExceptionOfType(Problem.Unavailable.class)
                    .isThrownBy(() -> paired(heldUp, fob("2"), Status.ACTIVE, lost));

            assertThat(other.enrolments.get(environment, jane).counted()).isEqualTo(5);
            assertThat(isReplaced(lost)).isTrue();
        }

        @Test
        void takesAlongWhatTheOtherWasToReplace() {
            UUID second = paired(other, fob("2"), Status.ACTIVATION_REQUIRED, lost);
            UUID third = paired(other, fob("3"), Status.ACTIVATION_REQUIRED, second);

            other.verification.activate(environment, jane, third, Secrets.code("3", 0), false);

            assertThat(devices()).containsExactly(third);
        }
    }

    @Nested
    @DisplayName("A row of a job whose pairing was taken back")
    class Row {

        @Test
        void isNotDoneAndIsRunAgain() {
            NewDevice device = new NewDevice(fob("1"), Status.ACTIVE, null, null);
            afterCommit(InBetweenTest::fails);

            assertThatExceptionOfType(Problem.Unavailable.class)
                    .isThrownBy(() -> heldUp.pairing.pair(environment, jane, device, "job 1"));

            assertThat(devices()).isEmpty();
            assertThat(other.enrolments.isMarkedBy(environment, jane, "job 1")).isFalse();
            other.pairing.pair(environment, jane, device, "job 1");
            assertThat(devices()).hasSize(1);
            assertThat(other.enrolments.isMarkedBy(environment, jane, "job 1")).isTrue();
        }
    }
}
