package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.it.Confidential.Kind;

@DisplayName("The search for what must not be in a log")
class LogSearchTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJlbnYiOiJhYmZiYTgifQ.c2lnbmF0dXJl-W9mX2l0";
    private static final Map<String, Kind> VALUES = Map.of(
            "755224",
            Kind.CODE,
            "00000000",
            Kind.CODE,
            "correct horse battery staple",
            Kind.PASSWORD,
            "caf\u00e9 au lait, s'il",
            Kind.PASSWORD,
            TOKEN,
            Kind.ACCESS_TOKEN,
            "+/ab+cdefghijk==",
            Kind.KEY);

    private final LogSearch search = new LogSearch(VALUES);

    @Test
    void namesFileLineAndKindAndNotTheValue(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("it.log");
        Files.writeString(log, "Started.\nThe code is 755224.\nhe said \"caf\u00e9 au lait, s'il\"\n");
        assertThat(search.in(log)).containsExactly(log + ":2: CODE", log + ":3: PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer " + TOKEN,
                "[" + TOKEN + "]",
                "access_token=" + TOKEN + "&x",
                "password=correct horse battery staple",
                "{\"password\":\"correct horse battery staple\"}",
                "k:+/ab+cdefghijk==,",
                "755224",
                "otp=755224",
                "{\"otp\":\"755224\"}",
                "code 755224, again",
                "code 00000000-1"
            })
    void findsAValueWhereverItStands(String line) {
        assertThat(search.in(line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse",
                "battery staple",
                "eyJhbGciOiJSUzI1NiJ9.another",
                "Thread-755224",
                "Object@755224",
                "12:00:10.755224Z",
                "1755224",
                "7552245",
                "a755224",
                "/00000000-0000-4000-8000-00000000e001/as/token"
            })
    void andNothingWhereItIsSomethingElse(String line) {
        assertThat(search.in(line)).isEmpty();
    }

    @Nested
    @DisplayName("knows what a test has sent and was told")
    class Noted {

        private boolean isFound(String text) {
            return !new LogSearch(Confidential.known()).in(text).isEmpty();
        }

        @Test
        void inHeaders() {
            Confidential.note(HttpRequest.newBuilder(URI.create("http://localhost/"))
                    .header("Authorization", "Basic YXBwOm5vYm9keS1ndWVzc2VzLXRoaXM=")
                    .build());
            assertThat(isFound("Basic YXBwOm5vYm9keS1ndWVzc2VzLXRoaXM=")).isTrue();
            assertThat(isFound("secret: nobody-guesses-this")).isTrue();
        }

        @Test
        void inBodies() {
            Confidential.note(HttpRequest.newBuilder(URI.create("http://localhost/"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"tokens\":[{\"serialNumber\":\"A-SERIAL-NUMBER\","
                            + "\"secret\":\"00112233445566778899aabbccddeeff\"}],\"otps\":[\"918273\"],"
                            + "\"password\":{\"value\":\"a rather long one\"}}"))
                    .build());
            assertThat(isFound("00112233445566778899AABBCCDDEEFF")).isTrue();
            assertThat(isFound("00112233445566778899aabbccddeeff")).isTrue();
            assertThat(isFound("ABEiM0RVZneImaq7zN3u/w")).isTrue();
            assertThat(isFound("918273")).isTrue();
            assertThat(isFound("a rather long one")).isTrue();
            assertThat(isFound("A-SERIAL-NUMBER")).isFalse();
        }

        @Test
        void inFormsAndFiles() {
            Confidential.noteBody(Oathbound.FORM, "client_secret=s3cret%2Bwith%2Fsigns&grant_type=client_credentials");
            Confidential.noteBody("text/csv", "A1;ffeeddccbbaa99887766554433221100;HOTP\n");
            assertThat(isFound("s3cret+with/signs")).isTrue();
            assertThat(isFound("s3cret%2Bwith%2Fsigns")).isTrue();
            assertThat(isFound("grant_type=client_credentials")).isFalse();
            assertThat(isFound("FFEEDDCCBBAA99887766554433221100")).isTrue();
        }

        @Test
        void inAnswers() {
            Confidential.noteBody(
                    "application/json", "{\"access_token\":\"" + TOKEN + "\",\"maskedSecret\":\"6E********\"}");
            Confidential.noteBody("", "{\"keyUri\":\"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&issuer=y\"}");
            assertThat(isFound(TOKEN)).isTrue();
            assertThat(isFound("GEZDGNBVGY3TQOJQ")).isTrue();
            assertThat(isFound("6E********")).isFalse();
        }

        @Test
        void butNoSettingThatIsAboutPasswords() {
            Confidential.noteBody("application/json", "{\"enrolByPassword\":\"UNTIL_FIRST_CODE\"}");
            assertThat(isFound("UNTIL_FIRST_CODE")).isFalse();
        }

        @Test
        void andTheKeysOfAServer() {
            Confidential.noteKeys(
                    "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"of-a-server\",\"k\":\"bm9ib2R5LWhhcy10aGlz\"}]}");
            assertThat(isFound("bm9ib2R5LWhhcy10aGlz")).isTrue();
            assertThat(isFound("of-a-server")).isFalse();
        }
    }
}
