package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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
        void isAnotherWithPunctuation() {
            assertThat(TokenId.of(ENVIRONMENT, new SerialNumber("ga-1.2:x")))
                    .isEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("GA-1.2:X")))
                    .isNotEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("ga12x")));
        }

        @Test
        void hasAnotherIdInAnotherEnvironment() {
            UUID other = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
            assertThat(TokenId.of(other, new SerialNumber("AB1")))
                    .isNotEqualTo(TokenId.of(ENVIRONMENT, new SerialNumber("AB1")));
        }
    }
}
