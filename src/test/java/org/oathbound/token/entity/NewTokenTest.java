package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.MovingFactor.Counter;

@DisplayName("Of a new token's secret a report tells two digits and its length")
class NewTokenTest {

    private static final NewToken TOKEN = new NewToken(
            new SerialNumber("1"),
            SharedSecret.ofHex("aebd59f71a634c48c4619cd33f6c385c9237c9ba"),
            HashAlgorithm.SHA_1,
            6,
            new Counter(0),
            new NewToken.Label(null, null, null, null),
            Validity.ALWAYS);

    @Test
    void theFirstTwoInUpperCase() {
        assertThat(TOKEN.maskedSecret()).isEqualTo("AE******");
    }

    @Test
    void itsBits() {
        assertThat(TOKEN.secretBits()).isEqualTo(160);
    }
}
