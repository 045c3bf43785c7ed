package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Problem;

class GuessLimitTest {

    private static final int WRONG = 6;
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.1";

    private final AtomicLong nanoTime = new AtomicLong();
    private final GuessLimit limit = new GuessLimit(WRONG, nanoTime::get);
    private int names;

    private void right(String name, String address) {
        assertThat(limit.counted(Asker.of(name, address), () -> "right", any -> true))
                .isEqualTo("right");
    }

    private void wrong(String name, String address) {
        assertThat(limit.counted(Asker.of(name, address), () -> "wrong", any -> false))
                .isEqualTo("wrong");
    }

    private void assertRefused(String name, String address) {
        assertThatThrownBy(() -> limit.counted(
                        Asker.of(name, address),
                        () -> {
                            throw new AssertionError("The secret is looked at.");
                        },
                        any -> true))
                .isInstanceOf(Problem.Limited.class);
    }

    /** A name that nobody has used here. */
    private String another() {
        return "name" + names++;
    }

    private void passes(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Nested
    @DisplayName("Whoever guesses is stopped")
    class Guessing {

        @Test
        void anAddressWhateverNamesTheGuessesWereFor() {
            for (int i = 0; i < WRONG; i++) {
                wrong(another(), HERE);
            }
            assertRefused(another(), HERE);
            wrong(another(), ELSEWHERE);
        }

        @Test
        void manyAddressesAtOneName() {
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", "192.0.2." + i);
            }
            assertRefused("jane", ELSEWHERE);
            wrong(another(), ELSEWHERE);
        }

        @Test
        void anAddressThatOnlyChangesWithinItsNetwork() {
            for (int i = 0; i < WRONG; i++) {
                wrong(another(), "2001:db8:1:2::" + i);
            }
            assertRefused(another(), "2001:db8:1:2:ffff::1");
            wrong(another(), "2001:db8:1:3::1");
        }

        @Test
        void whoeverWasRightOnceToo() {
            right("jane", HERE);
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", HERE);
            }
            assertRefused("jane", HERE);
        }

        @Test
        void manyAtOnceLikeOneAfterTheOther() {
            limit.counted(
                    Asker.of("jane", HERE),
                    () -> {
                        for (int i = 1; i < WRONG; i++) {
                            wrong("jane", HERE);
                        }
                        assertRefused("jane", HERE);
                        return "wrong";
                    },
                    any -> false);
        }

        @Test
        void untilTimeHasGoneBy() {
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", HERE);
            }
            passes(Duration.ofSeconds(10));
            wrong("jane", HERE);
            assertRefused("jane", HERE);
        }

        @Test
        void andIsToldWhenToComeAgain() {
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", HERE);
            }
            assertThatThrownBy(() -> wrong("jane", HERE))
                    .isInstanceOfSatisfying(Problem.Limited.class, refused -> assertThat(refused.retryAfter())
                            .isEqualTo(Duration.ofSeconds(10)));
        }
    }

    @Nested
    @DisplayName("Whoever is right is not kept out by others")
    class Honest {

        @Test
        void thatGuessElsewhereAtTheSameName() {
            right("jane", HERE);
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", "198.51.100." + i);
            }
            right("jane", HERE);
        }

        @Test
        void thatGuessBehindTheSameGateway() {
            right("jane", HERE);
            for (int i = 0; i < WRONG; i++) {
                wrong(another(), HERE);
            }
            assertRefused(another(), HERE);
            right("jane", HERE);
        }

        @Test
        void whereMoreAreRightThanWrong() {
            for (int i = 0; i < 3 * WRONG; i++) {
                right(another(), HERE);
                wrong(another(), HERE);
            }
            right(another(), HERE);
            for (int i = 0; i < 2; i++) {
                wrong(another(), HERE);
            }
            assertRefused(another(), HERE);
        }

        @Test
        void whatWasRightLongAgoCountsLess() {
            for (int i = 0; i < 2 * WRONG; i++) {
                right(another(), HERE);
            }
            passes(Duration.ofHours(1));
            for (int i = 0; i < WRONG; i++) {
                wrong(another(), HERE);
            }
            assertRefused(another(), HERE);
        }

        @Test
        void byWhatHadNoVerdict() {
            for (int i = 0; i < 2 * WRONG; i++) {
                assertThatThrownBy(() -> limit.counted(
                                Asker.of("jane", HERE),
                                () -> {
                                    throw new Problem.Unavailable("not now", Duration.ofSeconds(1));
                                },
                                any -> true))
                        .isInstanceOf(Problem.Unavailable.class);
            }
            right("jane", HERE);
        }

        @Test
        void refusedForItsNamesSakeItIsNoGuessOfItsAddress() {
            for (int i = 0; i < WRONG; i++) {
                wrong("jane", "198.51.100." + i);
            }
            for (int i = 0; i < WRONG; i++) {
                assertRefused("jane", HERE);
            }
            right(another(), HERE);
        }
    }

    @Test
    void goesFirstUntilTheNextWrongOneFromThere() {
        Asker jane = Asker.of("jane", HERE);
        assertThat(limit.isKnown(jane)).isFalse();
        right("jane", HERE);
        wrong("jane", ELSEWHERE);
        wrong("joe", HERE);
        assertThat(limit.isKnown(jane)).isTrue();
        wrong("jane", HERE);
        assertThat(limit.isKnown(jane)).isFalse();
    }

    @Test
    void zeroIsNoLimit() {
        GuessLimit none = new GuessLimit(0);
        for (int i = 0; i < 100; i++) {
            none.counted(Asker.of("jane", HERE), () -> "wrong", any -> false);
        }
    }
}
