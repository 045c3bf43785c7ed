package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.application.entity.Role;
import org.oathbound.authentication.control.StaffSignIn.Result;
import org.oathbound.otp.Passcode;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

@DisplayName("Who holds a role signs in by password and code, always both")
@Tag("slow")
class StaffSignInTest {

    private static final String PASSWORD = "correct horse";
    private static final Result REFUSED = new Result.Refused();

    private SignOnFixture fixture;
    private Person person;
    private UUID device;

    @BeforeEach
    void start(@TempDir Path data) {
        fixture = new SignOnFixture(new Seals(KeySets.in(data)));
        person = fixture.all.person(fixture.environment, "jane");
        fixture.all.persons.setPassword(fixture.environment, person.id(), PASSWORD);
        fixture.holders.set(fixture.environment, person.id(), Set.of(Role.HELP_DESK));
        device = fixture.pair(person.id());
    }

    private Result signIn(String password, Passcode code) {
        return fixture.staff.signIn(fixture.environment, "jane", password, Optional.of(code));
    }

    private Result signIn(String password) {
        return fixture.staff.signIn(fixture.environment, "jane", password, Optional.empty());
    }

    @Test
    void withBoth() {
        assertThat(signIn(PASSWORD, SignOnFixture.RIGHT)).isEqualTo(new Result.SignedIn(person.id()));
    }

    @Test
    void notTwiceByOneCode() {
        signIn(PASSWORD, SignOnFixture.RIGHT);
        assertThat(signIn(PASSWORD, SignOnFixture.RIGHT)).isEqualTo(REFUSED);
    }

    @Test
    void aWrongCodeIsCounted() {
        assertThat(signIn(PASSWORD, SignOnFixture.WRONG)).isEqualTo(REFUSED);
        assertThat(fixture.failures(person.id(), device)).isEqualTo(1);
    }

    @Test
    void aWrongPasswordJudgesNoCode() {
        assertThat(signIn("wrong", SignOnFixture.RIGHT)).isEqualTo(REFUSED);
        assertThat(fixture.failures(person.id(), device)).isZero();
        assertThat(fixture.nextCounter(person.id(), device)).isEqualTo(SignOnFixture.COUNTER);
    }

    @Test
    void notWithoutACode() {
        assertThat(signIn(PASSWORD)).isEqualTo(REFUSED);
    }

    @Test
    void notWhereOthersMayBypassIt() {
        fixture.letBypass();
        fixture.all.enrolments.change(
                fixture.environment,
                person.id(),
                enrolment -> enrolment.withBypassUntil(fixture.now().plusSeconds(60)));
        assertThat(signIn(PASSWORD)).isEqualTo(REFUSED);
        assertThat(signIn(PASSWORD, SignOnFixture.WRONG)).isEqualTo(REFUSED);
    }

    @Test
    void notWithoutARole() {
        fixture.holders.set(fixture.environment, person.id(), Set.of());
        assertThat(signIn(PASSWORD, SignOnFixture.RIGHT)).isEqualTo(REFUSED);
        assertThat(fixture.nextCounter(person.id(), device)).isEqualTo(SignOnFixture.COUNTER);
    }

    @Test
    void aCodeFarAwayNeedsTheNext() {
        assertThat(signIn(PASSWORD, SignOnFixture.FAR)).isEqualTo(new Result.NeedsNextCode());
        assertThat(signIn(PASSWORD, SignOnFixture.BEHIND_FAR)).isEqualTo(new Result.SignedIn(person.id()));
    }
}
