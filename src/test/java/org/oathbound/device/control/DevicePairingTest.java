package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WatchedDirectory;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

class DevicePairingTest {

    @TempDir
    private static java.nio.file.Path keys;

    private WholeDirectory directory;
    private Seals seals;
    private Environment environment;
    private DevicesFixture parts;
    private UUID jane;

    @BeforeEach
    void start() throws Exception {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        seals = new Seals(KeySets.in(keys));
        parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        jane = parts.person(environment, "jane").id();
        parts.fob(environment, "1");
    }

    private PairedDevice pair(UUID person, Kind kind, Status status, @Nullable UUID replaces) {
        return parts.pairing
                .pair(environment, person, new NewDevice(kind, status, null, replaces))
                .device();
    }

    private PairedDevice pair(UUID person, String serialNumber) {
        return pair(person, new Fob(new SerialNumber(serialNumber)), Status.ACTIVE, null);
    }

    private Metadata token(String serialNumber) {
        return parts.tokens
                .find(environment, TokenId.of(environment.id(), new SerialNumber(serialNumber)))
                .orElseThrow()
                .metadata();
    }

    private static Passcode code(long counter) {
        return Secrets.code("1", counter);
    }

    private List<UUID> devicesOf(UUID person) {
        return parts.devices.list(environment, person).stream()
                .map(paired -> paired.device().id())
                .toList();
    }

    private static Detail only(Problem problem) {
        assertThat(problem.details()).hasSize(1);
        return problem.details().get(0);
    }

    @Nested
    @DisplayName("A fob is paired by its serial number")
    class AFob {

        @Test
        void isTheTokensTheListsAndADeviceOfItsOwn() {
            PairedDevice paired = pair(jane, "1");

            assertThat(devicesOf(jane)).containsExactly(paired.device().id());
            assertThat(token("1").pairings()).extracting(Pairing::person).containsExactly(jane);
            assertThat(parts.devices.get(environment, jane, paired.device().id()))
                    .isEqualTo(paired);
            assertThat(parts.enrolments.get(environment, jane).codeRequired()).isTrue();
        }

        @Test
        void withSeveralPeopleButNotTwiceWithOne() {
            UUID john = parts.person(environment, "john").id();
            pair(jane, "1");
            pair(john, "1");

            assertThatExceptionOfType(Problem.InvalidData.class)
                    .isThrownBy(() -> pair(jane, "1"))
                    .satisfies(problem -> assertThat(only(problem).code()).isEqualTo(DetailCode.UNIQUENESS_VIOLATION));
            assertThat(token("1").pairings()).hasSize(2);
        }

        @Test
        void unknownIsSaidOfItsSerialNumber() {
            assertThatExceptionOfType(Problem.InvalidData.class)
                    .isThrownBy(() -> pair(jane, "2"))
                    .satisfies(problem -> assertThat(only(problem).code()).isEqualTo(DetailCode.CONSTRAINT_VIOLATION));
            assertThat(devicesOf(jane)).isEmpty();
        }

        @Test
        void ofNobodyChangesNothing() {
            assertThatExceptionOfType(Problem.NotFound.class).isThrownBy(() -> pair(UUID.randomUUID(), "1"));
            assertThat(token("1").pairings()).isEmpty();
        }

        @Test
        void goesBackToStockWithItsCounterAndWithoutItsFailures() {
            PairedDevice paired = pair(jane, "1");
            UUID device = paired.device().id();
            parts.verify(environment, jane, device, code(3), Purpose.SIGN_ON);
            parts.verify(environment, jane, device, code(3), Purpose.SIGN_ON);

            parts.unpairing.unpair(environment, jane, device, paired.device().token());

            HotpToken stock = (HotpToken)
                    parts.tokens.find(environment, paired.device().token()).orElseThrow();
            assertThat(stock.metadata().pairings()).isEmpty();
            assertThat(stock.nextCounter()).isEqualTo(4);
            assertThat(stock.failureState().failures()).isZero();
            assertThat(devicesOf(jane)).isEmpty();
            assertThat(parts.enrolments.get(environment, jane).codeRequired()).isTrue();
        }

        @Test
        void itsDeviceIsGoneWhenItIsRevoked() {
            PairedDevice paired = pair(jane, "1");

            parts.tokens.revoke(environment, paired.device().token());

            assertThat(devicesOf(jane)).isEmpty();
            assertThat(parts.enrolments.get(environment, jane).devices()).isEmpty();
            assertThat(directory.read(
                            DeviceEntry.dn(environment, paired.device().id())))
                    .isEmpty();
        }

