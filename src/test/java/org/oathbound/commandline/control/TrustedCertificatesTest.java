package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.tls.PemPair;
import org.oathbound.tls.Tls;

@Tag("slow")
class TrustedCertificatesTest {

    private static final String ANSWER = "{\"access_token\": \"x\", \"n\": 1}";

    @TempDir
    Path folder;

    private final ServerSocket socket = listening();

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    /** Answers every request alike, over TLS with that certificate, or without. */
    private void serve(@Nullable PemPair pair) {
        @Nullable Tls tls = pair == null ? null : tls(pair);
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (Socket accepted = socket.accept();
                        Socket connection = tls == null ? accepted : tls.over(accepted)) {
                    connection.getInputStream().read(new byte[8192]);
                    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + ANSWER.length();
                    connection
                            .getOutputStream()
                            .write((head + "\r\n\r\n" + ANSWER).getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client does not trust this side; or it is over.
                }
            }
        });
    }

    private Tls tls(PemPair pair) {
        pair.write(folder);
        return Tls.read(pair.certificateIn(folder), pair.keyIn(folder), Clock.systemUTC());
    }

    private ServiceClient client(String scheme, String host, @Nullable Path caCertificates) {
        String url = scheme + "://" + host + ":" + socket.getLocalPort();
        return new ServiceClient(new Credentials(url, url, UUID.randomUUID(), "client", "secret", caCertificates));
    }

    private String refused(String scheme, String host, @Nullable Path caCertificates) {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> client(scheme, host, caCertificates).get("/x"));
        assertThat(failure.exitCode()).isEqualTo(5);
        assertThat(failure.getMessage()).doesNotContainPattern("Exception|java|PKIX|sun\\.");
        return failure.getMessage();
    }

    @Test
    void aCertificateOfTheFileIsTrusted() {
        PemPair pair = PemPair.ec("localhost");
        serve(pair);
        assertThat(client("https", "localhost", pair.certificateIn(folder))
                        .get("/x")
                        .path("n")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whomNobodyKnowsIsNotTrustedAndTheWayOutIsNamed() throws IOException {
        serve(PemPair.ec("localhost"));
        assertThat(refused("https", "localhost", null)).contains("by nobody who is trusted", "--cacert FILE");
        Path others = Files.writeString(
                folder.resolve("others.pem"), PemPair.ec("localhost").certificate());
        assertThat(refused("https", "localhost", others)).contains("by nobody who is trusted");
    }

    @Test
    void theNameMustBeTheHosts() {
        PemPair pair = PemPair.ec("elsewhere.example.com");
        serve(pair);
        assertThat(refused("https", "localhost", pair.certificateIn(folder))).contains("not for this host");
    }

    @Test
    void oneThatHasEndedIsNotTaken() {
        PemPair pair = PemPair.ended("localhost");
        serve(pair);
        assertThat(refused("https", "localhost", pair.certificateIn(folder))).contains("has ended");
    }

    @Test
    void theWrongSchemeIsGuessed() {
        serve(null);
        assertThat(refused("https", "localhost", null)).contains("is it at http?");
    }

    @Test
    void plainWordsToATlsPortBreakTheConnection() {
        serve(PemPair.ec("localhost"));
        assertThat(refused("http", "localhost", null)).contains("is it at https?");
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertThat(refused("https", "no-such-host.invalid", null)).contains("there is no host no-such-host.invalid");
        assertThat(refused("http", "no-such-host.invalid", null)).contains("there is no host no-such-host.invalid");
    }

    @Test
    void aFileWithoutCertificatesIsRefusedAtOnce() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path missing = folder.resolve("missing.pem");
        for (Path file : new Path[] {empty, missing}) {
            Failure failure = catchThrowableOfType(Failure.class, () -> client("https", "localhost", file));
            assertThat(failure.exitCode()).isEqualTo(2);
            assertThat(failure.getMessage()).contains(file.toString()).doesNotContainPattern("Exception|java");
        }
    }
}
