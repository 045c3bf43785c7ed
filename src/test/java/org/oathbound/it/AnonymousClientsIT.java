package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A client that nobody knows fills neither the audit nor the log")
@Timeout(300)
class AnonymousClientsIT {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final int CALLS = 500;

    @TempDir
    static Path temporary;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<String> audit() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("data").resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList().stream()
                    .flatMap(AnonymousClientsIT::lines);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void callsWithoutAnAccessTokenAreTwoLinesAMinute() throws Exception {
        Oathbound oathbound = server.oathbound();
        Instant begun = Instant.now();
        for (int i = 0; i < CALLS; i++) {
            assertThat(oathbound
                            .send(oathbound.request(oathbound.path("/users")))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(audit().filter(line -> line.contains("\"call.refused\"")).count())
                .isLessThanOrEqualTo(1 + Duration.between(begun, Instant.now()).toMinutes() + 1);
        Instant deadline = Instant.now().plusSeconds(90);
        while (audit().noneMatch(line -> line.contains("\"anonymous.count\""))
                && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        assertThat(audit().filter(line -> line.contains("\"anonymous.count\""))).isNotEmpty();
    }

    @Test
    void whatIsBrokenOffOrCantBeReadIsNoTraceInTheLog() throws Exception {
        String environment = server.oathbound().environment();
        int before = server.log().length();
        for (boolean reset : List.of(true, false)) {
            breakOff("POST /" + environment + "/as/token", FORM + "Content-Length: 400\r\n", "grant_type", reset);
            breakOff("POST /" + environment + "/as/authorize", FORM + "Content-Length: 400\r\n", "client_id", reset);
            breakOff("POST /directory/v1/authenticate", JSON + "Content-Length: 400\r\n", "{\"username\":", reset);
            breakOff("POST /directory/v1/uid=x/changePassword", JSON + "Content-Length: 400\r\n", "", reset);
            breakOff("POST /directory/v1/authenticate", JSON + "Transfer-Encoding: chunked\r\n", "c\r\n{", reset);
            breakOff("POST /directory/v1/authenticate", JSON + "Transfer-Encoding: chunked\r\n", "zz\r\n{", reset);
            breakOff("GET /openapi-ui/swagger-ui-bundle.js", "", "", reset);
            breakOff("GET /openapi", "", "", reset);
            breakOff("GET /v1/environments", "Accept: application/json;charset=nothing\r\n", "", reset);
        }
        LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        String log = server.log().substring(before);
        assertThat(log).doesNotContain("\tat ").doesNotContain("Request failed").doesNotContain("threw exception");
        assertThat(log.lines()).as(log).allMatch(line -> line.length() < 500);
    }

    /** Sends the beginning of a request, and closes the connection before its answer is read. */
    private static void breakOff(String request, String headers, String body, boolean reset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            LockSupport.parkNanos(Duration.ofMillis(body.isEmpty() ? 1 : 200).toNanos());
        }
    }
}
