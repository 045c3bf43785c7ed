package org.oathbound.otp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

    private final Totp totp = new Totp(Duration.ofSeconds(30));

    @Nested
    @DisplayName("RFC 6238, appendix B: test vectors (with the secrets of erratum 2866)")
    class AppendixB {

        @ParameterizedTest
        @CsvSource(textBlock = """
                         59,        1, 94287082, 46119246, 90693936
                 1111111109,  23523EC, 07081804, 68084774, 25091201
                 1111111111,  23523ED, 14050471, 67062674, 99943326
                 1234567890,  273EF07, 89005924, 91819424, 93441116
                 2000000000,  3F940AA, 69279037, 90698825, 38618901
                20000000000, 27BC86AA, 65353130, 77737706, 47863826
                """)
        void isReproduced(long time, String step, String sha1, String sha256, String sha512) {
            long t = totp.stepAt(Instant.ofEpochSecond(time));
            assertThat(t).isEqualTo(Long.parseLong(step, 16));
            assertThat(code(HashAlgorithm.SHA_1, 20, 8, t)).isEqualTo(sha1);
            assertThat(code(HashAlgorithm.SHA_256, 32, 8, t)).isEqualTo(sha256);
            assertThat(code(HashAlgorithm.SHA_512, 64, 8, t)).isEqualTo(sha512);
            assertThat(code(HashAlgorithm.SHA_512, 64, 6, t)).isEqualTo(sha512.substring(2));
        }

        private String code(HashAlgorithm algorithm, int secretLength, int digits, long step) {
            byte[] secret = "1234567890".repeat(7).substring(0, secretLength).getBytes(US_ASCII);
            return new Hotp(SharedSecret.ofBytes(secret), algorithm, digits)
                    .generate(step)
                    .text();
        }
    }

    @Nested
    @DisplayName("RFC 6238, section 4.2: T = (current Unix time - T0) / X")
    class Step {

        @ParameterizedTest
        @CsvSource(textBlock = """
                1970-01-01T00:00:00Z,           0
                1970-01-01T00:00:29.999999999Z, 0
                1970-01-01T00:00:30Z,           1
                1970-01-01T00:00:59Z,           1
                1970-01-01T00:01:00Z,           2
                """)
        void changesWithTheWholeTimeStep(Instant instant, long step) {
            assertThat(totp.stepAt(instant)).isEqualTo(step);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                PT1S,    1234567890
                PT7S,     176366841
                PT30S,     41152263
                PT1M,      20576131
                PT24H,        14288
                PT9223372036854775807S, 0
                """)
        void isOfAnyLength(Duration timeStep, long step) {
            assertThat(new Totp(timeStep).stepAt(Instant.ofEpochSecond(1234567890)))
                    .isEqualTo(step);
        }

        @Test
        void isNotCountedBefore1970() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> totp.stepAt(Instant.EPOCH.minusNanos(1)))
                    .withMessageContaining("1969-12-31");
        }

        @Test
        void fitsInAWindowAtTheEndOfTime() {
            long step = new Totp(Duration.ofSeconds(1)).stepAt(Instant.MAX);
            assertThat(Window.around(step, 2)).isEqualTo(new Window(step - 2, step + 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-30S", "PT0.5S", "PT30.000000001S"})
    void takesOneOrMoreWholeSeconds(Duration timeStep) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Totp(timeStep));
    }

    @Nested
    @DisplayName("A code is found around now plus drift, never at or below the last accepted step")
    class Verification {

        private final Hotp hotp = new Hotp(SharedSecret.ofBytes(new byte[20]), HashAlgorithm.SHA_1, 6);
        private final long now = totp.stepAt(Instant.parse("2026-01-01T00:00:00Z"));

        @ParameterizedTest
        @ValueSource(longs = {-2, -1, 0, 1, 2})
        void findsItToBothSides(long away) {
            assertThat(hotp.find(hotp.generate(now + away), Window.around(now, 2)))
                    .hasValue(now + away);
        }

        @ParameterizedTest
        @ValueSource(longs = {-3, 3})
        void findsNothingFurtherAway(long away) {
            assertThat(hotp.find(hotp.generate(now + away), Window.around(now, 2)))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                -2, false
                -1, false
                 0, false
                 1, true
                 2, true
                """)
        void findsNoneThatIsUsed(long away, boolean found) {
            Window window = Window.around(now, 2).after(now);
            assertThat(hotp.find(hotp.generate(now + away), window).isPresent()).isEqualTo(found);
        }
    }
}
