package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Problem;

@DisplayName("A password is hashed slowly, whether or not there is one to compare it with")
@Tag("slow")
class SlowHashTest {

    private static final Asker JANE = Asker.of("jane", "192.0.2.1");

    private final SlowHash hash = new SlowHash(new GuessLimit(0));

    @Test
    void withTheIterationsThatOwaspAsksForAndASaltOfItsOwn() {
        String stored = hash.of("correct horse");
        assertThat(stored).matches("\\{PBKDF2-SHA512}210000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{86}");
        assertThat(hash.of("correct horse")).isNotEqualTo(stored);
        assertThat(matches(stored, "correct horse")).isTrue();
        assertThat(matches(stored, "correct horse ")).isFalse();
    }

    @Test
    void noPasswordIsRightWhereNoneWasStored() {
        assertThat(matches("", "nobody")).isFalse();
        assertThat(matches("correct horse", "correct horse")).isFalse();
    }

    /** How many iterations each hash takes that a comparison needs. */
    private static List<Integer> hashes(List<String> stored) {
        List<Integer> all = new ArrayList<>();
        PasswordHash.isAnyOf(stored, "wrong", (password, salt, iterations) -> {
            all.add(iterations);
            return new byte[64];
        });
        return all;
    }

    @Test
    void itTakesAsManyIterationsWhereNoneWasStored() {
        assertThat(hashes(List.of())).isEqualTo(hashes(List.of(hash.of("correct horse"))));
    }

    @Test
    void itTakesOneHashWhereTwoAreGood() {
        String former = hash.of("correct horse");
        String present = hash.beside(former, "battery staple");
        assertThat(hash.isAnyOf(List.of(present, former), "correct horse")).isTrue();
        assertThat(hash.isAnyOf(List.of(present, former), "battery staple")).isTrue();
        assertThat(hash.isAnyOf(List.of(present, former), "another")).isFalse();
        assertThat(hashes(List.of(present, former))).hasSize(1);
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
        assertThat(matches(stored, "correct horse\0")).isFalse();
        assertThat(matches(stored, "correct horse\0\0")).isFalse();
        assertThat(matches(hash.of("correct horse\0"), "correct horse\0")).isFalse();
    }

    @Test
    void noTwoKeysAreDerivedAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread deriving = new Thread(() -> KeyDerivation.derive(() -> awaited(begun, end)));
        deriving.start();
        begun.await();
        try {
            assertThatThrownBy(() -> KeyDerivation.derive(() -> "another key")).isInstanceOf(Problem.Unavailable.class);
        } finally {
            end.countDown();
            deriving.join();
        }
        assertThat(KeyDerivation.derive(() -> "another key")).isEqualTo("another key");
    }

    private boolean matches(String stored, String password) {
        return hash.isPassword(JANE, stored, password);
    }

    /** Of {@code Käse} with two characters for the ä, with one iteration, as earlier versions hashed it. */
    private static final String NOT_COMPOSED = "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$"
            + "vian1xwDmExDuI/v8pR2/XoJ0bK80t1WjRn3WkDmhWwxquqqs8EhK2APKmKeK0wM4WaF9T0TC8eUh9v9QIpE6A";

    @Test
    void aPasswordIsOneInAllUnicodeForms() {
        String stored = PasswordHash.of("Ka\u0308se", 1);
        assertThat(PasswordHash.matches(stored, "Käse")).isTrue();
        assertThat(PasswordHash.matches(stored, "Ka\u0308se")).isTrue();
        assertThat(PasswordHash.matches(stored, "Kase")).isFalse();
        assertThat(PasswordHash.matches(NOT_COMPOSED, "Ka\u0308se"))
                .as("what was right stays right")
                .isTrue();
    }

    @Nested
    @DisplayName("An application's secret that was right lately costs no slow hash")
    class Recently {

        private final AtomicInteger hashes = new AtomicInteger();
        private final SlowHash counting = new SlowHash(new GuessLimit(0)) {
            @Override
            boolean isAnyOf(List<String> stored, String secret) {
                hashes.incrementAndGet();
                return stored.stream().anyMatch(one -> one.startsWith(secret + " "));
            }
        };

        private boolean isSecret(String application, String secret, String... stored) {
            return counting.isSecret(JANE, application, List.of(stored), secret);
        }

        @Test
        void theSameForTheSame() {
            assertThat(isSecret("cn=a", "right", "right 1")).isTrue();
            assertThat(isSecret("cn=a", "right", "right 1")).isTrue();
            assertThat(hashes).hasValue(1);
        }

        @Test
        void aWrongOneIsHashedEachTime() {
            for (int i = 0; i < 3; i++) {
                assertThat(isSecret("cn=a", "wrong", "right 1")).isFalse();
            }
            assertThat(hashes).hasValue(3);
        }

        @Test
        void notForAnotherNameNorAfterANewHash() {
            isSecret("cn=a", "right", "right 1");
            assertThat(isSecret("cn=b", "right", "other 1")).isFalse();
            assertThat(isSecret("cn=a", "right", "other 2")).isFalse();
            assertThat(isSecret("cn=a", "right", "right 2")).isTrue();
            assertThat(hashes).hasValue(4);
        }

        @Test
        void aFormerOneIsNotRememberedBeyondItsEnd() {
            assertThat(isSecret("cn=a", "former", "new 2", "former 1")).isTrue();
            assertThat(isSecret("cn=a", "former", "new 2", "former 1")).isTrue();
            assertThat(isSecret("cn=a", "former", "new 2")).isFalse();
            assertThat(hashes).hasValue(2);
        }

        @Test
        void nothingWhereNothingIsStored() {
            assertThat(isSecret("cn=a", "right")).isFalse();
            assertThat(isSecret("cn=a", "right")).isFalse();
            assertThat(hashes).hasValue(2);
        }

        @Test
        void neverAPassword() {
            counting.isPassword(JANE, "right 1", "right");
            counting.isPassword(JANE, "right 1", "right");
            assertThat(hashes).hasValue(2);
        }

        @Test
        void theLimitIsAskedFirst() {
            SlowHash limited = new SlowHash(new GuessLimit(1));
            String stored = PasswordHash.of("right", 1);
            Asker elsewhere = Asker.of(JANE.name(), "203.0.113.1");
            assertThat(limited.isSecret(JANE, "cn=a", List.of(stored), "right")).isTrue();
            assertThat(limited.isSecret(elsewhere, "cn=a", List.of(stored), "wrong"))
                    .isFalse();
            assertThatThrownBy(() -> limited.isSecret(elsewhere, "cn=a", List.of(stored), "right"))
                    .isInstanceOf(Problem.Limited.class);
            assertThat(limited.isSecret(JANE, "cn=a", List.of(stored), "right")).isTrue();
        }
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
}
