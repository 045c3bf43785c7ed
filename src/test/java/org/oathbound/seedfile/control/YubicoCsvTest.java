package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.seedfile.control.Rows.json;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.seedfile.entity.Hints;

class YubicoCsvTest {

    private static final String KEY = "3132333435363738393031323334353637383930";
    private static final String AES = "000102030405060708090a0b0c0d0e0f";
    private static final Hints SIX = new Hints(null, null, 6, null, null);

    @Nested
    @DisplayName("Yubico's format: serial, public id, moving factor, key, access code, time")
    class Yubico {

        @Test
        void oathHotp() {
            Rows rows = read("508326,,0," + KEY + ",000000000000,2013-12-12T08:41:07,", SIX);
            assertThat(rows.columns).startsWith("serial", "public id");
            assertThat(rows.token())
                    .isEqualTo(json("{\"serialNumber\":\"508326\",\"secret\":\"" + KEY
                            + "\",\"otpLength\":6,\"hashAlgorithm\":\"HmacSHA1\",\"type\":\"HOTP\","
                            + "\"hotp\":{\"counter\":0},\"rowNumber\":1}"));
        }

        @Test
        void itsMovingFactorIsTheCounter() {
            assertThat(read("508326,ubom00000001,1024," + KEY + ",,2013-12-12T08:41:07,", SIX)
                            .token()
                            .getJsonObject("hotp")
                            .getInt("counter"))
                    .isEqualTo(1024);
        }

        @Test
        void theNumberOfDigitsIsAskedFor() {
            Rows rows = read("508326,,0," + KEY + ",,2013-12-12T08:41:07,", Hints.NONE);
            assertThat(rows.targets()).containsExactly("otpLength");
            assertThat(rows.faults()).contains("parameter otpLength");
        }

        @Test
        void keysAreHexadecimalEvenWhenTheyCouldBeBase32() {
            String both = "ABCDEF234567ABCDEF234567ABCDEF23";
            assertThat(read("508326,,0," + both + ",,t,", SIX).token().getString("secret"))
                    .isEqualTo(both);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                '508326,cccccccccccb,00aabbccddee,%s,,t,', Yubico OTP
                '508326,cccccccccccb,001122334455,%s,,t,', Yubico OTP
                '508326,,,%s,,t,', Static Password
                """)
        void whatIsNoOathTokenIsSaidToBeThat(String row, String kind) {
            Rows rows = read(row.formatted(AES), SIX);
            assertThat(rows.targets()).containsExactly("type");
            assertThat(rows.faults()).contains(kind);
        }

        @Test
        void moreColumnsThanTheFormatHas() {
            assertThat(read("508326,,0," + KEY + ",,t,x", SIX).faults()).contains("more columns");
        }
    }

    @Nested
    @DisplayName("The traditional format begins with what was written")
    class Traditional {

        @Test
        void oathHotpSaysItsDigitsAndMovingFactor() {
            Rows rows = read("""
                    LOGGING START,11.12.13 18:54
                    OATH-HOTP,11.12.13 18:55,1,cccccccccccb,,%1$s,,,0,0,0,8,16,0,0,0,0,0
                    LOGGING START,11.12.13 19:00
                    # again
                    oath-hotp,11.12.13 19:01,2,ubom12345678,,%1$s,,,0,0,0,6,0
                    """.formatted(KEY), Hints.NONE);
            assertThat(rows.numbers()).containsExactly(2, 5);
            assertThat(rows.columns).startsWith("event", "time");
            assertThat(rows.token(0))
                    .isEqualTo(json("{\"serialNumber\":\"cccccccccccb\",\"secret\":\"" + KEY
                            + "\",\"otpLength\":8,\"hashAlgorithm\":\"HmacSHA1\",\"type\":\"HOTP\","
                            + "\"hotp\":{\"counter\":16},\"rowNumber\":2}"));
            assertThat(rows.token(1).getInt("otpLength")).isEqualTo(6);
        }

        @Test
        void withoutATokenIdentifierTheSerialNumberIsMissing() {
            Rows rows = read("OATH-HOTP,11.12.13 18:55,1,,," + KEY + ",,,0,0,0,6,0,0,0,0,0,0", Hints.NONE);
            assertThat(rows.targets()).containsExactly("serialNumber");
        }

        @Test
        void aParameterDoesNotChangeTheRowsDigits() {
            Rows rows = read("OATH-HOTP,t,1,cccccccccccb,," + KEY + ",,,0,0,0,8,0", SIX);
            assertThat(rows.token().getInt("otpLength")).isEqualTo(8);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                'Yubico OTP,t,1,vvgutbiedkvi,00aabbccddee,%s,,,0,0,0,0,0', Yubico OTP
                'Static Password,t,1,,00aabbccddee,%s,,,0,0,0,0,0', Static Password
                'Static Password: Scan Code,t,1,%s,,,,,0,0,0,0,0', Static Password
                'Challenge-Response: HMAC-SHA1,t,1,,,%s,,,0,0,0,0,0', Challenge-Response
                'something else,t,1,,,%s,,,0,0,0,0,0', neither
                """)
        void whatIsNoOathTokenIsSaidToBeThat(String row, String kind) {
            Rows rows = read(row.formatted(AES), SIX);
            assertThat(rows.targets()).containsExactly("type");
            assertThat(rows.faults()).contains(kind);
            assertThat(rows.only().cells().toString()).doesNotContain(AES.substring(0, 6), "00aabb");
        }

        @Test
        void aTimeWithACommaIsNotReadAsTheNextColumn() {
            Rows rows = read("OATH-HOTP,Thu, 12 Dec 2013,1,cccccccccccb,," + KEY + ",,,0,0,0,6,0", Hints.NONE);
            assertThat(rows.faults()).contains("columns");
        }

        @Test
        void changesOfSettingsArePassedOver() {
            assertThat(read("Configuration Update,t,1\nConfiguration Swap,t,1\n", SIX).all)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "508326,,0,%s,aabbccddeeff,t,",
                "OATH-HOTP,t,1,cccccccccccb,,%s,,aabbccddeeff,0,0,0,6,0",
                "508326,cccccccccccb,aabbccddeeff,%s,,t,"
            })
    void neitherKeysNorAccessCodesNorPrivateIdsAreShown(String row) {
        assertThat(read(row.formatted(KEY), SIX).only().cells().toString())
                .doesNotContain(KEY.substring(0, 6), "aabbcc");
    }

    @Test
    void aRowWithWrongQuotesDoesNotStopTheOthers() {
        Rows rows = read("1,,0,\"x\"y,,t,\n2,,0," + KEY + ",,t,", SIX);
        assertThat(rows.numbers()).containsExactly(1, 2);
        assertThat(rows.good()).containsExactly(2);
    }

    private static Rows read(String text, Hints hints) {
        return Rows.of(new YubicoCsv(hints), text);
    }
}
