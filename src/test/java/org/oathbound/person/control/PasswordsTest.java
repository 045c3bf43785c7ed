package org.oathbound.person.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.TestClock;
import org.oathbound.Together;
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
    private Person person;

    @BeforeEach
    void create() {
        Persons persons = PersonsFixture.persons(directory);
        person = PersonsFixture.create(persons, environment, "jane");
        persons.setPassword(environment, person.id(), RIGHT);
    }

    private Optional<UUID> check(String username, String password) {
        return passwords.check(environment, username, password).map(FoundPerson::id);
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
}
