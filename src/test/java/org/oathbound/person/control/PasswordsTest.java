package org.oathbound.person.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.TestClock;
import org.oathbound.Together;
import org.oathbound.audit.AuditContext;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

@DisplayName("Each wrong password is counted before its answer; after ten in a row none is right for a while")
@Tag("slow")
class PasswordsTest {

    private static final String RIGHT = "correct horse";
    private static final Duration COOL_DOWN = Duration.ofMinutes(2);

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final Passwords passwords = PersonsFixture.passwords(directory, clock);
    private final Persons persons = PersonsFixture.persons(directory);
    private Person person;

    @BeforeEach
    void create() {
        person = PersonsFixture.create(persons, environment, "jane");
        persons.setPassword(environment, person.id(), RIGHT);
    }

    private Optional<UUID> check(String username, String password) {
        Optional<FoundPerson> found = persons.read(environment, username);
        if (found.isEmpty()) {
            passwords.refuse(Set.of(password));
        }
        return found.filter(known -> passwords.check(environment, known, password))
                .map(FoundPerson::id);
    }

    private String failures() {
        return directory
                .read(EnrolmentEntry.dn(environment, person.id()))
                .orElseThrow()
                .getAttributeValue(Schema.PASSWORD_FAILURES);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(check("jane", "wrong")).isEmpty();
        }
    }

    @Test
    void theRightOneLetsIn() {
        assertThat(check(" JANE ", RIGHT)).contains(person.id());
        assertThat(failures()).isNull();
    }

    @Test
    void nothingElseDoes() {
        assertThat(check("jane", "")).isEmpty();
        assertThat(check("", RIGHT)).isEmpty();
        assertThat(check("*", RIGHT)).isEmpty();
        assertThat(check("nobody", RIGHT)).isEmpty();
    }

    @Test
    void somebodyWithoutPasswordHasNone() {
        PersonsFixture.create(PersonsFixture.persons(directory), environment, "joe");
        assertThat(check("joe", "")).isEmpty();
    }

    @Test
    void aRightOneClearsTheCount() {
        fail(9);
        assertThat(failures()).isEqualTo("9");
        assertThat(check("jane", RIGHT)).isPresent();
        assertThat(failures()).isNull();
    }

    @Test
    void afterTheTenthTheRightOneIsRefused() {
        fail(10);
        assertThat(check("jane", RIGHT)).isEmpty();
        clock.move(COOL_DOWN.minus(Duration.ofMillis(1)));
        assertThat(check("jane", RIGHT)).isEmpty();
        assertThat(failures()).isEqualTo("10");
        clock.move(Duration.ofMillis(1));
        assertThat(check("jane", RIGHT)).isPresent();
    }

    @Test
    void eachFurtherOneBeginsAnotherCoolDownTwiceAsLong() {
        fail(10);
        clock.move(COOL_DOWN);
        fail(1);
        clock.move(COOL_DOWN.multipliedBy(2).minus(Duration.ofMillis(1)));
        assertThat(check("jane", RIGHT)).isEmpty();
        clock.move(Duration.ofMillis(1));
        assertThat(check("jane", RIGHT)).isPresent();
    }

    @Test
    void aDayAtMost() {
        fail(10);
        for (int i = 0; i < 20; i++) {
            clock.move(Duration.ofDays(1));
            fail(1);
        }
        clock.move(Duration.ofDays(1));
        assertThat(check("jane", RIGHT)).isPresent();
    }

    @Test
    void manyAtATimeLockExactlyAtTheLimit() throws Exception {
        AtomicInteger judged = new AtomicInteger();
        Callable<Boolean> wrong = () -> {
            try {
                assertThat(check("jane", "wrong")).isEmpty();
                judged.incrementAndGet();
            } catch (Problem.Unavailable e) {
                assertThat(e).hasMessageContaining("Too many"); // not judged, and not counted
            }
            return true;
        };
        for (int rounds = 0; rounds < 10 && judged.get() < 16; rounds++) {
            Together.call(Collections.nCopies(16, wrong));
        }
        assertThat(judged.get()).isGreaterThanOrEqualTo(16);
        assertThat(failures()).isEqualTo("10");
        assertThat(check("jane", RIGHT)).isEmpty();
    }

    @Test
    void whatIsSaidOfThePersonStays() {
        fail(3);
        PersonsFixture.enrolments(directory)
                .change(environment, person.id(), enrolment -> enrolment.withMfaEnabled(!enrolment.mfaEnabled()));
        assertThat(failures()).isEqualTo("3");
    }

    private void from(String address, Runnable work) {
        AuditContext.Scope scope = AuditContext.from(address).enter();
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    private boolean signIn() {
        Passwords.Attempt attempt =
                passwords.attempt(environment, persons.read(environment, "jane").orElseThrow(), Set.of(RIGHT));
        return attempt.isRight(RIGHT) && attempt.signedIn();
    }

    @Test
    void strangersDoNotLockOutWhoComesFromWhereSheSignedInLately() {
        from("192.0.2.7", () -> assertThat(signIn()).isTrue());
        from("198.51.100.1", () -> fail(10));
        from("203.0.113.9", () -> assertThat(signIn()).as("strangers").isFalse());
        from("192.0.2.99", () -> assertThat(signIn()).as("the same network").isTrue());
        clock.move(Duration.ofDays(7));
        from("192.0.2.7", () -> assertThat(signIn()).as("after the cool-down").isTrue());
    }

    @Test
    void aNetworkIsForgottenAfterAWeek() {
        from("192.0.2.7", () -> assertThat(signIn()).isTrue());
        clock.move(Duration.ofDays(7));
        from("198.51.100.1", () -> fail(10));
        from("192.0.2.7", () -> assertThat(signIn()).isFalse());
    }

    @Test
    void aKnownNetworkHasACoolDownOfItsOwn() {
        from("192.0.2.7", () -> assertThat(signIn()).isTrue());
        from("192.0.2.8", () -> fail(10));
        from("192.0.2.7", () -> assertThat(signIn()).isFalse());
        from("2001:db8::1", () -> assertThat(signIn()).isTrue());
        assertThat(persons.get(environment, person.id()).enrolment().passwordLockedUntil())
                .isEqualTo(clock.instant().plus(COOL_DOWN));
    }

    @Test
    void fourNetworksAreKnownAtMostAndWrittenOnceADay() {
        for (int i = 0; i < 6; i++) {
            int network = i;
            from("10.0." + network + ".1", () -> assertThat(signIn()).isTrue());
            clock.move(Duration.ofMinutes(1));
        }
        List<String> known = known();
        assertThat(known).hasSize(4).noneMatch(value -> value.startsWith("10.0.1.0/24"));
        from("10.0.5.9", () -> assertThat(signIn()).isTrue());
        assertThat(known()).isEqualTo(known);
    }

    private List<String> known() {
        return Attributes.values(
                directory.read(EnrolmentEntry.dn(environment, person.id())).orElseThrow(), Schema.KNOWN_NETWORK);
    }

    @Test
    void anAdministratorEndsEveryLock() {
        from("192.0.2.7", () -> assertThat(signIn()).isTrue());
        from("192.0.2.7", () -> fail(10));
        from("198.51.100.1", () -> fail(10));
        persons.unlock(environment, person.id());
        from("192.0.2.7", () -> assertThat(signIn()).isTrue());
        from("198.51.100.1", () -> assertThat(signIn()).isTrue());
        assertThat(persons.get(environment, person.id()).enrolment().passwordLockedUntil())
                .isNull();
    }

    @Test
    void aNewPasswordEndsEveryLock() {
        fail(10);
        persons.setPassword(environment, person.id(), RIGHT);
        assertThat(check("jane", RIGHT)).isPresent();
    }
}