        @Test
        void isInStockWhenItsPersonIsDeleted() {
            PairedDevice paired = pair(jane, "1");

            parts.persons.delete(environment, jane);

            assertThat(token("1").pairings()).isEmpty();
            assertThat(directory.read(
                            DeviceEntry.dn(environment, paired.device().id())))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("A device that waits for activation is activated by a code")
    class Activation {

        private UUID device;

        @BeforeEach
        void pairs() {
            device = pair(jane, new Fob(new SerialNumber("1")), Status.ACTIVATION_REQUIRED, null)
                    .device()
                    .id();
        }

        @Test
        void andSignsNobodyOnBefore() {
            assertThatThrownBy(() -> parts.verify(environment, jane, device, code(0), Purpose.SIGN_ON))
                    .isInstanceOf(Problem.RequestFailed.class);
            assertThat(parts.enrolments.get(environment, jane).codeRequired()).isFalse();
        }

        @Test
        void whichIsNoGoodForSigningOnThen() {
            assertThat(parts.verification.activate(environment, jane, device, code(0), false))
                    .isInstanceOf(Accepted.class);

            assertThat(parts.devices.get(environment, jane, device).device().status())
                    .isEqualTo(Status.ACTIVE);
            assertThat(parts.enrolments.get(environment, jane).codeRequired()).isTrue();
            assertThat(parts.verify(environment, jane, device, code(0), Purpose.SIGN_ON))
                    .isInstanceOf(Rejected.class);
            assertThat(parts.verify(environment, jane, device, code(1), Purpose.SIGN_ON))
                    .isInstanceOf(Accepted.class);
        }

        @Test
        void aJudgementCostsThreeReadsAndOneWrite() {
            parts.verification.activate(environment, jane, device, code(0), false);
            WatchedDirectory watch = new WatchedDirectory(directory);
            DevicesFixture watched = new DevicesFixture(watch.watched(), seals, Clock.systemUTC());
            watched.settings.of(environment); // kept for a second
            watch.forget();

            watched.verify(environment, jane, device, code(1), Purpose.SIGN_ON);

            assertThat(watch.reads()).isEqualTo(3);
            assertThat(watch.writes()).isEqualTo(1);
        }

        @Test
        void onceOnly() {
            parts.verification.activate(environment, jane, device, code(0), false);

            assertThatThrownBy(() -> parts.verification.activate(environment, jane, device, code(1), false))
                    .isInstanceOf(Problem.RequestFailed.class);
        }

        @Test
        void farAwayByTwoInARow() {
            assertThat(parts.verification.activate(environment, jane, device, code(900), false))
                    .isInstanceOf(Rejected.class);
            assertThat(parts.verification.activate(environment, jane, device, code(900), true))
                    .isInstanceOf(NeedsNext.class);
            assertThat(parts.verification.activate(environment, jane, device, code(901), true))
                    .isInstanceOf(Accepted.class);
        }
    }

    @Nested
    @DisplayName("A person has so many devices at most")
    class TheLimit {

        @Test
        void temporaryOnesLeftOut() {
            for (int i = 0; i < 5; i++) {
                pair(jane, new App(), Status.ACTIVATION_REQUIRED, null);
            }

            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> pair(jane, "1"))
                    .satisfies(problem -> {
                        assertThat(only(problem).code()).isEqualTo(DetailCode.LIMIT_EXCEEDED);
                        assertThat(only(problem).innerError()).containsEntry("maximumAllowed", 5);
                    });
            assertThat(token("1").pairings()).isEmpty();
            pair(jane, new Temporary(1, Instant.now().plusSeconds(60)), Status.ACTIVE, null);
            assertThat(devicesOf(jane)).hasSize(6);
        }

        @Test
        void andOneThatReplacesAnotherTakesItsPlace() {
            PairedDevice old = pair(jane, "1");
            for (int i = 0; i < 4; i++) {
                pair(jane, new App(), Status.ACTIVATION_REQUIRED, null);
            }
            parts.fob(environment, "2");

            pair(
                    jane,
                    new Fob(new SerialNumber("2")),
                    Status.ACTIVATION_REQUIRED,
                    old.device().id());

            assertThat(devicesOf(jane)).hasSize(6);
            assertThat(parts.enrolments.get(environment, jane).counted()).isEqualTo(5);
        }
    }

