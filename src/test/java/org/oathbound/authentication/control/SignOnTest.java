package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.oathbound.authentication.control.SignOnFixture.APPLICATION;
import static org.oathbound.authentication.control.SignOnFixture.BEHIND_FAR;
import static org.oathbound.authentication.control.SignOnFixture.COUNTER;
import static org.oathbound.authentication.control.SignOnFixture.FAR;
import static org.oathbound.authentication.control.SignOnFixture.RIGHT;
import static org.oathbound.authentication.control.SignOnFixture.WRONG;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.authentication.control.SignOn.View;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.authentication.entity.UsableDevices;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

class SignOnTest {

    private static Seals seals;

    private SignOnFixture fixture;
    private UUID person;

    @BeforeAll
    static void makeKeys(@TempDir Path data) {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        fixture = new SignOnFixture(seals);
        person = fixture.person();
    }

    private View begin(@Nullable UUID device, @Nullable Passcode code) {
        return fixture.signOn.begin(fixture.environment, APPLICATION, new NewFlow(person, null, device, code));
    }

    private View read(Flow flow) {
        return fixture.signOn.read(fixture.environment, flow.subject().id());
    }

    private View select(Flow flow, UUID device) {
        return fixture.signOn.select(fixture.environment, flow.subject().id(), device);
    }

    private static List<UUID> ids(List<PairedDevice> devices) {
        return devices.stream().map(device -> device.device().id()).toList();
    }

    private static UsableDevices choice(View view) {
        return Objects.requireNonNull(view.choice());
    }

    private static <P extends Problem> Detail fault(Class<P> kind, Runnable request) {
        return catchThrowableOfType(kind, request::run).details().get(0);
    }

    @Nested
    @DisplayName("A flow begins with the first device that can be used")
    class Begins {

        @Test
        void andNamesWhoAndWhat() {
            UUID device = fixture.pair(person);
            View begun = begin(null, null);

            assertThat(begun.flow().status()).isEqualTo(Status.OTP_REQUIRED);
            assertThat(begun.flow().device()).isEqualTo(device);
            assertThat(begun.flow().failure()).isNull();
            assertThat(begun.flow().subject().user()).isEqualTo(person);
            assertThat(begun.flow().subject().application()).isEqualTo(APPLICATION);
            assertThat(begun.flow().subject().policy()).isEqualTo(fixture.environment.firstPolicy());
            assertThat(begun.flow().subject().createdAt()).isEqualTo(fixture.now());
            assertThat(ids(choice(begun).usable())).containsExactly(device);
            assertThat(read(begun.flow())).isEqualTo(begun);
        }

        @Test
        void inThePersonsOrder() {
            UUID first = fixture.pair(person);
            UUID second = fixture.pair(person);
            fixture.all.enrolments.change(
                    fixture.environment, person, enrolment -> enrolment.inOrder(List.of(second, first)));

            assertThat(begin(null, null).flow().device()).isEqualTo(second);
        }

        @Test
        void passingOverThoseThatCanNot() {
            UUID blocked = fixture.pair(person);
            UUID locked = fixture.pair(person);
            UUID inactive = fixture.pair(person, new Fob(fixture.fob()), Device.Status.ACTIVATION_REQUIRED, null)
                    .device()
                    .device()
                    .id();
            UUID app = fixture.pairApp(person);
            UUID good = fixture.pair(person);
            fixture.all.changes.block(fixture.environment, person, blocked);
            fixture.lock(person, locked);
            fixture.switchOff("totp");

            View begun = begin(null, null);
            assertThat(begun.flow().device()).isEqualTo(good);
            assertThat(ids(choice(begun).usable())).containsExactly(good);
            assertThat(ids(choice(begun).unusable())).containsExactly(blocked, locked, inactive, app);
            assertThat(ids(choice(begun).blocked())).containsExactly(blocked);
        }

        @Test
        void withAPolicyThatIsNamed() {
            fixture.pair(person);
            UUID policy = fixture.environment.firstPolicy();
            NewFlow wanted = new NewFlow(person, policy, null, null);

            assertThat(fixture.signOn
                            .begin(fixture.environment, APPLICATION, wanted)
                            .flow()
                            .subject()
                            .policy())
                    .isEqualTo(policy);
        }

        @Test
        void withTheSelectedDevice() {
            fixture.pair(person);
            UUID second = fixture.pair(person);

            assertThat(begin(second, null).flow().device()).isEqualTo(second);
        }
    }

    @Nested
    @DisplayName("A flow without a device that can be used has failed")
    class Fails {

