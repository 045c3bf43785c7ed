package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.entity.Role;
import org.oathbound.authentication.control.StaffSignIn.Result;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.device.entity.Credential;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

@DisplayName("A person who is disabled signs on nowhere")
class DisabledPersonTest {

    private static final String PASSWORD = "correct horse";

    private SignOnFixture fixture;
    private UUID person;
    private UUID device;

    @BeforeEach
    void pair(@TempDir Path data) {
        fixture = new SignOnFixture(new Seals(KeySets.in(data)));
        person = fixture.all.person(fixture.environment, "jane").id();
        fixture.all.persons.setPassword(fixture.environment, person, PASSWORD);
        fixture.holders.set(fixture.environment, person, Set.of(Role.HELP_DESK));
        device = fixture.pair(person);
    }

    private void enable(boolean enabled) {
        fixture.all.enrolments.setEnabled(fixture.environment, person, enabled, fixture.now());
    }

    private Enrolment enrolment() {
        return fixture.all.enrolments.get(fixture.environment, person);
    }

    private boolean signsIn(Credential credential) {
        Optional<FoundPerson> found = fixture.all.persons.read(fixture.environment, "jane");
        return fixture.all.signIn.signIn(fixture.environment, found, credential).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD + "57107121", PASSWORD + "00000000", PASSWORD, "wrong"})
    void notByALine(String line) {
        enable(false);
        assertThat(signsIn(new Credential.Joined(line))).isFalse();
        assertThat(signsIn(new Credential.Password(line))).isFalse();
        assertThat(fixture.nextCounter(person, device)).isEqualTo(SignOnFixture.COUNTER);
        assertThat(fixture.failures(person, device)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, ""})
    void notByACodeBesideThePassword(String password) {
        fixture.letCodesAlone();
        enable(false);
        assertThat(signsIn(new Credential.Separate(password, "57107121"))).isFalse();
        assertThat(fixture.all.signIn.validate(
                        fixture.environment, fixture.all.persons.read(fixture.environment, "jane"), "57107121"))
                .isFalse();
        assertThat(fixture.nextCounter(person, device)).isEqualTo(SignOnFixture.COUNTER);
        enable(true);
        assertThat(signsIn(new Credential.Separate(password, "57107121"))).isTrue();
    }

    @Test
    void notAtThePageWherePeopleSignIn() {
        enable(false);
        assertThat(fixture.staff.signIn(fixture.environment, "jane", PASSWORD, Optional.of(SignOnFixture.RIGHT)))
                .isEqualTo(new Result.Refused());
        assertThat(fixture.nextCounter(person, device)).isEqualTo(SignOnFixture.COUNTER);
    }

    @Test
    void noFlowBeginsEvenWhereNoCodeIsAskedFor() {
        fixture.letBypass();
        fixture.all.enrolments.change(
                fixture.environment,
                person,
                enrolment -> enrolment.withBypassUntil(fixture.now().plusSeconds(60)));
        enable(false);
        Problem.RequestFailed refused = catchThrowableOfType(
                Problem.RequestFailed.class,
                () -> fixture.signOn.begin(fixture.environment, SignOnFixture.APPLICATION, fixture.flowFor(person)));
        assertThat(refused.details())
                .extracting(detail -> detail.code())
                .containsExactly(DetailCode.ACCOUNT_NOT_USABLE);
    }

    @Test
    void aFlowThatHasBegunTakesNoCode() {
        Flow flow = fixture.signOn
                .begin(fixture.environment, SignOnFixture.APPLICATION, fixture.flowFor(person))
                .flow();
        enable(false);
        UUID id = flow.subject().id();
        assertThat(catchThrowableOfType(
                        Problem.RequestFailed.class,
                        () -> fixture.codes.check(fixture.environment, id, SignOnFixture.RIGHT)))
                .isNotNull();
        assertThat(fixture.signOn.read(fixture.environment, id).flow().status()).isEqualTo(Flow.Status.FAILED);
        assertThat(fixture.nextCounter(person, device)).isEqualTo(SignOnFixture.COUNTER);
    }

    @Test
    void aSessionThatHasBegunEndsAndDoesNotComeBack() {
        assertThat(fixture.holders.inSession(fixture.environment, person, fixture.now()))
                .isPresent();
        enable(false);
        assertThat(fixture.holders.inSession(
                        fixture.environment, person, fixture.now().plusSeconds(1)))
                .isEmpty();
        enable(true);
        assertThat(fixture.holders.inSession(fixture.environment, person, fixture.now()))
                .isEmpty();
        assertThat(fixture.holders.inSession(
                        fixture.environment, person, fixture.now().plusSeconds(1)))
                .contains(Set.of(Role.HELP_DESK));
    }

    @Test
    void wrongPasswordsAreNotCountedMeanwhile() {
        enable(false);
        for (int i = 0; i < 20; i++) {
            signsIn(new Credential.Password("wrong"));
        }
        assertThat(enrolment().passwordLockedUntil()).isNull();
        enable(true);
        assertThat(signsIn(new Credential.Joined(PASSWORD + "57107121"))).isTrue();
    }
}
