package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
        Duration wrong = shortest(stored);
        Duration nobody = shortest("");
        assertThat(nobody).isGreaterThan(wrong.dividedBy(2)).isLessThan(wrong.multipliedBy(2));
    }

    /** Of five, so that a pause of the machine does not count. */
    private Duration shortest(String stored) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            hash.matches(stored, "wrong");
            Duration taken = Duration.ofNanos(System.nanoTime() - before);
            shortest = taken.compareTo(shortest) < 0 ? taken : shortest;
        }
        return shortest;
    }
}