        @Test
        void forSomebodyWithoutAny() {
            Flow flow = begin(null, null).flow();

            assertThat(flow.status()).isEqualTo(Status.FAILED);
            assertThat(flow.failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
            assertThat(read(flow).flow()).isEqualTo(flow);
        }

        @Test
        void namingThoseThatCanNotBeUsed() {
            UUID device = fixture.pair(person);
            fixture.all.changes.block(fixture.environment, person, device);
            View begun = begin(null, null);

            assertThat(begun.flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
            assertThat(ids(choice(begun).unusable())).containsExactly(device);
            assertThat(ids(choice(read(begun.flow())).unusable())).containsExactly(device);
        }

        @Test
        void withoutMfaWhateverThereIs() {
            UUID device = fixture.pair(person);
            fixture.all.enrolments.change(fixture.environment, person, enrolment -> enrolment.withMfaEnabled(false));

            View begun = begin(null, null);
            assertThat(begun.flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
            assertThat(ids(choice(begun).unusable())).containsExactly(device);
            assertThat(begin(device, RIGHT).flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER);
        }

        @Test
        void whenTheTemporaryCodesAreOver() {
            fixture.pair(person, new Temporary(1, fixture.now().plus(Duration.ofHours(1))), Device.Status.ACTIVE, null);
            assertThat(begin(null, null).flow().status()).isEqualTo(Status.OTP_REQUIRED);

            fixture.pass(Duration.ofHours(1));
            assertThat(begin(null, null).flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
        }

        @Test
        void whenTheTemporaryCodesAreUsed() {
            List<Passcode> codes = fixture.pair(
                            person,
                            new Temporary(1, fixture.now().plus(Duration.ofHours(1))),
                            Device.Status.ACTIVE,
                            null)
                    .codes();

            assertThat(fixture.check(begin(null, null).flow(), codes.get(0)).status())
                    .isEqualTo(Status.COMPLETED);
            assertThat(begin(null, null).flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
        }
    }

    @Nested
    @DisplayName("What a flow names must be there, and nothing is judged before that")
    class Names {

        @Test
        void thePerson() {
            person = UUID.randomUUID();
            assertThat(fault(Problem.InvalidData.class, () -> begin(null, null)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.INVALID_VALUE, "user.id");
        }

        @Test
        void thePolicy() {
            UUID device = fixture.pair(person);
            NewFlow wanted = new NewFlow(person, UUID.randomUUID(), device, RIGHT);

            assertThat(fault(
                            Problem.InvalidData.class,
                            () -> fixture.signOn.begin(fixture.environment, APPLICATION, wanted)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.INVALID_VALUE, "policy.id");
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER);
        }

        @Test
        void thePersonsOwnDevice() {
            UUID other = fixture.person();
            UUID device = fixture.pair(other);
            fixture.pair(person);

            assertThat(fault(Problem.InvalidData.class, () -> begin(device, RIGHT)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.INVALID_VALUE, "selectedDevice.id");
            assertThat(fixture.nextCounter(other, device)).isEqualTo(COUNTER);
        }

        @Test
        void oneThatCanBeUsed() {
            UUID device = fixture.pair(person);
            fixture.all.changes.block(fixture.environment, person, device);

            assertThat(fault(Problem.RequestFailed.class, () -> begin(device, RIGHT)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.CONSTRAINT_VIOLATION, "selectedDevice.id");
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER);
        }

        @Test
        void oneThatIsNotLockedOrWhenItWillBeUnlocked() {
            UUID device = fixture.pair(person);
            fixture.lock(person, device);

            assertThat(fault(Problem.RequestFailed.class, () -> begin(device, RIGHT)))
                    .satisfies(detail -> {
                        assertThat(detail.code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
                        assertThat(detail.innerError()).containsEntry("retryAfter", 120L);
                    });
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER);
        }
    }

    @Nested
    @DisplayName("Whoever may pass without a code passes")
    class Bypass {

        @BeforeEach
        void allow() {
            fixture.all.enrolments.change(
                    fixture.environment,
                    person,
                    enrolment -> enrolment.withBypassUntil(fixture.now().plus(Duration.ofHours(1))));
        }

        @Test
        void untilThatTime() {
            fixture.letBypass();
            Flow flow = begin(null, null).flow();
            assertThat(flow.status()).isEqualTo(Status.COMPLETED);
            assertThat(flow.isBypassed()).isTrue();
            assertThat(read(flow).flow()).isEqualTo(flow);

            fixture.pass(Duration.ofHours(1));
            assertThat(begin(null, null).flow().failure()).isEqualTo(Failure.NO_USABLE_DEVICES);
        }

        @Test
        void withoutUsingUpACode() {
            fixture.letBypass();
            UUID device = fixture.pair(person);

            assertThat(begin(device, RIGHT).flow().isBypassed()).isTrue();
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER);
        }

        @Test
        void onlyWhereTheEnvironmentAllowsIt() {
            assertThat(begin(null, null).flow().status()).isEqualTo(Status.FAILED);
        }

        @Test
        void notWithoutMfa() {
            fixture.letBypass();
            fixture.all.enrolments.change(fixture.environment, person, enrolment -> enrolment.withMfaEnabled(false));
            assertThat(begin(null, null).flow().status()).isEqualTo(Status.FAILED);
        }
    }

    @Nested
    @DisplayName("A code at the start is checked before there is a flow")
    class FirstCode {

        @Test
        void theRightOneCompletesIt() {
            UUID device = fixture.pair(person);
            Flow flow = begin(device, RIGHT).flow();

            assertThat(flow.status()).isEqualTo(Status.COMPLETED);
            assertThat(flow.isBypassed()).isFalse();
            assertThat(read(flow).flow()).isEqualTo(flow);
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER + 1);
        }

        @Test
        void aWrongOneCountsAndIsRefused() {
            UUID device = fixture.pair(person);

            assertThat(fault(Problem.InvalidData.class, () -> begin(device, WRONG)))
                    .satisfies(detail -> {
                        assertThat(detail.code()).isEqualTo(DetailCode.INVALID_OTP);
                        assertThat(detail.target()).isEqualTo("selectedDevice.otp");
                        assertThat(detail.innerError()).containsEntry("attemptsRemaining", 2);
                    });
            assertThat(fixture.failures(person, device)).isEqualTo(1);
        }

        @Test
        void aFarOneAsksForTheNext() {
            UUID device = fixture.pair(person);
            Flow flow = begin(device, FAR).flow();

            assertThat(flow.status()).isEqualTo(Status.EXTRA_OTP_REQUIRED);
            assertThat(fixture.check(flow, BEHIND_FAR).status()).isEqualTo(Status.COMPLETED);
            assertThat(fixture.nextCounter(person, device)).isEqualTo(COUNTER + 42);
        }
    }

    @Nested
    @DisplayName("Another device can be selected while the flow is open")
    class Selects {

        @Test
        void andItsCodesAreTaken() {
            UUID first = fixture.pair(person);
            UUID second = fixture.pair(person);
            View selected = select(begin(null, null).flow(), second);

            assertThat(selected.flow().status()).isEqualTo(Status.OTP_REQUIRED);
            assertThat(selected.flow().device()).isEqualTo(second);
            assertThat(ids(choice(selected).usable())).containsExactly(first, second);
            assertThat(fixture.check(selected.flow(), fixture.next(person, second))
                            .status())
                    .isEqualTo(Status.COMPLETED);
            assertThat(fixture.nextCounter(person, first)).isEqualTo(COUNTER);
            assertThat(fixture.nextCounter(person, second)).isEqualTo(COUNTER + 1);
        }

        @Test
        void butNobodyElses() {
            UUID own = fixture.pair(person);
            UUID foreign = fixture.pair(fixture.person());
            Flow flow = begin(null, null).flow();

            assertThat(fault(Problem.InvalidData.class, () -> select(flow, foreign)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.INVALID_VALUE, "device.id");
            assertThat(read(flow).flow().device()).isEqualTo(own);
        }

        @Test
        void andNoneThatIsBlocked() {
            UUID first = fixture.pair(person);
            UUID second = fixture.pair(person);
            Flow flow = begin(first, null).flow();
            fixture.all.changes.block(fixture.environment, person, second);

            assertThat(fault(Problem.RequestFailed.class, () -> select(flow, second)))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(DetailCode.CONSTRAINT_VIOLATION, "device.id");
            assertThat(read(flow).flow()).isEqualTo(flow);
        }

        @Test
        void notWhenItIsOver() {
            UUID device = fixture.pair(person);
            Flow completed = begin(device, RIGHT).flow();

            assertThat(fault(Problem.RequestFailed.class, () -> select(completed, device)))
                    .extracting(Detail::code)
                    .isEqualTo(DetailCode.CONSTRAINT_VIOLATION);
            assertThat(read(completed).flow()).isEqualTo(completed);
        }
    }
}
