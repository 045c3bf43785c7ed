package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.seedfile.control.Rows.json;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;

class EntraCsvTest {

    private static final String HEADER = "upn,serial number,secret key,time interval,manufacturer,model\n";
    private static final String KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String HEX = "3132333435363738393031323334353637383930";

    @Nested
    @DisplayName("upn,serial number,secret key,time interval,manufacturer,model")
    class Tokens {

        @Test
        void aKnownUpnPairsTheToken() {
            Rows rows = read(HEADER + "jane@example.com,1234567," + KEY + ",60,Contoso,HardwareKey");
            assertThat(rows.token())
                    .isEqualTo(json("{\"serialNumber\":\"1234567\",\"secret\":\"" + HEX
                            + "\",\"type\":\"TOTP\",\"otpLength\":6,\"hashAlgorithm\":\"HmacSHA1\","
                            + "\"manufacturer\":\"Contoso\",\"model\":\"HardwareKey\",\"rowNumber\":2,"
                            + "\"totp\":{\"timeStep\":60}}"));
            assertThat(rows.only().owner()).isEqualTo(new Owner("jane@example.com", Owner.Status.ACTIVE));
            assertThat(rows.only().cells())
                    .containsExactly("jane@example.com", "1234567", "GE******", "60", "Contoso", "HardwareKey");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serial number,secret key,time interval,manufacturer,model\nS1,%s,30,c,m",
                    "\uFEFF\"Serial Number\";\"Secret Key\";\"Time Interval\";\"Model\"\r\n\"S1\";\"%s\";\"30\";\"m\"\r\n",
                    "MODEL\tTIME_INTERVAL\tSECRET KEY\tSERIALNUMBER\tUPN\nm\t30\t%s\tS1\t",
                    "serial number,secret key,time interval,,\nS1,%s,30,,"
                })
        void theHeaderSaysTheOrderInAnyCaseWithOrWithoutUpn(String file) {
            Rows rows = read(file.formatted(KEY));
            assertThat(rows.token().getString("serialNumber")).isEqualTo("S1");
            assertThat(rows.token().getString("secret")).isEqualTo(HEX);
            assertThat(rows.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(30);
            assertThat(rows.only().owner()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"ABCDEF234567ABCDEF234567ABCDEF23", "abcd ef23 4567 abcd ef23 4567 abcd ef23"})
        void keysAreBase32EvenWhenTheyCouldBeHexadecimal(String key) {
            assertThat(read(HEADER + ",S1," + key + ",30,,").token().getString("secret"))
                    .isEqualTo("004432175be77df004432175be77df004432175b");
        }

        @Test
        void theHintOfTheEncodingCountsMore() {
            Hints hex = new Hints(SecretEncoding.HEX, null, null, null, null);
            assertThat(Rows.of(new EntraCsv(hex), HEADER + ",S1," + HEX + ",30,,")
                            .token()
                            .getString("secret"))
                    .isEqualTo(HEX);
        }
    }

    @Nested
    @DisplayName("The header is required, and so is the time interval of every row")
    class Required {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                upn,serial number,time interval  | secret key
                upn,secret key,time interval     | serial number
                serial number,secret key         | time interval
                jane@example.com,S1,GEZDGNBV,30  | header
                ''                               | header
                """)
        void theHeaderNamesWhatIsNeeded(String first, String missing) {
            assertThatThrownBy(() -> read(first + "\n"))
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining(missing);
        }

        @Test
        void aColumnThatIsNotKnownIsRefusedByItsPlace() {
            assertThatThrownBy(() -> read("serial number,secret key,time interval,hash function\n"))
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining("Column 4");
        }

        @Test
        void aRowWithoutATimeIntervalIsNotGivenOne() {
            Hints thirty = new Hints(null, null, null, 30, null);
            Rows rows = Rows.of(new EntraCsv(thirty), HEADER + ",S1," + KEY + ",,,");
            assertThat(rows.targets()).containsExactly("totp.timeStep");
        }

        @ParameterizedTest
        @CsvSource({"HOTP,,,", ",8,,", ",,30,", ",,,HmacSHA256"})
        void aParameterDoesNotChangeWhatTheFormatSays(String type, Integer length, Integer step, String hash) {
            Hints hints = new Hints(null, type, length, step, hash);
            String file = HEADER + ",S1," + KEY + ",60,,";
            assertThat(Rows.of(new EntraCsv(hints), file).token())
                    .isEqualTo(Rows.of(new EntraCsv(Hints.NONE), file).token());
        }

        @Test
        void oneFaultyRowDoesNotStopTheOthers() {
            Rows rows = read(HEADER + ",S1," + KEY + ",60,,\n,S2,1" + KEY + ",60,,\n,S3," + KEY + ",60,,");
            assertThat(rows.good()).containsExactly(2, 4);
            assertThat(Rows.targets(rows.all.get(1))).containsExactly("secret");
            assertThat(rows.all.get(1).cells()).contains("1G******");
        }
    }

    private static Rows read(String text) {
        return Rows.of(new EntraCsv(Hints.NONE), text);
    }
}
