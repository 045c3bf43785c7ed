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

class SafeNetXmlTest {

    private static final Hints SIX_DIGITS = new Hints(null, null, 6, null, null);
    private static final String SEED = "f4a130a6eac0340e7b33e0bb8b1a3e521c3421bc";
    private static final String APPLICATION =
            "<Application ConnectorID=\"{00000000-0000-0000-0000-000000000021}\"><Seed>" + SEED
                    + "</Seed><MovingFactor>1</MovingFactor></Application>";
    private static final String TOKEN = "<Token serial=\"00210001A5\"><CaseModel>5</CaseModel><Model>101</Model>"
            + "<ProductionDate>03/04/2021</ProductionDate><ProductName>Pass fob</ProductName><Applications>"
            + APPLICATION
            + "</Applications></Token>\n";

    private static Rows read(String tokens) {
        return read(tokens, SIX_DIGITS);
    }

    private static Rows read(String tokens, Hints hints) {
        return Rows.of(new SafeNetXml(hints), "<Tokens>\n" + tokens + "</Tokens>\n");
    }

    private static String with(String piece, String other) {
        return PskcSample.with(TOKEN, piece, other);
    }

    @Nested
    @DisplayName("A Token with one Seed is a token that counts")
    class Tokens {

        @Test
        void withTheCounterThatTheFileHas() {
            Rows rows = read(TOKEN + with("00210001A5", "00210002A5").replace("r>1<", "r>42<"));
            assertThat(rows.token(0))
                    .isEqualTo(json("{\"serialNumber\":\"00210001A5\",\"secret\":\"" + SEED
                            + "\",\"type\":\"HOTP\",\"otpLength\":6,\"hotp\":{\"counter\":1},\"rowNumber\":1,"
                            + "\"model\":\"Pass fob\"}"));
            assertThat(rows.token(1).getJsonObject("hotp").getInt("counter")).isEqualTo(42);
            assertThat(rows.columns).containsExactly("serial", "Model", "ProductName", "ProductionDate");
            assertThat(rows.all.get(0).cells()).containsExactly("00210001A5", "101", "Pass fob", "03/04/2021");
        }

        @Test
        void withTheLengthThatTheFileHas() {
            String eight = with("</MovingFactor>", "</MovingFactor><OTPLength>8</OTPLength>");
            assertThat(read(eight, Hints.NONE).token().getInt("otpLength")).isEqualTo(8);
        }

        @Test
        void inAnyNamespaceAndWithWhiteSpace() {
            String file = "<?xml version=\"1.0\"?><t:Tokens xmlns:t=\"urn:x\">"
                    + TOKEN.replace("</", "</t:")
                            .replaceAll("<([A-Z])", "<t:$1")
                            .replace(SEED, "\n  " + SEED.substring(0, 20) + "\n  " + SEED.substring(20) + "\n")
                    + "</t:Tokens>";
            assertThat(Rows.of(new SafeNetXml(SIX_DIGITS), file).token().getString("secret"))
                    .isEqualTo(SEED);
        }

        @Test
        void anApplicationWithoutSeedDoesNotCount() {
            String two = with("<Applications>", "<Applications><Application><Name>x</Name></Application>");
            assertThat(read(two).good()).containsExactly(1);
        }

        @Test
        void theClientSaysTheHash() {
            Hints sha256 = new Hints(null, null, 6, null, "HmacSHA256");
            assertThat(read(with(SEED, "ab".repeat(32)), sha256).token().getString("hashAlgorithm"))
                    .isEqualTo("HmacSHA256");
        }
    }

    @Nested
    @DisplayName("A broken Token is a faulty row, and the others go on")
    class Faults {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                 serial="00210001A5"      | ''                            | serialNumber
                <Seed>f4                  | <Seed>zz                      | secret
                <MovingFactor>1           | <MovingFactor>-1              | hotp.counter
                <MovingFactor>1           | <MovingFactor>1</MovingFactor><MovingFactor>2 | null
                <MovingFactor>1           | <TimeStep>30</TimeStep><MovingFactor>1 | null
                <Seed>                    | <Seed>00</Seed><Seed>         | null
                </Token>                  | <OTPLength>six</OTPLength></Token> | otpLength
                """)
        void isNamedByWhatItIsAbout(String piece, String other, String target) {
            Rows rows = read(TOKEN + with(piece, other) + TOKEN);
            assertThat(rows.all.get(1).faults()).isNotEmpty();
            assertThat(String.valueOf(rows.all.get(1).faults().get(0).target())).isEqualTo(target);
            assertThat(rows.good()).containsExactly(1, 3);
        }

        @Test
        void twoSeedsAreNotChosenBetween() {
            Rows rows = read(with("</Applications>", APPLICATION + "</Applications>"));
            assertThat(rows.faults()).contains("more than one Application with a Seed");
        }

        @Test
        void withAllThatIsWrong() {
            String broken = with(SEED, "x").replace("serial=", "number=").replace("r>1<", "r>one<");
            assertThat(read(broken, Hints.NONE).targets())
                    .containsExactly("serialNumber", "secret", "otpLength", "hotp.counter");
        }

        @Test
        void aSeedAsLongAsOneOfSha256IsAskedAbout() {
            assertThat(read(with(SEED, "ab".repeat(32))).targets()).containsExactly("hashAlgorithm");
        }

        @Test
        void noSeedIsShown() {
            assertThat(read(with("Pass fob", SEED)).only().cells().toString()).doesNotContain(SEED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Token/>",
                "<Tokens><Key/></Tokens>",
                "<Tokens><Token></Tokens>",
                "<!DOCTYPE Tokens [<!ENTITY e 'x'>]><Tokens><Token serial='1'>&e;</Token></Tokens>",
                "<Tokens><Token>&nbsp;</Token></Tokens>",
                "serial,key",
                ""
            })
    void anotherFileIsRefused(String file) {
        assertThatThrownBy(() -> Rows.of(new SafeNetXml(SIX_DIGITS), file)).isInstanceOf(Problem.InvalidRequest.class);
    }
}
