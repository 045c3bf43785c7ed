package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Problem;

@DisplayName("A password is hashed slowly, whether or not there is one to compare it with")
@Tag("slow")
class SlowHashTest {

    private final SlowHash hash = new SlowHash();

    @Test
    void withTheIterationsThatOwaspAsksForAndASaltOfItsOwn() {
        String stored = hash.of("correct horse");
        assertThat(stored).matches("\\{PBKDF2-SHA512}210000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{86}");
        assertThat(hash.of("correct horse")).isNotEqualTo(stored);
        assertThat(hash.matches(stored, "correct horse")).isTrue();
        assertThat(hash.matches(stored, "correct horse ")).isFalse();
    }

    @Test
    void noPasswordIsRightWhereNoneWasStored() {
        assertThat(hash.matches("", "nobody")).isFalse();
        assertThat(hash.matches("correct horse", "correct horse")).isFalse();
    }

    @Test
    void itTakesAsLongWhereNoneWasStored() {
        String stored = hash.of("correct horse");
        Duration wrong = shortest(List.of(stored));
        Duration nobody = shortest(List.of());
        assertThat(nobody).isGreaterThan(wrong.dividedBy(2)).isLessThan(wrong.multipliedBy(2));
    }

    @Test
    void itTakesAsLongWhereTwoAreGood() {
        String former = hash.of("correct horse");
        String present = hash.beside(former, "battery staple");
        assertThat(hash.isAnyOf(List.of(present, former), "correct horse")).isTrue();
        assertThat(hash.isAnyOf(List.of(present, former), "battery staple")).isTrue();
        assertThat(hash.isAnyOf(List.of(present, former), "another")).isFalse();
        Duration nobody = shortest(List.of());
        assertThat(shortest(List.of(present, former)))
                .isLessThan(nobody.multipliedBy(3).dividedBy(2));
    }

    @Test
    void twoThatWereStoredApartAreComparedToo() {
        List<String> stored = List.of(hash.of("correct horse"), hash.of("battery staple"));
        assertThat(hash.isAnyOf(stored, "battery staple")).isTrue();
        assertThat(hash.isAnyOf(stored, "correct horse")).isTrue();
        assertThat(hash.isAnyOf(stored, "another")).isFalse();
    }

    @Test
    void zerosBehindAPasswordMakeAnotherOfIt() {
        String stored = hash.of("correct horse");
        assertThat(hash.matches(stored, "correct horse\0")).isFalse();
        assertThat(hash.matches(stored, "correct horse\0\0")).isFalse();
        assertThat(hash.matches(hash.of("correct horse\0"), "correct horse\0")).isFalse();
    }

    @Test
    void noMoreThanHalfOfTheProcessorsDoesItNorDerivesAKeyBeside() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread deriving = new Thread(() -> HashingLimit.derive(() -> awaited(begun, end)));
        deriving.start();
        begun.await();
        try {
            assertThatThrownBy(() -> HashingLimit.derive(() -> "another key")).isInstanceOf(Problem.Unavailable.class);
        } finally {
            end.countDown();
            deriving.join();
        }
        assertThat(HashingLimit.derive(() -> "another key")).isEqualTo("another key");
    }

    private static String awaited(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return "key";
    }

    /** Of five, so that a pause of the machine does not count. */
    private Duration shortest(List<String> stored) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            hash.isAnyOf(stored, "wrong");
            Duration taken = Duration.ofNanos(System.nanoTime() - before);
            shortest = taken.compareTo(shortest) < 0 ? taken : shortest;
        }
        return shortest;
    }
}
