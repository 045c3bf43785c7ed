package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.oathbound.seedfile.control.PskcSample.CLEAR;
import static org.oathbound.seedfile.control.PskcSample.figure;
import static org.oathbound.seedfile.control.PskcSample.rows;
import static org.oathbound.seedfile.control.PskcSample.with;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

class PskcXmlTest {

    private static final String HEAD = "<KeyContainer Version='1.0' xmlns='urn:ietf:params:xml:ns:keyprov:pskc'>";

    private static Problem.InvalidRequest refused(String file) {
        return refused(file.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem.InvalidRequest refused(byte[] file) {
        Problem.InvalidRequest problem =
                catchThrowableOfType(Problem.InvalidRequest.class, () -> rows(file, Hints.NONE, CLEAR));
        assertThat(problem).isNotNull();
        assertThat(problem.details()).hasSize(1);
        return problem;
    }

    @Nested
    @DisplayName("XML has no DOCTYPE, no entities, no network")
    class Hostile {

        private static final String NO_DOCTYPE = "The file has a DOCTYPE or an entity";

        /** Figure 3, behind that declaration, and with that in place of the manufacturer. */
        private static String figure3(String declaration, String manufacturer) {
            String file = with(figure(3), ">Manufacturer<", ">" + manufacturer + "<");
            return with(file, "<KeyContainer", declaration + "<KeyContainer");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<!DOCTYPE KeyContainer>",
                    "<!DOCTYPE KeyContainer []>",
                    "<!DOCTYPE KeyContainer [<!ENTITY e 'x'>]>",
                    "<!DOCTYPE KeyContainer [<!ELEMENT Key ANY>]>",
                    "<!DOCTYPE KeyContainer [<!ATTLIST Key Algorithm CDATA 'x'>]>"
                })
        void noDoctype(String declaration) {
            assertThat(refused(figure3(declaration, "M"))).hasMessageStartingWith(NO_DOCTYPE);
        }

        @Test
        void noExpansion() {
            StringBuilder laughs = new StringBuilder("<!DOCTYPE KeyContainer [<!ENTITY a0 'lol'>");
            for (int i = 1; i < 30; i++) {
                String before = "&a" + (i - 1) + ";";
                laughs.append("<!ENTITY a")
                        .append(i)
                        .append(" '")
                        .append(before.repeat(10))
                        .append("'>");
            }
            assertThat(refused(figure3(laughs + "]>", "&a29;"))).hasMessageStartingWith(NO_DOCTYPE);
        }

        @Test
        void noFileIsRead(@TempDir Path directory) throws IOException {
            Path file = Files.writeString(directory.resolve("secret.txt"), "TheOneThatIsHidden");
            String declaration = "<!DOCTYPE KeyContainer [<!ENTITY e SYSTEM '" + file.toUri() + "'>]>";
            Problem.InvalidRequest problem = refused(figure3(declaration, "&e;"));
            assertThat(problem).hasMessageStartingWith(NO_DOCTYPE);
            assertThat(problem.getMessage()).doesNotContain("Hidden", "secret.txt");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<!DOCTYPE KeyContainer SYSTEM 'URL'>",
                    "<!DOCTYPE KeyContainer PUBLIC 'x' 'URL'>",
                    "<!DOCTYPE KeyContainer [<!ENTITY e SYSTEM 'URL'>]>",
                    "<!DOCTYPE KeyContainer [<!ENTITY % p SYSTEM 'URL'> %p;]>",
                    "<!DOCTYPE KeyContainer SYSTEM 'URL' [<!ENTITY e SYSTEM 'URL'>]>"
                })
        void nothingIsFetched(String declaration) throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String url = "http://127.0.0.1:" + server.getLocalPort() + "/e.dtd";
                String file = figure3(declaration.replace("URL", url), declaration.contains("ENTITY e") ? "&e;" : "M");
                assertThat(refused(file)).hasMessageStartingWith(NO_DOCTYPE);
                assertNobodyCalls(server);
            }
        }

        @Test
        void hintsAtOtherPlacesAreOfNoConcern() throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
                String file = figure3("<?xml-stylesheet href='" + url + "'?>", "M")
                        .replace(
                                "Version=\"1.0\" Id",
                                "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:x " + url
                                        + "' Version=\"1.0\" Id")
                        .replace(
                                "<CryptoModuleInfo>",
                                "<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='" + url
                                        + "'/><CryptoModuleInfo>");
                assertThat(file).contains("schemaLocation", "x:include");
                assertThat(PskcSample.token(file).getString("manufacturer")).isEqualTo("M");
                assertNobodyCalls(server);
            }
        }

        private static void assertNobodyCalls(ServerSocket server) throws IOException {
            server.setSoTimeout(50);
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept))
                    .isNotNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"&e;", "&nbsp;", "a&e;b"})
        void noEntityThatNobodyDeclared(String manufacturer) {
            refused(figure3("", manufacturer));
            refused(with(figure(3), "Id=\"12345678\"", "Id=\"" + manufacturer + "\""));
        }
    }

    @Nested
    @DisplayName("What is too large is refused at once")
    class Endless {

        private static final long GIBIBYTE = 1L << 30;

        /** A beginning, and then the same again and again; it counts what is taken of it. */
        private static final class Source extends InputStream {
            private final ByteArrayInputStream start;
            private final byte[] piece;
            private long taken;

            Source(String start, String piece) {
                this.start = new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8));
                this.piece = piece.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public int read() {
                int next = start.read();
                if (next >= 0) {
                    return next;
                }
                return taken >= GIBIBYTE ? -1 : piece[(int) (taken++ % piece.length)];
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    int next = read();
                    if (next < 0) {
                        return i == 0 ? -1 : i;
                    }
                    buffer[offset + i] = (byte) next;
                }
                return length;
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    HEAD + "<KeyPackage><Key Id='1'><Data><Secret><PlainValue>|A",
                    HEAD + "<KeyPackage><Key Id='1'><Data><Secret><PlainValue><![CDATA[|A",
                    HEAD + "<KeyPackage><Key Id='|A",
                    HEAD + "<KeyPackage><|A",
                    HEAD + "<KeyPackage>|<Key/>",
                    HEAD + "<KeyPackage><Key>|<!-- c -->",
                    HEAD + "<KeyPackage><!--|A",
                    HEAD + "<KeyPackage><?x |A",
                    HEAD + "<EncryptionKey>|<a/>",
                    HEAD + "<MACMethod>|x",
                    HEAD + "<Signature>|x",
                    HEAD + "<Extensions>|<Extensions></Extensions>",
                    HEAD + "| ",
                    HEAD + "|<!-- -->",
                    "<KeyContainer Version='|1",
                    "<KeyContainer |a",
                    "<!--|x",
                    "| ",
                    "<?xml version='1.0'?>|<?x y?>"
                })
        void refusedAtOnce(String pieces) {
            String[] both = pieces.split("\\|", 2);
            Source source = new Source(both[0], both[1]);
            Throwable thrown = catchThrowableOfType(
                    Problem.class, () -> PskcSample.read(source, Hints.NONE, CLEAR, new ArrayList<>()));
            assertThat(thrown).isInstanceOfAny(Problem.TooLarge.class, Problem.InvalidRequest.class);
            assertThat(source.taken).isLessThan(128 * 1024);
        }

        @Test
        void aKeyOfOneGibibyteIsTooLarge() {
            Source source = new Source(HEAD + "<KeyPackage><Key Id='1'><Data><Secret><PlainValue>", "A");
            assertThat(catchThrowableOfType(
                            Problem.TooLarge.class,
                            () -> PskcSample.read(source, Hints.NONE, CLEAR, new ArrayList<>())))
                    .isNotNull();
        }

        @Test
        void depthIsBounded() {
            String deep = "<a>".repeat(17) + "</a>".repeat(17);
            assertThat(refused(HEAD + "<KeyPackage>" + deep + "</KeyPackage></KeyContainer>"))
                    .hasMessageStartingWith("The file is deeper than 16 levels at line 1, column ");
        }

        @Test
        void manyPackagesAreNotTooLarge() {
            String file = figure(3);
            int start = file.indexOf("<KeyPackage>");
            int end = file.indexOf("</KeyContainer>");
            String many = file.substring(0, start) + file.substring(start, end).repeat(1000) + file.substring(end);
            assertThat(many.length()).isGreaterThan(10 * RowLimit.BYTES);
            assertThat(rows(many)).hasSize(1000).allMatch(row -> row.faults().isEmpty());
        }

        @Test
        void whatWasReadBeforeIsPassedOn() {
            List<SeedRow> rows = new ArrayList<>();
            String file = figure(10);
            InputStream body = new SequenceInputStream(
                    new ByteArrayInputStream(
                            file.substring(0, file.indexOf("</KeyContainer>")).getBytes(StandardCharsets.UTF_8)),
                    new Source("<KeyPackage><Key Id='", "A"));
            assertThat(catchThrowableOfType(
                            Problem.TooLarge.class, () -> PskcSample.read(body, Hints.NONE, CLEAR, rows)))
                    .isNotNull();
            assertThat(rows).hasSize(4);
        }
    }

    @Nested
    @DisplayName("What is no PSKC file is told so")
    class Malformed {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{}",
                    "<KeyContainer",
                    "<a/>",
                    "<KeyContainer Version='1.0'/>",
                    "<SecretContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc' Version='1.0'/>",
                    "<KeyContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc:2.0' Version='1.0'/>",
                    "<keycontainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc' Version='1.0'/>",
                    "<KeyContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc'/>",
                    "<KeyContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc' Version='2.0'/>",
                    "<KeyContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc' Version='10'/>",
                    HEAD,
                    HEAD + "</KeyContainer><KeyContainer/>",
                    HEAD + "</KeyContainer>x",
                    HEAD + "<Device/></KeyContainer>",
                    HEAD + "<x:KeyPackage xmlns:x='urn:x'/></KeyContainer>",
                    HEAD + "<EncryptionKey/><EncryptionKey/></KeyContainer>",
                    HEAD + "<MACMethod/><MACMethod/></KeyContainer>",
                    HEAD + "<KeyPackage/><MACMethod/></KeyContainer>",
                    HEAD + "<KeyPackage/><EncryptionKey/></KeyContainer>",
                    HEAD + "<KeyPackage><y:Key/></KeyPackage></KeyContainer>",
                    HEAD + "<KeyPackage><Key Id='1' Id='2'/></KeyPackage></KeyContainer>",
                    HEAD + "<KeyPackage>\u0000</KeyPackage></KeyContainer>",
                    HEAD + "<KeyPackage>&#0;</KeyPackage></KeyContainer>"
                })
        void refusedAltogether(String file) {
            refused(file);
        }

        @Test
        void itsPlaceIsTold() {
            assertThat(refused(with(figure(3), "</Secret>", "</Secrets>")))
                    .hasMessage("The file is not well-formed XML at line 21, column 17.");
        }

        @Test
        void nothingOfItsContentIs() {
            String message = refused(with(figure(3), "</PlainValue>", "</MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=>"))
                    .getMessage();
            assertThat(message).doesNotContain("MTIz", "PlainValue");
        }

        @Test
        void whereverItBreaksOff() {
            byte[] file = figure(6).getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < file.length - 2; length++) {
                refused(Arrays.copyOf(file, length));
            }
        }

        @Test
        void bytesThatAreNoUtf8() {
            byte[] file = with(figure(3), ">Manufacturer<", ">\u00e9<").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(refused(file)).hasMessageStartingWith("The file is not well-formed XML");
        }

        @Test
        void otherEncodingsAreRead() {
            byte[] file = with(with(figure(3), "UTF-8", "UTF-16"), ">Manufacturer<", ">\u00e9<")
                    .getBytes(StandardCharsets.UTF_16);
            assertThat(rows(file, Hints.NONE, CLEAR).get(0).cells().get(2)).isEqualTo("\u00e9");
        }

        /** Bytes changed at random: a row, or a refusal, and never another failure. */
        @Test
        void whateverIsChangedInIt() {
            Random random = new Random(6030);
            byte[] file = figure(6).getBytes(StandardCharsets.UTF_8);
            int refused = 0;
            for (int i = 0; i < 2_000; i++) {
                byte[] changed = file.clone();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    changed[random.nextInt(file.length)] =
                            random.nextBoolean() ? file[random.nextInt(file.length)] : (byte) random.nextInt(256);
                }
                try {
                    rows(changed, Hints.NONE, PskcSample.key());
                } catch (Problem.InvalidRequest e) {
                    refused++;
                }
            }
            assertThat(refused).isBetween(100, 1_999);
        }
    }
}
