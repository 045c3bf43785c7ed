package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.tls.PemPair;

/** A start without any configuration, as an attacker and a user meet it. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class DefaultStartIT {

    private static final int LAST = Integer.MAX_VALUE;
    private static final int PATIENCE_MILLIS = 4_000;

    @TempDir
    static Path folder;

    private static PlainStart server;
    private static final Set<String> ANSWERS_OF_THE_START = new TreeSet<>();

    @BeforeAll
    static void start() {
        server = PlainStart.in(folder, Map.of());
        while (server.isAlive() && server.screen().stream().noneMatch(line -> line.contains("has started"))) {
            ANSWERS_OF_THE_START.add(answerTo("/health/ready"));
            ANSWERS_OF_THE_START.add(answerTo("/v1/environments"));
        }
        server.awaitStarted();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static String answerTo(String path) {
        try {
            return Integer.toString(get(path).statusCode());
        } catch (UncheckedIOException e) {
            return "no connection";
        }
    }

    private static HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What comes back on a connection of its own until the server closes it; ends with "…" when it does not. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            try {
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    answer.append((char) next);
                }
            } catch (SocketTimeoutException e) {
                answer.append('…');
            }
            return answer.toString();
        }
    }

    @Test
    @DisplayName("Only the ports that README names are open (attack 41)")
    void onlyTheNamedPorts() throws IOException {
        assertThat(ListeningSockets.of(server.pid()))
                .containsExactlyInAnyOrder("tcp " + server.httpPort(), "tcp " + server.ldapPort());
        assertThat(Files.readString(Path.of("README.md"))).contains("8080", "1389");
    }

    @Test
    @DisplayName("While it starts nothing answers, or 503; not 404 or 500")
    void nothingHalfIsAnswered() {
        assertThat(ANSWERS_OF_THE_START).isSubsetOf("no connection", "503", "200", "401");
    }

    @Test
    @Order(1)
    void theScreenHasTheBannerAndNothingElse() {
        assertThat(server.screen()).hasSize(4);
        assertThat(server.screen().getFirst())
                .endsWith("Oathbound has started: HTTP at http://localhost:" + server.httpPort()
                        + " (this machine only); LDAP on 127.0.0.1 port " + server.ldapPort()
                        + " (this machine only).");
    }

    @Nested
    @DisplayName("A request that a proxy may read differently is refused, and its connection closed (attack 51)")
    class Framing {

        private static final String NEXT = "GET /health/live HTTP/1.1|Host: a||";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Transfer-Encoding: gzip||",
                    "Transfer-Encoding: gzip|Content-Length: 3||abc",
                    "Transfer-Encoding: xchunked||3|abc|0||",
                    "Transfer-Encoding: chunked, identity||3|abc|0||",
                    "Transfer-Encoding: gzip, chunked||3|abc|0||",
                    "Transfer-Encoding: identity|Transfer-Encoding: chunked||3|abc|0||",
                    "Transfer-Encoding : chunked||3|abc|0||",
                    "Transfer-Encoding: chunked|Content-Length: 3||3|abc|0||",
                    "Content-Length: 3|Content-Length: 4||abcd",
                    "Content-Length: 3|Content-Length: 3||abc",
                    "Content-Length: 3, 3||abc",
                    "Content-Length: +3||abc",
                    "Host: b|Content-Length: 3||abc",
                })
        void withABody(String headersAndBody) throws IOException {
            String answer = raw("POST /x/as/token HTTP/1.1|Host: a|" + headersAndBody + NEXT);
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotEndWith("…");
            assertThat(answer.split("HTTP/1.1 ", -1)).as("answers").hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /health/live HTTP/1.1|Host: a|Host: b||",
                    "GET /health/live HTTP/1.1||",
                    "GET /openapi HTTP/1.1|Host: a|Transfer-Encoding: gzip||",
                    "POST /x/as/token HTTP/1.0|Transfer-Encoding: chunked||3|abc|0||",
                })
        void without(String request) throws IOException {
            assertThat(raw(request)).startsWith("HTTP/1.1 400 ").doesNotEndWith("…");
        }

        /** The server forgets that length, so the request can't be refused; but nothing behind it counts as one. */
        @Test
        void aLengthBeforeChunkedEndsTheConnection() throws IOException {
            String answer = raw("POST /x/as/token HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked||"
                    + "3|abc|0||" + NEXT);
            assertThat(answer.split("HTTP/1.1 ", -1)).as("answers").hasSize(2);
            assertThat(answer).doesNotEndWith("…");
        }

        @Test
        void aRightOneIsServed() throws IOException {
            assertThat(raw("POST /x/as/token HTTP/1.1|Host: a|Transfer-Encoding: chunked||3|abc|0||"))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(raw(NEXT)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Nested
    @DisplayName("HTTP/2 is spoken with nobody without TLS (attack 42)")
    class Http2 {

        @Test
        void notByItsPreface() throws IOException {
            assertThat(raw("PRI * HTTP/2.0||SM||\0\0\0\4\0\0\0\0\0")).startsWith("HTTP/1.1 4");
        }

        @Test
        void notByUpgrade() throws IOException {
            String answer = raw("GET /health/live HTTP/1.1|Host: a|Connection: Upgrade, HTTP2-Settings, close"
                    + "|Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAAP__||");
            assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("101", "h2c");
        }

        /** Java's own client asks for an upgrade with each request; Grizzly then takes all that follows for the body. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/1.1|%s||",
                    "POST /nobody/as/token HTTP/1.1|%s|Content-Length: 3||a=b",
                    "POST /nobody/as/token HTTP/1.1|%s|Transfer-Encoding: chunked||3;x=y|a=b|0||",
                })
        void whoAsksForItIsServedInHttp11(String request) throws IOException {
            String answer = raw(request.formatted("Host: a|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c"
                    + "|HTTP2-Settings: AAMAAABkAAQAAP__|Content-Type: application/x-www-form-urlencoded"));
            assertThat(answer).matches("(?s)HTTP/1.1 [34].*").doesNotEndWith("…");
        }
    }

    @Nested
    @DisplayName("The page that shows the API holds nothing but our own files (attack 48)")
    class ApiPage {

        private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

        @Test
        void whateverTheFirstRequestSaid() {
            HttpResponse<String> page = get(
                    "/openapi-ui/index.html",
                    "x-request-uri",
                    "/'\"><script>alert(1)</script>",
                    "X-Forwarded-Host",
                    "evil.example");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).doesNotContain("alert", "evil");
        }

        @Test
        void withAPolicyThatForbidsAllElse() {
            HttpResponse<String> page = get("/openapi-ui/index.html");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-eval", "http:", "https:", "*");
            List<String> references = REFERENCE
                    .matcher(page.body())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(references).hasSize(5).noneMatch(reference -> reference.contains("//"));
        }

        @Test
        void itsFilesAreThere() {
            assertThat(get("/openapi-ui/").statusCode()).isEqualTo(303);
            for (String file : List.of("start.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
                assertThat(get("/openapi-ui/" + file).statusCode()).as(file).isEqualTo(200);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/index.html", "/health/ready", "/openapi", "/v1/environments", "/nothing"})
        void noAnswerIsWithoutAPolicyOrNamesTheServer(String path) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains("default-src 'none'");
            assertThat(answer.headers().map()).doesNotContainKeys("server", "Server", "x-powered-by", "X-Powered-By");
        }
    }

    @Test
    @DisplayName("Payara's own metrics are off")
    void metrics() {
        assertThat(get("/metrics").statusCode()).isIn(403, 404);
    }

    @Test
    @DisplayName("X-Forwarded-* counts from nobody, and the first one is warned of (attack 52)")
    @Order(LAST - 1)
    void forwarded() {
        HttpResponse<String> answer =
                get("/directory/v1", "X-Forwarded-For", "192.0.2.7", "X-Forwarded-Host", "evil.example");
        assertThat(answer.body()).doesNotContain("evil.example");
        get("/directory/v1", "X-Forwarded-For", "192.0.2.7");
        assertThat(server.screen())
                .filteredOn(line -> line.contains("X-Forwarded-For is ignored"))
                .singleElement()
                .asString()
                .contains("127.0.0.1", "oathbound.trusted-proxies");
    }

    @Test
    @DisplayName("With TLS the two ports of TLS are open besides")
    @Order(LAST)
    void portsWithTls() throws IOException {
        Path runtimeFolder = onlyRuntimeFolder();
        Path other = Files.createDirectory(folder.resolve("tls"));
        PemPair.rsa("one").write(other);
        int https = ServerProcess.freePort();
        int ldaps = ServerProcess.freePort();
        Map<String, String> tls = Map.of(
                "OATHBOUND_TLS_CERTIFICATE", other.resolve("cert.pem").toString(),
                "OATHBOUND_TLS_KEY", other.resolve("key.pem").toString(),
                "OATHBOUND_HTTPS_PORT", Integer.toString(https),
                "OATHBOUND_LDAPS_PORT", Integer.toString(ldaps));
        try (PlainStart withTls = PlainStart.in(other, tls).awaitStarted()) {
            assertThat(ListeningSockets.of(withTls.pid()))
                    .containsExactlyInAnyOrder(
                            "tcp " + withTls.httpPort(), "tcp " + withTls.ldapPort(), "tcp " + https, "tcp " + ldaps);
            assertThat(runtimeFolder).as("of the server that runs beside it").isNotEmptyDirectory();
            assertThat(withTls.stop()).isZero();
        }
    }

    @Nested
    @Order(LAST)
    class End {

        @Test
        @DisplayName(
                "The folder that it unpacks itself into is private, and gone after the stop; after kill -9, at the next start")
        void runtimeFolder() throws IOException {
            Path unpacked = onlyRuntimeFolder();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                    .isEqualTo("rwx------");
            server.kill();
            assertThat(unpacked).exists();
            try (PlainStart next = PlainStart.in(folder, Map.of()).awaitStarted()) {
                assertThat(unpacked).doesNotExist();
                Path itsOwn = onlyRuntimeFolder();
                assertThat(next.stop()).as("the exit code after SIGTERM").isZero();
                assertThat(itsOwn).doesNotExist();
                assertThat(next.screen()).as("nothing is printed at the stop").hasSize(4);
            }
        }
    }

    private static Path onlyRuntimeFolder() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("tmp"))) {
            List<Path> folders = all.filter(Files::isDirectory)
                    .filter(path -> !path.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
            assertThat(folders).hasSize(1);
            return folders.getFirst();
        }
    }
}