    @Nested
    @DisplayName("Those that are replaced don't count, but there is an end to them")
    class TheList {

        @Test
        void atFifty() {
            UUID last = pair(jane, new App(), Status.ACTIVATION_REQUIRED, null)
                    .device()
                    .id();
            for (int i = 1; i < 50; i++) {
                last = pair(jane, new App(), Status.ACTIVATION_REQUIRED, last)
                        .device()
                        .id();
            }
            UUID old = last;

            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> pair(jane, new App(), Status.ACTIVATION_REQUIRED, old))
                    .satisfies(problem -> assertThat(only(problem).innerError()).containsEntry("maximumAllowed", 50));
            assertThat(devicesOf(jane)).hasSize(50);
        }
    }

    @Nested
    @DisplayName("Who has lost a fob gets another, and codes until it comes")
    class Replacement {

        private PairedDevice lost;

        @BeforeEach
        void pairs() {
            lost = pair(jane, "1");
            parts.fob(environment, "2");
        }

        private PairedDevice replacing(Status status) {
            return pair(
                    jane, new Fob(new SerialNumber("2")), status, lost.device().id());
        }

        @Test
        void theOldOneIsBlockedAtOnce() {
            replacing(Status.ACTIVATION_REQUIRED);

            assertThat(parts.devices.get(environment, jane, lost.device().id()).isBlocked())
                    .isTrue();
            assertThatThrownBy(
                            () -> parts.verify(environment, jane, lost.device().id(), code(0), Purpose.SIGN_ON))
                    .isInstanceOf(Problem.RequestFailed.class);
        }

        @Test
        void andGoesWhenTheNewOneIsActivated() {
            PairedDevice fresh = replacing(Status.ACTIVATION_REQUIRED);

            parts.verification.activate(environment, jane, fresh.device().id(), Secrets.code("2", 0), false);

            assertThat(devicesOf(jane)).containsExactly(fresh.device().id());
            assertThat(token("1").pairings()).isEmpty();
            assertThat(token("1").lostAt()).isNotNull();
            assertThatThrownBy(() -> pair(jane, "1")).isInstanceOf(Problem.RequestFailed.class);
        }

        @Test
        void withItsTemporaryCodes() {
            codesFor(lost.device().id());
            PairedDevice fresh = replacing(Status.ACTIVATION_REQUIRED);
            assertThat(devicesOf(jane)).hasSize(3);

            parts.verification.activate(environment, jane, fresh.device().id(), Secrets.code("2", 0), false);

            assertThat(devicesOf(jane)).containsExactly(fresh.device().id());
        }

        @Test
        void butIsNotLostWhileSomebodyElseHasItToo() {
            pair(parts.person(environment, "john").id(), "1");

            replacing(Status.ACTIVE);

            assertThat(token("1").pairings()).hasSize(1);
            assertThat(token("1").lostAt()).isNull();
        }

        private Paired codesFor(UUID device) {
            Temporary codes = new Temporary(3, Instant.now().plusSeconds(60));
            return parts.pairing.pair(environment, jane, new NewDevice(codes, Status.ACTIVE, null, device));
        }

        @Test
        void atOnceWhenTheNewOneIsActiveAtOnce() {
            PairedDevice fresh = replacing(Status.ACTIVE);

            assertThat(devicesOf(jane)).containsExactly(fresh.device().id());
        }

        @Test
        void temporaryCodesBlockItAndNeverRemoveIt() {
            Paired codes = parts.pairing.pair(
                    environment,
                    jane,
                    new NewDevice(
                            new Temporary(3, Instant.now().plusSeconds(60)),
                            Status.ACTIVE,
                            null,
                            lost.device().id()));

            assertThat(devicesOf(jane)).hasSize(2);
            assertThat(parts.devices.get(environment, jane, lost.device().id()).isBlocked())
                    .isTrue();
            UUID device = codes.device().device().id();
            assertThat(codes.codes()).hasSize(3);
            assertThat(parts.verify(environment, jane, device, codes.codes().get(2), Purpose.SIGN_ON))
                    .isInstanceOf(Accepted.class);
            assertThat(parts.verify(environment, jane, device, codes.codes().get(2), Purpose.SIGN_ON))
                    .isInstanceOf(Rejected.class);
            parts.changes.unblock(environment, jane, lost.device().id());
            assertThat(parts.verify(environment, jane, lost.device().id(), code(0), Purpose.SIGN_ON))
                    .isInstanceOf(Accepted.class);
        }

