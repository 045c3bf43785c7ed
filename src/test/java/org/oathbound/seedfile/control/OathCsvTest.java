package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.seedfile.control.Rows.json;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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

class OathCsvTest {

    private static final String KEY = "3132333435363738393031323334353637383930";
    private static final String HIDDEN = "31******";

    @Nested
    @DisplayName("serial, key, type, length, step-or-counter")
    class Tokens {

        @Test
        void hotpWithItsCounter() {
            assertThat(read("H1," + KEY + ",hotp,6,42").token())
                    .isEqualTo(json("{\"serialNumber\":\"H1\",\"secret\":\"" + KEY
                            + "\",\"type\":\"HOTP\",\"otpLength\":6,\"hotp\":{\"counter\":42},\"rowNumber\":1}"));
        }

        @ParameterizedTest
        @ValueSource(ints = {30, 60})
        void totpWithItsTimeStep(int step) {
            assertThat(read("T1," + KEY + ",totp,8," + step).token())
                    .isEqualTo(json("{\"serialNumber\":\"T1\",\"secret\":\"" + KEY
                            + "\",\"type\":\"TOTP\",\"otpLength\":8,\"rowNumber\":1,\"totp\":{\"timeStep\":" + step
                            + "}}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"H1,%s,HOTP,6", "H1,%s,Hotp,6,", "H1,%s,hmac,6,,", "H1,%s,hotp,6,,,,"})
        void aCounterThatIsNotSaidIsLeftToTheToken(String row) {
            assertThat(read(row.formatted(KEY)).token()).doesNotContainKey("hotp");
        }

        @ParameterizedTest
        @CsvSource({"sha1,HmacSHA1", "SHA256,HmacSHA256", "HmacSHA512,HmacSHA512", "hmac-sha-256,HmacSHA256"})
        void theHashAlgorithmMayStandBehind(String text, String name) {
            assertThat(read("T1," + KEY + ",totp,6,30," + text).token().getString("hashAlgorithm"))
                    .isEqualTo(name);
        }

        @Test
        void aHeaderIsPassedOverAndSaysTheOrder() {
            Rows rows = read("Serial;Type;Length;Time Step;Key\nT1;totp;6;60;" + KEY);
            assertThat(rows.columns).containsExactly("Serial", "Type", "Length", "Time Step", "Key");
            assertThat(rows.only().number()).isEqualTo(2);
            assertThat(rows.only().cells()).containsExactly("T1", "totp", "6", "60", HIDDEN);
            assertThat(rows.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
            assertThat(rows.token().getString("secret")).isEqualTo(KEY);
        }

        @Test
        void withoutAHeaderTheColumnsHaveTheirUsualNames() {
            assertThat(read("").columns).containsExactly("serial", "key", "type", "length", "step-or-counter", "hash");
            assertThat(read("").all).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"serial,key,type,length,PIN\n", "serial,key,type,type\n", "serial,key,counter,step\n"})
        void aHeaderThatCantBeUnderstoodIsRefused(String header) {
            assertThatThrownBy(() -> read(header))
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining("header");
        }
    }

    @Nested
    @DisplayName("# version: 2 has the user before")
    class Version2 {

        @Test
        void theUserOwnsTheToken() {
            Rows rows = read("# version: 2\njane,ldap,corp,T1," + KEY + ",totp,6,30\n,,,T2," + KEY + ",hotp,6,7");
            assertThat(rows.columns).startsWith("user", "resolver", "realm", "serial", "key");
            assertThat(rows.all.get(0).owner()).isEqualTo(new Owner("jane", Owner.Status.ACTIVE));
            assertThat(rows.token(0).getString("serialNumber")).isEqualTo("T1");
            assertThat(rows.all.get(0).cells())
                    .containsExactly("jane", "ldap", "corp", "T1", HIDDEN, "totp", "6", "30");
            assertThat(rows.all.get(1).owner()).isNull();
            assertThat(rows.token(1).getString("serialNumber")).isEqualTo("T2");
        }

        @Test
        void withAByteOrderMarkAndCrLf() {
            Rows rows = read("\uFEFF#version:2\r\njane,,,T1," + KEY + ",totp,6,30\r\n");
            assertThat(rows.only().owner()).isEqualTo(new Owner("jane", Owner.Status.ACTIVE));
        }

        @Test
        void version1HasNoUser() {
            assertThat(read("# version: 1\nT1," + KEY + ",totp,6,30").token().getString("serialNumber"))
                    .isEqualTo("T1");
        }

        @Test
        void anyOtherVersionIsRefused() {
            assertThatThrownBy(() -> read("# version: 3\nT1," + KEY + ",totp,6,30"))
                    .isInstanceOf(Problem.InvalidRequest.class);
        }
    }

    @Nested
    @DisplayName("What the file leaves open is asked for, and a hint never overrules it")
    class Open {

        @Test
        void theTimeStep() {
            String row = "T1," + KEY + ",totp,6,";
            assertThat(read(row).targets()).containsExactly("totp.timeStep");
            assertThat(read(row).faults()).contains("parameter timeStep");
            Rows told = read(row, new Hints(null, null, null, 60, null));
            assertThat(told.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
        }

        @Test
        void sixtyAndThirtyAreNeverConfused() {
            Rows rows = read("T1," + KEY + ",totp,6,60\nT2," + KEY + ",totp,6", new Hints(null, null, null, 30, null));
            assertThat(rows.token(0).getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
            assertThat(rows.token(1).getJsonObject("totp").getInt("timeStep")).isEqualTo(30);
        }

        @Test
        void theTypeAndTheLength() {
            assertThat(read("T1," + KEY).targets()).containsExactly("type", "otpLength");
            assertThat(read("T1," + KEY).faults()).contains("parameter type");
            assertThat(read("T1," + KEY + ",totp,,30").targets()).containsExactly("otpLength");
            Rows told = read("H1," + KEY, new Hints(null, "HOTP", 6, null, null));
            assertThat(told.token().getString("type")).isEqualTo("HOTP");
            assertThat(told.token().getInt("otpLength")).isEqualTo(6);
        }

        @ParameterizedTest
        @CsvSource({"HOTP,6", "TOTP,8"})
        void aParameterDoesNotChangeWhatARowSays(String type, int length) {
            Rows rows = read("T1," + KEY + ",totp,6,30", new Hints(null, type, length, null, null));
            assertThat(rows.token().getString("type")).isEqualTo("TOTP");
            assertThat(rows.token().getInt("otpLength")).isEqualTo(6);
        }

        @Test
        void norItsHash() {
            Hints hints = new Hints(null, null, null, null, "HmacSHA256");
            assertThat(read("T1," + KEY + ",totp,6,30,sha1", hints).token().getString("hashAlgorithm"))
                    .isEqualTo("HmacSHA1");
            assertThat(read("T1," + KEY + ",totp,6,30", hints).token().getString("hashAlgorithm"))
                    .isEqualTo("HmacSHA256");
        }

        @ParameterizedTest
        @ValueSource(ints = {64, 128})
        void theHashOfAKeyThatIsAsLongAsOneOfSha2(int digits) {
            String row = "T1," + "0f".repeat(digits / 2) + ",totp,6,30";
            assertThat(read(row).targets()).containsExactly("hashAlgorithm");
            assertThat(read(row + ",sha1").token().getString("hashAlgorithm")).isEqualTo("HmacSHA1");
            Hints hints = new Hints(null, null, null, null, "HmacSHA256");
            assertThat(read(row, hints).token().getString("hashAlgorithm")).isEqualTo("HmacSHA256");
        }

        @Test
        void theEncodingRowByRow() {
            String both = "ABCDEF234567ABCDEF234567ABCDEF23";
            Rows rows = read("H1," + KEY + ",hotp,6\nH2," + both + ",hotp,6\nH3,MZXW6YTB,hotp,6");
            assertThat(rows.good()).containsExactly(1, 3);
            assertThat(Rows.targets(rows.all.get(1))).containsExactly("secret");
            assertThat(Rows.faults(rows.all.get(1))).contains("parameter encoding");
            Hints hex = new Hints(SecretEncoding.HEX, null, null, null, null);
            assertThat(read("H2," + both + ",hotp,6", hex).token().getString("secret"))
                    .isEqualTo(both);
            assertThat(read("H3,MZXW6YTB,hotp,6", hex).targets()).containsExactly("secret");
        }
    }

    @Nested
    @DisplayName("A faulty row is named and the others go on")
    class Faults {

        @Test
        void withTheNumberOfItsLine() {
            Rows rows = read("""
                    # from the factory

                    H1,%1$s,hotp,6
                    H2,0ops,hotp,6
                    H3,%1$s,"ho"tp,6
                    "H4
                    ",%1$s,hotp,6
                    H5,%1$s,hotp,6
                    """.formatted(KEY));
            assertThat(rows.numbers()).containsExactly(3, 4, 5, 6, 8);
            assertThat(rows.good()).containsExactly(3, 6, 8);
            assertThat(rows.token(4).getInt("rowNumber")).isEqualTo(8);
            assertThat(Rows.faults(rows.all.get(2))).contains("quotes");
            assertThat(rows.all.get(2).cells()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                ,%s,hotp,6          | serialNumber
                H1,,hotp,6          | secret
                H1,%s,motp,6        | type
                H1,%s,hotp,six      | otpLength
                H1,%s,hotp,6,-1     | hotp.counter
                H1,%s,hotp,6,1e3    | hotp.counter
                H1,%s,hotp,6,+5     | hotp.counter
                H1,%s,hotp,6,٣      | hotp.counter
                H1,%s,hotp,6,9999999999999999999 | hotp.counter
                T1,%s,totp,6,30s    | totp.timeStep
                T1,%s,totp,6,4294967326 | totp.timeStep
                T1,%s,totp,6,30,md5 | hashAlgorithm
                """)
        void byTheMemberItIsAbout(String row, String target) {
            Rows rows = read(row.formatted(KEY));
            assertThat(rows.targets()).containsExactly(target);
            assertThat(rows.good()).isEmpty();
        }

        @Test
        void allOfThemAtOnce() {
            assertThat(read(",x!,totp,a,b,c").targets())
                    .containsExactly("serialNumber", "secret", "otpLength", "hashAlgorithm", "totp.timeStep");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ocra", "OCRA2", "ocra-1:HOTP-SHA1-6:QN08"})
        void ocraIsNotSupported(String type) {
            assertThat(read("O1," + KEY + "," + type + ",OCRA-1:HOTP-SHA1-6:QN08")
                            .faults())
                    .contains("OCRA", "not supported");
        }

        @Test
        void moreColumnsThanTheFormatHas() {
            assertThat(read("H1," + KEY + ",hotp,6,0,sha1,,x").faults()).contains("more columns");
            assertThat(read("H1," + KEY + ",hotp,6,0,sha1,,").good()).containsExactly(1);
        }
    }

    @Nested
    @DisplayName("No cell and no message shows a secret")
    class Secrets {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "%s,H1,hotp,6", // swapped
                    "H1,%s,hotp,6,x",
                    "H1,hotp,%s,6",
                    "H1|%s|hotp|6",
                    "H1,x,hotp,%s",
                    "H1,%s,totp,6,%1$s",
                    "H1,%s,hotp,6,0,sha1,%1$s"
                })
        void whereverItStands(String row) {
            Rows rows = read(row.formatted(KEY));
            assertThat(rows.only().faults()).isNotEmpty();
            assertThat(rows.only().cells().toString()).contains("31***").doesNotContain(KEY.substring(0, 5));
            assertThat(rows.only().faults().toString()).doesNotContain(KEY.substring(0, 5));
        }

        @Test
        void notEvenAsItsSerialNumber() {
            SeedRow row = read("gezd gnbv gy3t qojq,GEZDGNBVGY3TQOJQ,hotp,6").only();
            assertThat(Rows.targets(row)).containsExactly("serialNumber");
            assertThat(row.serialNumber()).isEqualTo("ge******");
            assertThat(row.cells()).startsWith("ge******", "GE******");
        }

        @Test
        void cellsAreCutAtAHundredCharacters() {
            assertThat(read("H1," + KEY + ",hotp,6," + "- ".repeat(100))
                            .only()
                            .cells()
                            .get(4))
                    .hasSize(100);
        }
    }

    @Test
    void aHundredThousandRowsAreReadWithoutBeingHeld() {
        int count = 100_000;
        InputStream many = new SequenceInputStream(Collections.enumeration(IntStream.rangeClosed(1, count)
                .mapToObj(i -> "S" + i + "," + KEY + ",hotp,6," + i + "\r\n")
                .map(line -> (InputStream) new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII)))
                .toList()));
        int[] seen = new int[1];
        new OathCsv(Hints.NONE).read(many, new SeedRows() {
            @Override
            public void columns(List<String> names) {
                assertThat(seen[0]).isZero();
            }

            @Override
            public void row(SeedRow row) {
                seen[0]++;
                if (row.number() != seen[0] || !row.faults().isEmpty()) {
                    throw new AssertionError(row + ": " + row.faults());
                }
            }
        });
        assertThat(seen[0]).isEqualTo(count);
    }

    @Test
    void rowsArePassedOnBeforeTheFileEnds() {
        String row = "S1," + KEY + ",hotp,6\n";
        Rows rows = new Rows();
        InputStream endless = new Endless(row);
        assertThatThrownBy(() -> new OathCsv(Hints.NONE).read(endless, rows)).isInstanceOf(AssertionError.class);
        assertThat(rows.all).hasSizeGreaterThan(1_000);
    }

    private static Rows read(String text) {
        return read(text, Hints.NONE);
    }

    private static Rows read(String text, Hints hints) {
        return Rows.of(new OathCsv(hints), text);
    }
}
