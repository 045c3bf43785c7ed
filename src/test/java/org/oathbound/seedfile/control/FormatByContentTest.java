package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Format;

class FormatByContentTest {

    private static final String SECRET = "3132333435363738393031323334353637383930";

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] checked(Format said, byte[] file) throws IOException {
        return FormatByContent.checked(said, new ByteArrayInputStream(file)).readAllBytes();
    }

    private static void assertRead(Format said, String text) throws IOException {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        assertThat(checked(said, file)).isEqualTo(file);
    }

    private static void assertRefused(Format said, byte[] file, String sentence) {
        assertThatThrownBy(() -> checked(said, file))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContaining(sentence);
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Nested
    @DisplayName("A file of another format than was said is refused, with the format that it has")
    class OtherFormat {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                <KeyContainer xmlns='urn:x'/>                                       | PSKC
                <?xml version='1.0'?><!-- <Tokens> --> <pskc:KeyContainer Id='1'>   | PSKC
                <keycontainer version='1.0'>                                        | PSKC
                <Tokens><Token serial='1'/></Tokens>                                | SAFENET_XML
                'dn: sccAuthenticatorId=F1\\nsccTokenData: sccKey=00;'               | SAFEWORD_DAT
                '# records\\ndn: cn=F1\\nobjectclass: x\\nsccAuthenticatorId: F1'      | SAFEWORD_DAT
                'version: 1\\n\\ndn: ipatokenuniqueid=1,cn=otp'                       | FREEIPA_LDIF
                'dn: uid=a\\nds-auth-totp-shared-secret: MFRGG'                      | PINGDIRECTORY_LDIF
                'n/a, OATH0001, 3132333435363738393031323334353637383930, hotp, 6'   | PRIVACYIDEA_CSV
                'serial number,secret key,time interval,manufacturer,model'         | ENTRA_CSV
                'LOGGING START,7/29/2026 11:10,,,'                                  | YUBICO_CSV
                'OATH-HOTP,11.12.26 18:55,1,cccccccccccc,,916821d3a138bf855e70069605559a206ba854cd' | YUBICO_CSV
                """)
        void byWhatItBeginsWith(String text, Format format) throws IOException {
            String file = text.replace("\\n", "\n");
            for (Format said : Format.values()) {
                if (said == format) {
                    assertRead(said, file);
                } else {
                    assertRefused(said, file.getBytes(StandardCharsets.UTF_8), "say format=" + format + ".");
                }
            }
            assertThat(FormatByContent.named(stream(file)))
                    .hasValueSatisfying(sentence -> assertThat(sentence).endsWith("say format=" + format + "."));
        }

        @Test
        void inOtherWords() {
            assertRefused(
                    Format.OATH_CSV,
                    "<KeyContainer/>".getBytes(StandardCharsets.UTF_8),
                    "The file is a PSKC container");
            assertRefused(Format.PSKC, "dn: cn=x\ncn: x\n".getBytes(StandardCharsets.UTF_8), "The file is LDIF");
            assertRefused(Format.OATH_CSV, "<a/>".getBytes(StandardCharsets.UTF_8), "The file is XML");
        }

        @Test
        void xmlMayBeUtf16() {
            assertRefused(Format.OATH_CSV, "<Tokens/>".getBytes(StandardCharsets.UTF_16), "say format=SAFENET_XML");
        }

        @Test
        void whatItsReaderSaysMoreAboutIsLeftToIt() throws IOException {
            assertRead(Format.PSKC, "<SecretContainer/>");
            assertRead(Format.PSKC, "<!DOCTYPE a [<!ENTITY b 'c'>]><KeyContainer/>");
            assertRead(Format.FREEIPA_LDIF, "dn: cn=x\ncn: x\n");
            assertRead(Format.SAFENET_XML, "");
        }
    }

    @Nested
    @DisplayName("A file that is no seed file is refused by what it is")
    class NoSeedFile {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                255044462d312e37                 | a PDF document
                d0cf11e0a1b11ae100000000         | an Excel workbook or another Office document
                1f8b0800                         | compressed
                377abcaf271c0004                 | a 7z archive
                85010c03aabb                     | encrypted with PGP
                8c0d0409aabb                     | encrypted with PGP
                """)
        void inBytes(String hex, String sentence) {
            for (Format said : Format.values()) {
                assertRefused(said, HexFormat.of().parseHex(hex), sentence);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                -----BEGIN PGP MESSAGE-----                        | PGP
                -----BEGIN CERTIFICATE-----                        | a certificate or a key
                <!DOCTYPE html><html lang='en'>                    | a web page
                <html>                                             | a web page
                {"type": "CREATE_OATH_TOKENS"}                     | JSON
                [{"serialNumber": "1"}]                            | JSON
                """)
        void inText(String text, String sentence) {
            for (Format said : Format.values()) {
                assertRefused(said, ("\uFEFF \r\n" + text).getBytes(StandardCharsets.UTF_8), sentence);
            }
        }

        @Test
        void archivesByTheNamesInThem() throws IOException {
            assertRefused(
                    Format.OATH_CSV,
                    zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"),
                    "The file is an Excel workbook; save it as CSV.");
            assertRefused(Format.OATH_CSV, zip("[Content_Types].xml", "word/document.xml"), "an Office document");
            assertRefused(Format.PSKC, zip("seeds.xml"), "a ZIP archive; unpack it");
        }
    }

    @Nested
    @DisplayName("As OATH_CSV a file is refused whose first lines have no token")
    class Prose {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "# Title\n\nTokens, keys, and so on.\nIt reads HOTP, TOTP, and more, in 2026, or later.\n",
                    "Internationalization, documentationdocumentation\n",
                    "one line",
                    "Dear all,\n\nplease find, attached, this that with from.\n",
                    "S1,12\nS2,34\n"
                })
        void textIsNoSeedFile(String text) {
            assertRefused(Format.OATH_CSV, text.getBytes(StandardCharsets.UTF_8), "None of the first lines");
        }

        @Test
        void alsoWhereAnExampleStandsFurtherDown() {
            String text = "Some words about seed files.\n".repeat(12) + "S1," + SECRET + ",hotp,6,0\n";
            assertRefused(Format.OATH_CSV, text.getBytes(StandardCharsets.UTF_8), "None of the first lines");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "S1," + SECRET,
                    "S1;" + SECRET + ";hotp;6",
                    "# version: 2\nhans,ldap,office,S1," + SECRET + ",hotp,6,41\n",
                    "# version: 2\n,,,S1,12,totp,6,30\n",
                    "serial,key\nS1,1.23E+19\n",
                    "key,serial\n" + SECRET + ",S1\n",
                    "S1,1.23E+19,totp,6\n",
                    "S1,GEZDGNBVGY3TQOJQ\n",
                    "S1,gezd gnbv gy3t qojq gezd\n",
                    "a heading\nS1," + SECRET,
                    "",
                    "\n",
                    "# nothing\n"
                })
        void tablesAreRead(String text) throws IOException {
            assertRead(Format.OATH_CSV, text);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OATH_CSV")
        void otherFormatsSayThemselvesWhatTheyMiss(Format format) throws IOException {
            assertRead(format, "one line");
        }
    }

    @Test
    void ofALongFileEachByteIsStillThere() throws IOException {
        assertRead(Format.OATH_CSV, ("S1," + SECRET + ",hotp,6,0,\u00e9\n").repeat(1_000));
        assertRead(Format.OATH_CSV, "S1," + SECRET + "," + "x".repeat(FormatByContent.HEAD_BYTES));
        assertRead(Format.YUBICO_CSV, "\n".repeat(FormatByContent.HEAD_BYTES + 1));
    }

    @Test
    void whatIsNotKnownHasNoName() {
        assertThat(FormatByContent.named(stream("S1," + SECRET))).isEmpty();
        assertThat(FormatByContent.named(stream("<<<"))).isEmpty();
    }

    @Test
    void aFileThatBreaksOffIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> FormatByContent.checked(Format.PSKC, broken))
                .isInstanceOf(Problem.InvalidRequest.class);
    }
}