        @Test
        void ofSomebodyElseIsRefused() {
            UUID john = parts.person(environment, "john").id();

            assertThatExceptionOfType(Problem.InvalidData.class)
                    .isThrownBy(() -> pair(
                            john,
                            new Fob(new SerialNumber("2")),
                            Status.ACTIVE,
                            lost.device().id()))
                    .satisfies(problem -> assertThat(only(problem).target()).isEqualTo("replaces.id"));
            assertThat(token("2").pairings()).isEmpty();
        }
    }

    @Nested
    @DisplayName("What was cut off is no device, and is swept")
    class CutOff {

        private TokenId tokenId() {
            return TokenId.of(environment.id(), new SerialNumber("1"));
        }

        private void begun(UUID device, Duration ago) {
            parts.pairings.begin(
                    environment,
                    tokenId(),
                    new Pairing(
                            jane, device, Instant.now().minus(ago).truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
        }

        @Test
        void aPairingThatHasOnlyBegun() {
            begun(UUID.randomUUID(), Duration.ofMinutes(6));

            assertThat(parts.sweep.sweep(environment, Duration.ofMinutes(5), new UnreadableEntries()))
                    .isEqualTo(1);
            assertThat(token("1").pairings()).isEmpty();
        }

        @Test
        void alsoBesideADeviceThatCanNotBeRead() {
            begun(UUID.randomUUID(), Duration.ofMinutes(6));
            for (int i = 0; i < 5; i++) {
                ReadOnlyEntry seen = directory
                        .read(DeviceEntry.dn(
                                environment,
                                pair(jane, new App(), Status.ACTIVATION_REQUIRED, null)
                                        .device()
                                        .id()))
                        .orElseThrow();
                Entry unreadable = seen.duplicate();
                unreadable.removeAttribute(Schema.DEVICE_STATUS);
                assertThat(directory.modifyIfUnchanged(seen, unreadable)).isTrue();
            }

            assertThat(parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()))
                    .isEqualTo(1);
            assertThat(token("1").pairings()).isEmpty();
        }

        @Test
        void notWhileItMayBeAtWork() {
            begun(UUID.randomUUID(), Duration.ofMinutes(4));

            assertThat(parts.sweep.sweep(environment, Duration.ofMinutes(5), new UnreadableEntries()))
                    .isZero();
            assertThatExceptionOfType(Problem.Unavailable.class).isThrownBy(() -> pair(jane, "1"));
            assertThat(parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()))
                    .isEqualTo(1);
        }

        @Test
        void orByTheNextPairingOfTheSamePerson() {
            begun(UUID.randomUUID(), Duration.ofMinutes(6));

            PairedDevice paired = pair(jane, "1");

            assertThat(token("1").pairings())
                    .extracting(Pairing::device)
                    .containsExactly(paired.device().id());
        }

        @Test
        void aDeviceThatNoListNames() {
            PairedDevice paired = pair(jane, "1");
            parts.enrolments.change(
                    environment, jane, now -> now.without(paired.device().id()));

            assertThat(devicesOf(jane)).isEmpty();
            assertThat(parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()))
                    .isPositive();
            assertThat(token("1").pairings()).isEmpty();
            assertThat(directory.read(
                            DeviceEntry.dn(environment, paired.device().id())))
                    .isEmpty();
        }

        @Test
        void aPlaceInTheListWithoutADevice() {
            PairedDevice paired = pair(jane, "1");
            directory.delete(DeviceEntry.dn(environment, paired.device().id()));

            assertThat(parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()))
                    .isPositive();
            assertThat(parts.enrolments.get(environment, jane).devices()).isEmpty();
            assertThat(token("1").pairings()).isEmpty();
        }

        @Test
        void nothingThatIsWhole() {
            PairedDevice paired = pair(jane, "1");
            Device app = pair(jane, new App(), Status.ACTIVATION_REQUIRED, null).device();

            assertThat(parts.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries()))
                    .isZero();
            assertThat(devicesOf(jane)).containsExactly(paired.device().id(), app.id());
        }
    }
}
