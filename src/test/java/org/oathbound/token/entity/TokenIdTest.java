package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIdTest {

    private static final UUID ENVIRONMENT = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Nested
    @DisplayName("RFC 9562, Appendix A.4: example of a UUIDv5 value")
    class Rfc9562 {

        @Test
        void givesThePublishedValue() {
            assertThat(TokenId.version5(ENVIRONMENT, "www.example.com"))
                    .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
        }

        @Test
        void isWrittenInLowerCase() {
            assertThat(new TokenId(UUID.fromString("2ED6657D-E927-568B-95E1-2665A8AEA6A2")))
                    .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
        }
    }

    @Nested
    @DisplayName("A serial number is one in either case")
    class OneSerialNumber {

        @Test
        void hasOneId() {
            assertThat(TokenId.of(ENVIRONMENT, new SerialNumber("ab1")))
                    .isEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("AB1")));
        }

        @Test
        void isEqualToItself() {
            assertThat(new SerialNumber("ab1"))
                    .isEqualTo(new SerialNumber("AB1"))
                    .hasSameHashCodeAs(new SerialNumber("AB1"));
        }

        @Test
        void isNotEqualToAnother() {
            assertThat(new SerialNumber("ab1")).isNotEqualTo(new SerialNumber("ab2"));
            assertThat(TokenId.of(ENVIRONMENT, new SerialNumber("ab1")))
                    .isNotEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("ab2")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a-", "-1", ".1", "1:", "ä1", "１", "*"})
        void beginsAndEndsWithALetterOrADigit(String text) {
            assertThat(SerialNumber.isSerialNumber(text)).isFalse();
            assertThatThrownBy(() -> new SerialNumber(text)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void hasFiftyOfThemAtMost() {
            assertThat(SerialNumber.isSerialNumber("a".repeat(50))).isTrue();
            assertThat(SerialNumber.isSerialNumber("a".repeat(51))).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"ab1, true, true", "a-1, false, true", "a., false, true", "-1, false, false", "a b, false, false"})
        void isToldFromOneWithPunctuationAndFromABeginning(String text, boolean alphanumeric, boolean beginning) {
            assertThat(SerialNumber.isAlphanumeric(text)).isEqualTo(alphanumeric);
            assertThat(SerialNumber.isBeginning(text)).isEqualTo(beginning);
        }

        @Test
        void isComparedInUpperCase() {
            assertThat(new SerialNumber("aB1").canonical()).isEqualTo("AB1");
        }

        @Test
        void hasAnotherIdInAnotherEnvironment() {
            UUID other = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
            assertThat(TokenId.of(other, new SerialNumber("AB1")))
                    .isNotEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("AB1")));
        }
    }
}
