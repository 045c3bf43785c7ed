package org.oathbound.otp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotpTest {

    @Nested
    @DisplayName("RFC 4226, appendix D: test values")
    class AppendixD {

        private final byte[] secret = "12345678901234567890".getBytes(US_ASCII);

        @ParameterizedTest
        @CsvSource(textBlock = """
                0, cc93cf18508d94934c64b65d8ba7667fb7cde4b0, 1284755224, 755224
                1, 75a48a19d4cbe100644e8ac1397eea747a2d33ab, 1094287082, 287082
                2, 0bacb7fa082fef30782211938bc1c5e70416ff44,  137359152, 359152
                3, 66c28227d03a2d5529262ff016a1e6ef76557ece, 1726969429, 969429
                4, a904c900a64b35909874b33e61c5938a8e15ed1c, 1640338314, 338314
                5, a37e783d7b7233c083d4f62926c7a25f238d0316,  868254676, 254676
                6, bc9cd28561042c83f219324d3c607256c03272ae, 1918287922, 287922
                7, a4fb960c0bc06e1eabb804e5b397cdc4b45596fa,   82162583, 162583
                8, 1b3c89f65e6c9e883012052823443f048b4332db,  673399871, 399871
                9, 1637409809a679dc698207310c8c7fc07290d9e5,  645520489, 520489
                """)
        void isReproduced(long count, String hmac, BigInteger truncated, String code) throws GeneralSecurityException {
            assertThat(Reference.hmac("HmacSHA1", secret, count)).isEqualTo(hmac);
            assertThat(Reference.truncated(hmac)).isEqualTo(truncated);
            assertThat(text(6, count)).isEqualTo(code);
            assertThat(text(8, count)).isEqualTo(String.format("%08d", truncated.intValueExact() % 100_000_000));
        }

        private String text(int digits, long count) {
            return new Hotp(SharedSecret.ofBytes(secret), HashAlgorithm.SHA_1, digits)
                    .generate(count)
                    .text();
        }
    }

    @Nested
    @DisplayName("A code is what the standard says, for every secret, hash and length")
    class AnyCode {

        @ParameterizedTest
        @CsvSource(textBlock = """
                456789, 57107121
                456790, 10023641
                456829, 70714254
                456830, 68079661
                """)
        void isWhatAHardwareTokenShows(long counter, String code) {
            assertThat(fob().generate(counter).text()).isEqualTo(code);
        }

        @ParameterizedTest
        @EnumSource
        void isWhatTheReferenceSays(HashAlgorithm algorithm) throws GeneralSecurityException {
            Random random = new Random(4226);
            for (int round = 0; round < 300; round++) {
                byte[] secret = new byte[1 + random.nextInt(200)];
                random.nextBytes(secret);
                int digits = random.nextBoolean() ? 6 : 8;
                Hotp hotp = new Hotp(SharedSecret.ofBytes(secret), algorithm, digits);
                for (int again = 0; again < 3; again++) {
                    long factor = random.nextLong() >>> (1 + random.nextInt(63));
                    assertThat(hotp.generate(factor).text())
                            .isEqualTo(Reference.code(algorithm.macName(), secret, factor, digits));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {6, 8})
        void keepsItsLeadingZeros(int digits) {
            Hotp hotp = fob(digits);
            Passcode small = firstBelow(hotp, Passcode.modulus(digits) / 100);
            assertThat(small.text()).hasSize(digits).startsWith("00");
            assertThat(Passcode.parse(small.text())).contains(small);
        }

        private Passcode firstBelow(Hotp hotp, int limit) {
            long counter = 0;
            while (hotp.code(counter) >= limit) {
                counter++;
            }
            return hotp.generate(counter);
        }

        @Test
        void isInAsciiDigitsInEveryLocale() {
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            try {
                assertThat(String.format("%d", 456789)).isNotEqualTo("456789");
                assertThat(fob().generate(456789).text()).isEqualTo("57107121");
            } finally {
                Locale.setDefault(before);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 5, 7, 9, 10})
        void hasSixOrEightDigits(int digits) {
            assertThatIllegalArgumentException().isThrownBy(() -> fob(digits));
        }

        @Test
        void standsAtNoNegativeFactor() {
            assertThatIllegalArgumentException().isThrownBy(() -> fob().generate(-1));
        }
    }

    @Nested
    @DisplayName("RFC 4226, section 7.4: the server can recalculate the next s HOTP-server values")
    class OneCode {

        private final Window window = Window.ahead(456_789, 10);

        @ParameterizedTest
        @ValueSource(longs = {456_789, 456_790, 456_798, 456_799})
        void isFoundInTheWindow(long counter) {
            assertThat(fob().find(fob().generate(counter), window)).hasValue(counter);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 456_787, 456_788, 456_800, 456_801})
        void isNotFoundOutsideOfIt(long counter) {
            assertThat(fob().find(fob().generate(counter), window)).isEmpty();
        }

        @Test
        void isFoundFarAwayInAWideWindow() {
            Passcode code = passcode("70714254");
            assertThat(fob().find(code, window)).isEmpty();
            assertThat(fob().find(code, Window.ahead(456_789, 100))).hasValue(456_829);
        }

        @Test
        void isNotFoundInAnEmptyWindow() {
            assertThat(fob().find(fob().generate(456_789), new Window(456_789, 456_788)))
                    .isEmpty();
        }

        @Test
        void ofAnotherLengthIsNotFound() {
            assertThat(fob(6).generate(456_789).text()).isEqualTo("107121");
            assertThat(fob(8).find(passcode("107121"), window)).isEmpty();
            assertThat(fob(6).find(passcode("57107121"), window)).isEmpty();
        }

        @Test
        void ofAnotherLengthIsNotFoundByItsValueEither() {
            Hotp eight = fob(8);
            long counter = 0;
            while (eight.code(counter) >= 1_000_000) {
                counter++;
            }
            Passcode six = passcode(eight.generate(counter).text().substring(2));
            assertThat(eight.find(six, Window.ahead(counter, 0))).isEmpty();
        }

        @Test
        void isFoundAtTheLastFactorOfAll() {
            Passcode code = fob().generate(Window.LAST);
            assertThat(fob().find(code, Window.ahead(Window.LAST, 1000))).hasValue(Window.LAST);
        }
    }

    @Nested
    @DisplayName("RFC 4226, section 7.4: the user provides a sequence of 2 HOTP values")
    class TwoCodes {

        private final Window window = Window.ahead(456_789, 40);

        @ParameterizedTest
        @ValueSource(longs = {456_789, 456_790, 456_828, 456_829})
        void areFoundWhenTheFirstStandsInTheWindow(long counter) {
            assertThat(pair(counter, counter + 1)).hasValue(counter);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                456788, 456789
                456830, 456831
                456790, 456792
                456790, 456789
                456790, 456790
                """)
        void areNotFoundOtherwise(long first, long second) {
            assertThat(pair(first, second)).isEmpty();
        }

        @Test
        void areFoundAtTheLastTwoFactorsOfAll() {
            Window end = Window.ahead(Window.LAST - 1, 1000);
            assertThat(fob().findPair(fob().generate(Window.LAST - 1), fob().generate(Window.LAST), end))
                    .hasValue(Window.LAST - 1);
        }

        @Test
        void areNotFoundBeyondTheLastFactor() {
            Window end = Window.ahead(Window.LAST, 1000);
            assertThat(fob().findPair(fob().generate(Window.LAST), fob().generate(Long.MAX_VALUE), end))
                    .isEmpty();
        }

        @Test
        void areNotFoundInAnEmptyWindow() {
            assertThat(fob().findPair(fob().generate(0), fob().generate(1), new Window(0, -1)))
                    .isEmpty();
        }

        private OptionalLong pair(long first, long second) {
            return fob().findPair(fob().generate(first), fob().generate(second), window);
        }
    }

    private static Hotp fob() {
        return fob(8);
    }

    private static Hotp fob(int digits) {
        return new Hotp(SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA"), HashAlgorithm.SHA_1, digits);
    }

    private static Passcode passcode(String text) {
        return Passcode.parse(text).orElseThrow();
    }
}
