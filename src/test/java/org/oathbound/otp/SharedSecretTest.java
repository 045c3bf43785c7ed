package org.oathbound.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {

    @Nested
    @DisplayName("A secret is read from hexadecimal digits")
    class Hexadecimal {

        @ParameterizedTest
        @ValueSource(strings = {"00FFa5", "00ffA5"})
        void inEitherCase(String hex) {
            assertThat(SharedSecret.ofHex(hex).bytes()).containsExactly(0x00, 0xff, 0xa5);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                6EBD5,         'An odd number of hexadecimal digits, 5.'
                6EBDG9,        'Character 5 is not a hexadecimal digit.'
                0x6EBD,        'Character 2 is not a hexadecimal digit.'
                6EBD 59F,      'Character 5 is not a hexadecimal digit.'
                ' 6EBD',       'Character 1 is not a hexadecimal digit.'
                6EBD-59F7,     'Character 5 is not a hexadecimal digit.'
                6E\uff12\uff13,        'Character 3 is not a hexadecimal digit.'
                6E\u0663\u0664,        'Character 3 is not a hexadecimal digit.'
                '',            'A secret has at least one byte.'
                """)
        void orRefusedWithThePlaceButNotTheText(String hex, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SharedSecret.ofHex(hex))
                    .withMessage(message)
                    .withNoCause();
        }
    }

    @Nested
    @DisplayName("A secret does not change and does not show")
    class Immutable {

        private final byte[] bytes = {1, 2, 3, 4};
        private final SharedSecret secret = SharedSecret.ofBytes(bytes);

        @Test
        void isACopyOfWhatItWasMadeFrom() {
            bytes[0] = 9;
            assertThat(secret.bytes()).containsExactly(1, 2, 3, 4);
        }

        @Test
        void givesCopies() {
            secret.bytes()[0] = 9;
            assertThat(secret.bytes()).containsExactly(1, 2, 3, 4);
        }

        @Test
        void hasAtLeastOneByte() {
            assertThatIllegalArgumentException().isThrownBy(() -> SharedSecret.ofBytes(new byte[0]));
        }

        @Test
        void tellsItsLengthInBits() {
            assertThat(secret.bits()).isEqualTo(32);
        }

        @Test
        void isRedactedAsText() {
            assertThat(secret).hasToString("SharedSecret[redacted]");
        }
    }

    @Nested
    @DisplayName("Secrets are equal when their bytes are")
    class Comparison {

        private final SharedSecret secret = SharedSecret.ofHex("01020304");

        @Test
        void comparesAllBytes() {
            assertThat(secret).isEqualTo(SharedSecret.ofBytes(new byte[] {1, 2, 3, 4}));
            assertThat(secret).isNotEqualTo(SharedSecret.ofHex("01020305"));
            assertThat(secret).isNotEqualTo(SharedSecret.ofHex("09020304"));
            assertThat(secret).isNotEqualTo(SharedSecret.ofHex("010203"));
            assertThat(secret).isNotEqualTo(SharedSecret.ofHex("0102030400"));
            assertThat(secret).isNotEqualTo("01020304");
        }

        @Test
        void hasAHashCodeThatTellsNothing() {
            assertThat(secret).hasSameHashCodeAs(SharedSecret.ofHex("FF"));
        }
    }
}
