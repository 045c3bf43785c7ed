package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Machine;
import org.oathbound.tls.PemPair;

/** The runnable jar with a certificate from PEM files, as a network sees it. */
@Timeout(300)
class TransportIT {

    private static final String HOST = "127.0.0.1";
    private static final SSLUtil TRUSTING = new SSLUtil(new TrustAllTrustManager());

    @TempDir
    static Path folder;

    private static int httpsPort;
    private static int ldapsPort;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        httpsPort = freePort();
        ldapsPort = freePort();
        PemPair.rsa("one").write(folder);
        server = ServerProcess.launchAsConfigured(folder.resolve("data"), environment());
        server.awaitLog("Oathbound has started");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> environment() {
        return Map.of(
                "OATHBOUND_TLS_CERTIFICATE", folder.resolve("cert.pem").toString(),
                "OATHBOUND_TLS_KEY", folder.resolve("key.pem").toString(),
                "OATHBOUND_HTTPS_PORT", Integer.toString(httpsPort),
                "OATHBOUND_LDAPS_PORT", Integer.toString(ldapsPort));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static SSLSocketFactory sockets() throws Exception {
        return TRUSTING.createSSLSocketFactory();
    }

    /** What the interface shows to a new client. */
    private static String shown(int port) throws Exception {
        try (SSLSocket socket = (SSLSocket) sockets().createSocket(HOST, port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static HttpsURLConnection https(String path) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://" + HOST + ":" + httpsPort + path).toURL().openConnection();
        connection.setSSLSocketFactory(sockets());
        connection.setHostnameVerifier((name, session) -> true);
        return connection;
    }

    @Test
    void httpsAnswersAndTellsBrowsersToStay() throws Exception {
        HttpsURLConnection ready = https("/health/ready");
        assertThat(ready.getResponseCode()).isEqualTo(200);
        HttpsURLConnection api = https("/v1/environments");
        assertThat(api.getResponseCode()).isIn(401, 404);
        assertThat(api.getHeaderField("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        HttpURLConnection plain =
                (HttpURLConnection) URI.create("http://" + HOST + ":" + server.httpPort() + "/v1/environments")
                        .toURL()
                        .openConnection();
        assertThat(plain.getResponseCode()).isIn(401, 404);
        assertThat(plain.getHeaderField("Strict-Transport-Security")).isNull();
    }

    @Test
    void aNewCertificateIsShownByAllDoorsAndOpenConnectionsGoOn() throws Exception {
        try (LDAPConnection open = new LDAPConnection(sockets(), HOST, ldapsPort);
                SSLSocket kept = (SSLSocket) sockets().createSocket(HOST, httpsPort)) {
            assertThat(ask(kept)).startsWith("HTTP/1.1 200");
            assertThat(open.getRootDSE()).isNotNull();
            PemPair.ec("two").write(folder);
            awaitShown("CN=two", httpsPort);
            awaitShown("CN=two", ldapsPort);
            try (LDAPConnection startTls = new LDAPConnection(HOST, server.ldapPort())) {
                startTls.processExtendedOperation(new StartTLSExtendedRequest(TRUSTING.createSSLContext()));
                assertThat(((X509Certificate) startTls.getSSLSession().getPeerCertificates()[0])
                                .getSubjectX500Principal()
                                .getName())
                        .isEqualTo("CN=two");
            }
            assertThat(open.getRootDSE()).isNotNull();
            assertThat(ask(kept)).startsWith("HTTP/1.1 200");
        }
        assertThat(server.log().lines().filter(line -> line.contains("was exchanged")))
                .as("one line tells of it")
                .hasSize(1);
        assertThat(server.log()).doesNotContain("PRIVATE KEY");
    }

    /** One request on a connection that stays open; the first line of the answer. */
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[8192];
        InputStream in = socket.getInputStream();
        int length = in.read(answer);
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        if (in.available() > 0) {
            in.skipNBytes(in.available());
        }
        return new String(answer, 0, length, StandardCharsets.US_ASCII);
    }

    private static void awaitShown(String name, int port) throws Exception {
        Instant deadline = Instant.now().plusSeconds(30);
        while (!shown(port).equals(name) && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        assertThat(shown(port)).isEqualTo(name);
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws Exception {
        String path = "/" + server.oathbound().environment() + "/as/token";
        try (SSLSocket socket = (SSLSocket) sockets().createSocket(HOST, httpsPort)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(answerToTrickle(socket)).startsWith("HTTP/1.1 408");
        }
    }

    private static String answerToTrickle(SSLSocket socket) throws IOException {
        for (int second = 0; second < 60; second++) {
            try {
                return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            } catch (SocketTimeoutException e) {
                socket.getOutputStream().write('a');
            }
        }
        return "none";
    }

    /** By the bytes, for the JDK's client has forgotten TLS 1.1. */
    @Test
    void tls11IsRefused() throws Exception {
        for (int port : List.of(httpsPort, ldapsPort)) {
            byte[] hello = new byte[50];
            byte[] start = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
            byte[] end = {0, 0, 2, 0, 0x2f, 1, 0};
            System.arraycopy(start, 0, hello, 0, start.length);
            System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(hello);
                assertThat(socket.getInputStream().readAllBytes())
                        .as("port " + port + ": nothing but an alert at most")
                        .hasSizeLessThanOrEqualTo(7);
            }
        }
    }

    @Test
    void plainHttpAndLdapAreForThisMachineAndTheBannerSaysSo() throws Exception {
        assertThat(server.log())
                .contains("HTTP at http://localhost:" + server.httpPort() + " (this machine only)")
                .contains("HTTPS on port " + httpsPort)
                .contains("LDAP on 127.0.0.1 port " + server.ldapPort() + ", with StartTLS (this machine only)")
                .contains("LDAPS on port " + ldapsPort)
                .doesNotContain("without TLS can be reached");
        InetAddress other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .filter(address -> !address.isLinkLocalAddress())
                .findFirst()
                .orElse(null);
        Machine.mustHave(other != null, "an address besides loopback");
        for (int port : List.of(server.httpPort(), server.ldapPort())) {
            assertThatThrownBy(() -> new Socket(other, port).close()).isInstanceOf(IOException.class);
        }
        new Socket(other, httpsPort).close();
        new Socket(other, ldapsPort).close();
    }

    @Test
    void aKeyThatOthersCanReadStopsTheStart() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        PemPair.ec("open").write(open);
        Files.setPosixFilePermissions(open.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        Process refused = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Doathbound.tls.certificate=" + open.resolve("cert.pem"),
                        "-Doathbound.tls.key=" + open.resolve("key.pem"),
                        "-Doathbound.https.port=" + freePort(),
                        "-jar",
                        ServerProcess.JAR.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(refused.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(said).contains("Oathbound can't start.", "key.pem has the permissions rw-r--r--");
    }
}
