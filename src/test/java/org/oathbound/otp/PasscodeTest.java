package org.oathbound.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasscodeTest {

    @Nested
    @DisplayName("A code is six or eight ASCII digits, and nothing else is")
    class Form {

        @ParameterizedTest
        @ValueSource(strings = {"123456", "000000", "999999", "12345678", "00000000", "99999999"})
        void isTaken(String typed) {
            assertThat(Passcode.parse(typed).map(Passcode::text)).contains(typed);
            assertThat(Passcode.parse(typed).map(Passcode::digits)).contains(typed.length());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "12345",
                    "1234567",
                    "123456789",
                    " 123456",
                    "123456 ",
                    " 12345",
                    "12 456",
                    "123456\n",
                    "123456\r\n",
                    "\n123456",
                    "+26920",
                    "-26920",
                    "+1234567",
                    "12345\0",
                    "123456\0\0",
                    "0x1234",
                    "12345e",
                    "1234.5",
                    "\uff11\uff12\uff13\uff14\uff15\uff16",
                    "\u0661\u0662\u0663\u0664\u0665\u0666",
                    "\u0967\u0968\u0969\u096a\u096b\u096c",
                    "12345\u0666",
                    "\ud835\udfce\ud835\udfcf\ud835\udfd0",
                    "\u200b123456",
                    "123456\u0301"
                })
        void isRefused(String typed) {
            assertThat(Passcode.parse(typed)).isEmpty();
        }
    }

    @Nested
    @DisplayName("Codes are equal when their digits are, and tell nothing else")
    class Comparison {

        @ParameterizedTest
        @CsvSource(textBlock = """
                123456,   123456,   true
                12345678, 12345678, true
                123456,   123457,   false
                123456,   523456,   false
                000000,   000001,   false
                000000,   00000000, false
                123456,   00123456, false
                """)
        void comparesAllDigits(String one, String other, boolean equal) {
            assertThat(passcode(one).equals(passcode(other))).isEqualTo(equal);
        }

        @Test
        void isNoString() {
            assertThat(passcode("123456")).isNotEqualTo("123456");
        }

        @Test
        void hasAHashCodeThatTellsNothing() {
            assertThat(passcode("123456")).hasSameHashCodeAs(passcode("654321"));
        }

        @Test
        void isRedactedAsText() {
            assertThat(passcode("123456")).hasToString("Passcode[redacted]");
            assertThat(Optional.of(passcode("123456")).toString()).doesNotContain("123456");
        }
    }

    private static Passcode passcode(String text) {
        return Passcode.parse(text).orElseThrow();
    }
}
