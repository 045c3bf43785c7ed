package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.seedfile.entity.SecretEncoding;

class SecretTextTest {

    private static final String HEX = "3132333435363738393031323334353637383930";

    @Nested
    @DisplayName("Hexadecimal or Base32 is never guessed silently")
    class NeverGuessed {

        @ParameterizedTest
        @CsvSource(textBlock = """
                3132333435363738393031323334353637383930, 3132333435363738393031323334353637383930
                GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,         3132333435363738393031323334353637383930
                gezdgnbvgy3tqojqgezdgnbvgy3tqojq,         3132333435363738393031323334353637383930
                aabbccddeeff00112233445566778899,         aabbccddeeff00112233445566778899
                MZXW6YTB,                                 666f6f6261
                MZXW6YQ=,                                 666f6f62
                """)
        void theCharactersDecideWhenOnlyOneFits(String text, String hex) {
            assertThat(SecretText.read(text, null).hex()).isEqualTo(hex);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ABCDEF234567ABCDEF234567ABCDEF23", "abcdef22", "77777777", "AA"})
        void whatFitsBothIsAskedFor(String text) {
            SecretText secret = SecretText.read(text, null);
            assertThat(secret.hex()).isNull();
            assertThat(message(secret)).contains("could be hexadecimal or Base32", "parameter encoding");
        }

        @Test
        void whatFitsBothIsReadAsSaid() {
            assertThat(SecretText.read("ABCDEF23", SecretEncoding.HEX).hex()).isEqualTo("ABCDEF23");
            assertThat(SecretText.read("ABCDEF23", SecretEncoding.BASE32).hex()).isEqualTo("004432175b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"GHIJ0189", "31 32 33", "6E-7A", "geheim!", "MZXW6YQ=A", "====", "Ä234"})
        void whatFitsNeitherIsAFault(String text) {
            assertThat(message(SecretText.read(text, null))).contains("neither");
        }

        @Test
        void anOddNumberOfDigitsStaysHexadecimalForTheTokenToRefuse() {
            assertThat(SecretText.read("313", SecretEncoding.HEX).hex()).isEqualTo("313");
        }
    }

    @Nested
    @DisplayName("Base32 is that of RFC 4648, whole")
    class Base32 {

        /** RFC 4648 section 10. */
        @ParameterizedTest
        @CsvSource(textBlock = """
                MY======,         66
                MZXQ====,         666f
                MZXW6===,         666f6f
                MZXW6YQ=,         666f6f62
                MZXW6YTB,         666f6f6261
                MZXW6YTBOI======, 666f6f626172
                MZ,               66
                """)
        void isReadWithAndWithoutItsPadding(String text, String hex) {
            assertThat(SecretText.read(text, SecretEncoding.BASE32).hex()).isEqualTo(hex);
            assertThat(SecretText.read(text.replace("=", ""), SecretEncoding.BASE32)
                            .hex())
                    .isEqualTo(hex);
        }

        @Test
        void isReadInGroupsAsAppsShowIt() {
            assertThat(SecretText.read("mzxw 6ytb oi", SecretEncoding.BASE32).hex())
                    .isEqualTo("666f6f626172");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "MZXW6YTB1", // no letter of it
                    "M", // no whole byte
                    "MZX", // cut off: 3, 6 or 1 letters beyond a group of 8
                    "MZXW6Y",
                    "MZXW6YTBO",
                    "MZXW6YQ==", // padding that is not RFC 4648's
                    "MY=====",
                    "=MZXW6YT",
                    "========",
                    " "
                })
        void isRefusedWhenSomethingIsCutOffOrTooMuch(String text) {
            assertThat(message(SecretText.read(text, SecretEncoding.BASE32))).contains("not Base32");
        }
    }

    @Nested
    @DisplayName("No message shows the secret, and none is decoded that is too long")
    class Bounds {

        @ParameterizedTest
        @ValueSource(strings = {"GHIJ0189", "ABCDEF234567ABCDEF234567ABCDEF23", "abcdefgx!"})
        void noMessageShowsIt(String text) {
            assertThat(message(SecretText.read(text, null))).doesNotContain(text);
            assertThat(SecretText.read(text, null)).asString().doesNotContain(text);
        }

        @Test
        void nothingIsNoSecret() {
            assertThat(message(SecretText.read("", SecretEncoding.HEX))).contains("no secret");
        }

        @Test
        void whatIsTooLongIsNotDecoded() {
            assertThat(message(SecretText.read(HEX.repeat(13), null))).contains("longer than");
            assertThat(SecretText.read(HEX.repeat(12), null).hex()).hasSize(480);
        }
    }

    private static String message(SecretText secret) {
        assertThat(secret.hex()).isNull();
        assertThat(Objects.requireNonNull(secret.fault()).target()).isEqualTo("secret");
        return Objects.requireNonNull(secret.fault()).message();
    }
}
