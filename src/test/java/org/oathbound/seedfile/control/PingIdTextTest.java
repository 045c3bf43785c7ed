package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.seedfile.control.Rows.json;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

class PingIdTextTest {

    private static final String KEY = "3132333435363738393031323334353637383930";
    private static final Hints HOTP = new Hints(null, "HOTP", 6, null, null);
    private static final Hints TOTP = new Hints(null, "TOTP", 8, 60, null);

    @Test
    void hotpWithOrWithoutACounter() {
        Rows rows = Rows.of(new PingIdText(HOTP), "A1," + KEY + ",15\nA2," + KEY);
        assertThat(rows.columns).containsExactly("serial", "secret", "counter");
        assertThat(rows.token(0))
                .isEqualTo(json("{\"serialNumber\":\"A1\",\"secret\":\"" + KEY
                        + "\",\"otpLength\":6,\"type\":\"HOTP\",\"hotp\":{\"counter\":15},\"rowNumber\":1}"));
        assertThat(rows.token(1)).as("left to the token").doesNotContainKey("hotp");
        assertThat(rows.all.get(1).cells()).containsExactly("A2", "31******");
    }

    @Test
    void totpWithTheTimeStepThatTheClientSays() {
        Rows rows = Rows.of(new PingIdText(TOTP), "A1," + KEY);
        assertThat(rows.token())
                .isEqualTo(json("{\"serialNumber\":\"A1\",\"secret\":\"" + KEY
                        + "\",\"otpLength\":8,\"type\":\"TOTP\",\"rowNumber\":1,\"totp\":{\"timeStep\":60}}"));
    }

    @Test
    void aCounterInAFileOfTotpTokensIsAFault() {
        Rows rows = Rows.of(new PingIdText(TOTP), "A1," + KEY + ",15\nA2," + KEY + ",");
        assertThat(rows.good()).containsExactly(2);
        assertThat(Rows.targets(rows.all.get(0))).containsExactly("hotp.counter");
    }

    @Test
    void whatTheHintsSayOfTheEncodingCounts() {
        String both = "ABCDEF234567ABCDEF234567ABCDEF23";
        assertThat(Rows.of(new PingIdText(HOTP), "A1," + both).targets()).containsExactly("secret");
        Hints base32 = new Hints(SecretEncoding.BASE32, "HOTP", 6, null, null);
        assertThat(Rows.of(new PingIdText(base32), "A1," + both).token().getString("secret"))
                .isEqualTo("004432175be77df004432175be77df004432175b");
    }

    @Nested
    @DisplayName("The file is refused as a whole, unread, when a parameter is missing without which no row says enough")
    class Parameters {

        @ParameterizedTest
        @CsvSource({",,,type", ",6,,type", "HOTP,,,otpLength", "TOTP,6,,timeStep", "TOTP,,,timeStep"})
        void eachIsNamed(String type, Integer length, Integer step, String parameter) {
            Hints hints = new Hints(null, type, length, step, null);
            assertThatThrownBy(() -> Rows.of(new PingIdText(hints), new Endless("A1," + KEY)))
                    .isInstanceOfSatisfying(Problem.InvalidData.class, problem -> assertThat(problem.details())
                            .anySatisfy(detail -> assertThat(detail.target()).isEqualTo(parameter)));
        }
    }
}
