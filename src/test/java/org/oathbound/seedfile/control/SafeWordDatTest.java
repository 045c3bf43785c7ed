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

class SafeWordDatTest {

    private static final String KEY = "D0BC5660E0C87A823F343965D04E90FF33C623BD";
    private static final String HEAD = "# ===== SafeWord Authenticator Records $Version: 100$ =====\n";
    private static final String RECORD = """
            dn: sccAuthenticatorId=FOB21003
            objectclass: sccCompatibleToken
            sccAuthenticatorId: FOB21003
            sccTokenType: eToken-PASS-ES
            sccTokenData: sccKey=%s;sccMode=E;sccPwLen=6;sccVer=6.20;

            """.formatted(KEY);

    private static Rows read(String text) {
        return Rows.of(new SafeWordDat(Hints.NONE), text);
    }

    private static String with(String piece, String other) {
        return PskcSample.with(RECORD, piece, other);
    }

    @Nested
    @DisplayName("A record is a token of the type that its mode says")
    class Tokens {

        @Test
        void modeEIsOfEvents() {
            Rows rows = read(HEAD + RECORD + with("FOB21003", "FOB21004"));
            assertThat(rows.token(0))
                    .isEqualTo(json("{\"serialNumber\":\"FOB21003\",\"secret\":\"" + KEY
                            + "\",\"type\":\"HOTP\",\"otpLength\":6,\"rowNumber\":2,\"model\":\"eToken-PASS-ES\"}"));
            assertThat(rows.numbers()).containsExactly(2, 8);
            assertThat(rows.columns).containsExactly("sccAuthenticatorId", "sccTokenType");
            assertThat(rows.all.get(1).cells()).containsExactly("FOB21004", "eToken-PASS-ES");
        }

        @Test
        void modeTIsOfTimeWhoseStepIsAskedForWhereTheFileDoesNotSayIt() {
            String ofTime = with("sccMode=E", "sccMode=T");
            assertThat(read(ofTime).targets()).containsExactly("totp.timeStep");
            Rows said = read(ofTime.replace("sccVer", "sccTick=60;sccVer"));
            assertThat(said.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
            Rows told = Rows.of(new SafeWordDat(new Hints(null, null, null, 30, null)), ofTime);
            assertThat(told.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(30);
        }

        @Test
        void itsHashMayBeSaid() {
            assertThat(read(with("sccVer", "crypto=HmacSHA256;sccVer")).token().getString("hashAlgorithm"))
                    .isEqualTo("HmacSHA256");
        }

        @Test
        void namesInAnyCaseLinesAsWindowsEndsThemAndOtherEntries() {
            String file = "dn: cn=x\r\nobjectclass: top\r\n\r\n"
                    + RECORD.replace("\n", "\r\n")
                            .replace("sccTokenData", "SCCTOKENDATA")
                            .replace("sccKey", "scckey") + "# end\r\n";
            assertThat(read(file).good()).containsExactly(4);
        }
    }

    @Nested
    @DisplayName("A broken record is a faulty row, and the others go on")
    class Faults {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                sccMode=E;                    | sccMode=Q;             | type
                sccMode=E;                    | ''                     | type
                sccPwLen=6;                   | ''                     | otpLength
                sccKey=D0                     | sccKey=Q0              | secret
                sccKey=                       | sccSeed=               | null
                sccVer=6.20;                  | sccVer=6.20;sccMode=T; | null
                sccVer=6.20;                  | nonsense;              | null
                sccAuthenticatorId: FOB21003  | description: x         | serialNumber
                sccTokenType: eToken-PASS-ES  | sccAuthenticatorId: F2 | null
                sccMode=E;                    | sccMode=T;sccTick=30;sccPrTime=2011/05/03 02:46:54; | totp
                """)
        void isNamedByWhatItIsAbout(String piece, String other, String target) {
            Rows rows = read(RECORD + with(piece, other) + RECORD);
            assertThat(rows.all.get(1).faults()).isNotEmpty();
            assertThat(String.valueOf(rows.all.get(1).faults().get(0).target())).isEqualTo(target);
            assertThat(rows.good()).containsExactly(1, 13);
        }

        @Test
        void withAllThatIsWrong() {
            assertThat(read(with("sccKey=" + KEY, "sccKey=x")
                                    .replace("sccMode=E", "sccMode=1")
                                    .replace("=6;", "=six;"))
                            .targets())
                    .containsExactly("secret", "otpLength", "type");
        }

        @ParameterizedTest
        @ValueSource(strings = {"no record at all", "dn: sccAuthenticatorId=F1\nsccTokenData:: not*base64"})
        void thatCannotBeTakenApart(String bad) {
            Rows rows = read(bad + "\n\n" + RECORD);
            assertThat(rows.all).hasSize(2);
            assertThat(rows.all.get(0).token()).isNull();
            assertThat(rows.all.get(1).faults()).isEmpty();
        }

        @Test
        void noKeyIsShown() {
            assertThat(read(with("eToken-PASS-ES", KEY)).only().cells().toString())
                    .doesNotContain(KEY);
        }
    }
}
