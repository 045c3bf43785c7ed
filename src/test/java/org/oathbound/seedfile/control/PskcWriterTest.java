package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.oathbound.seedfile.control.PskcSample.key;
import static org.oathbound.seedfile.control.PskcSample.tokens;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.PskcTools;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Protection;
import org.oathbound.seedfile.entity.SeedKey;

@Tag("slow")
class PskcWriterTest {

    private static final String HOTP_SECRET = PskcSample.SECRET;
    private static final String TOTP_SECRET = HOTP_SECRET + "313233343536373839303132";
    private static final String AES_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String PASSWORD = "correct horse b\u00e4ttery";

    private static final SeedKey FOB = new SeedKey(
            "2308734700388",
            "Token & Co <\u00e9>",
            "c100",
            Instant.parse("2031-05-01T00:00:00Z"),
            null,
            null,
            null,
            "HmacSHA1",
            8,
            secret(HOTP_SECRET),
            new SeedKey.Counter(123_456_789_012L));
    private static final SeedKey CLOCK = new SeedKey(
            "AB-1",
            null,
            null,
            null,
            null,
            null,
            "UID=jdoe",
            "HmacSHA256",
            6,
            secret(TOTP_SECRET),
            new SeedKey.TimeStep(60, -3));

    private static SecretKey secret(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), "RAW");
    }

    private static String written(FileKey key, SeedKey... keys) {
        return written(key, Protection.AES_CBC_HMAC_SHA_256, keys);
    }

    private static String written(FileKey key, Protection protection, SeedKey... keys) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PskcWriter writer = new PskcWriter(out, key, protection);
        List.of(keys).forEach(writer::key);
        writer.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    private static void assertBoth(List<JsonObject> tokens) {
        assertThat(tokens)
                .containsExactly(
                        json("{'serialNumber':'2308734700388','manufacturer':'Token & Co <\u00e9>','model':'c100',"
                                + "'expiresAt':'2031-05-01T00:00:00Z','type':'HOTP','hashAlgorithm':'HmacSHA1',"
                                + "'otpLength':8,'secret':'" + HOTP_SECRET
                                + "','hotp':{'counter':123456789012},'rowNumber':1}"),
                        json("{'serialNumber':'AB-1','type':'TOTP','hashAlgorithm':'HmacSHA256','otpLength':6,"
                                + "'secret':'" + TOTP_SECRET + "','totp':{'timeStep':60,'drift':-3},'rowNumber':2}"));
    }

    @Nested
    @DisplayName("What is written for privacyIDEA and LinOTP has AES-128-CBC with HMAC-SHA-1")
    class ForLeavers {

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void andReadsTheSame(boolean byPassword) {
            FileKey key = byPassword ? new FileKey.Password("correct horse battery") : FileKey.PreShared.ofHex(AES_128);
            String file = written(key, Protection.AES_128_CBC_HMAC_SHA_1, FOB, CLOCK);
            assertThat(file).contains("xmlenc#aes128-cbc", "xmldsig#hmac-sha1").doesNotContain("hmac-sha256", "aes256");
            assertBoth(tokens(file, Hints.NONE, key));
        }

        @Test
        void butNoLongerKey() {
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class,
                            () -> written(
                                    FileKey.PreShared.ofHex(AES_128 + AES_128), Protection.AES_128_CBC_HMAC_SHA_1)))
                    .hasMessageContaining("16 bytes");
        }
    }

    @Nested
    @DisplayName("What is written reads the same")
    class RoundTrip {

        @ParameterizedTest
        @ValueSource(strings = {AES_128, AES_128 + "1011121314151617", AES_128 + AES_128})
        void withAKey(String hex) {
            String file = written(key(hex), FOB, CLOCK);
            assertThat(file).contains("#aes" + hex.length() * 4 + "-cbc");
            assertBoth(tokens(file, Hints.NONE, key(hex)));
        }

        @Test
        void withAPassword() {
            String file = written(new FileKey.Password(PASSWORD), FOB, CLOCK);
            assertThat(file).contains("#aes256-cbc", "<IterationCount>600000<");
            assertBoth(tokens(file, Hints.NONE, new FileKey.Password(PASSWORD)));
        }

        @Test
        void theOwnerIsInTheCells() {
            List<SeedRow> rows = PskcSample.rows(written(key(), CLOCK), Hints.NONE, key());
            assertThat(rows.get(0).cells().get(5)).isEqualTo("UID=jdoe");
        }

        @Test
        void whatXmlCanNotWriteIsReplaced() {
            SeedKey odd = new SeedKey(
                    "1",
                    "a\u0001b\uFFFEc\uD800d",
                    null,
                    null,
                    null,
                    null,
                    null,
                    "HmacSHA1",
                    6,
                    secret(HOTP_SECRET),
                    new SeedKey.Counter(0));
            assertThat(tokens(written(key(), odd), Hints.NONE, key()).get(0).getString("manufacturer"))
                    .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
        }
    }

    @Nested
    @DisplayName("Others read the same, and find that it is as RFC 6030's schema wants it")
    class Others {

        private static final List<String> EXPECTED = List.of(
                "2308734700388|" + HOTP_SECRET + "|hotp|HMAC-SHA1|8|123456789012|||Token & Co <\u00e9>|c100|"
                        + "2031-05-01T00:00:00+00:00|",
                "AB-1|" + TOTP_SECRET + "|totp|HMAC-SHA256|6||60|-3||||UID=jdoe");

        @ParameterizedTest
        @ValueSource(strings = {AES_128, AES_128 + "1011121314151617", AES_128 + AES_128})
        void withAKey(String hex) {
            PskcTools.mustBeThere();
            byte[] file = written(key(hex), FOB, CLOCK).getBytes(StandardCharsets.UTF_8);
            assertThat(PskcTools.read(file, "key", hex)).isEqualTo(EXPECTED);
            PskcTools.validate(file);
        }

        @Test
        void withAPassword() {
            PskcTools.mustBeThere();
            byte[] file = written(new FileKey.Password(PASSWORD), FOB, CLOCK).getBytes(StandardCharsets.UTF_8);
            assertThat(PskcTools.read(file, "password", PASSWORD)).isEqualTo(EXPECTED);
            PskcTools.validate(file);
        }
    }

    @Nested
    @DisplayName("Secrets are never in the clear")
    class Secrets {

        @Test
        void notInTheFile() {
            assertThat(written(key(), FOB, CLOCK).replaceAll("\\s", ""))
                    .doesNotContain("MTIzNDU2Nzg5", "1234567890123456789", HOTP_SECRET, "PlainValue>MT");
        }

        @Test
        void notInTheRecord() {
            assertThat(FOB).hasToString("SeedKey[2308734700388]");
        }

        @Test
        void withoutAKeyNothingIsWritten() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (FileKey key : List.of(new FileKey.None(), key("0001"))) {
                assertThat(catchThrowableOfType(
                                IllegalArgumentException.class,
                                () -> new PskcWriter(out, key, Protection.AES_CBC_HMAC_SHA_256)))
                        .isNotNull();
            }
            assertThat(out.size()).isZero();
        }

        @Test
        void noTwoFilesAreAlike() {
            Pattern values = Pattern.compile("CipherValue>([^<]+)<");
            assertThat(written(key(), FOB, FOB) + written(key(), FOB))
                    .satisfies(both -> assertThat(values.matcher(both).results().map(result -> result.group(1)))
                            .hasSize(5)
                            .doesNotHaveDuplicates());
        }
    }

    @Nested
    @DisplayName("What is broken off does not look whole")
    class BrokenOff {

        @Test
        void withoutItsEndItIsNoFile() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new PskcWriter(out, key(), Protection.AES_CBC_HMAC_SHA_256).key(FOB);
            assertThat(catchThrowableOfType(
                            Problem.InvalidRequest.class,
                            () -> tokens(out.toString(StandardCharsets.UTF_8), Hints.NONE, key())))
                    .isNotNull();
        }

        @Test
        void aStreamThatFailsIsTold() {
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("no space");
                }
            };
            assertThat(catchThrowableOfType(UncheckedIOException.class, () -> {
                        PskcWriter writer = new PskcWriter(full, key(), Protection.AES_CBC_HMAC_SHA_256);
                        writer.key(FOB);
                        writer.end();
                    }))
                    .isNotNull();
        }
    }
}
