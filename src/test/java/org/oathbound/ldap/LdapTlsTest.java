package org.oathbound.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.tls.PemPair;
import org.oathbound.tls.Tls;

@Timeout(60)
@Tag("slow")
class LdapTlsTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";

    /** Of {@link #PASSWORD}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private static final PemPair ONE = PemPair.rsa("one");
    private static final PemPair TWO = PemPair.ec("two");
    private static final Duration SOON = Duration.ofMillis(700);

    @TempDir
    Path folder;

    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private final SSLUtil trusting = new SSLUtil(new TrustAllTrustManager());
    private Tls tls;
    private LdapListener listener;

    @BeforeEach
    void start() throws Exception {
        ONE.write(folder);
        tls = Tls.read(ONE.certificateIn(folder), ONE.keyIn(folder), Clock.systemUTC());
        directory.add(new Entry(
                "dn: " + ADMIN,
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "cn: admin",
                "userPassword: " + HASH));
        listener = listener(new LdapTransport(
                Optional.of(tls),
                Optional.of(0),
                "127.0.0.1",
                ConnectionTimeouts.of(Duration.ofMinutes(1), Duration.ofMinutes(1))));
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.stop();
        tls.close();
    }

    private LdapListener listener(LdapTransport transport) {
        return new LdapListener(
                Listeners.interfaces(
                        directory,
                        new Environments(directory, directory),
                        PersonsFixture.persons(directory),
                        new Heard()),
                transport,
                0,
                "127.0.0.1");
    }

    private void restart(Duration idle, Duration handshake) {
        listener.stop();
        listener = listener(new LdapTransport(
                Optional.of(tls),
                Optional.of(0),
                "127.0.0.1",
                new ConnectionTimeouts(handshake, idle, idle, idle, idle)));
        listener.start();
    }

    private int securePort() {
        return listener.securePort().orElseThrow();
    }

    private LDAPConnection plain() throws LDAPException {
        return new LDAPConnection("127.0.0.1", listener.port());
    }

    private LDAPConnection secure() throws LDAPException, GeneralSecurityException {
        return new LDAPConnection(trusting.createSSLSocketFactory(), "127.0.0.1", securePort());
    }

    private void startTls(LDAPConnection connection) throws LDAPException, GeneralSecurityException {
        assertThat(connection
                        .processExtendedOperation(new StartTLSExtendedRequest(trusting.createSSLContext()))
                        .getResultCode())
                .isEqualTo(ResultCode.SUCCESS);
    }

    private static ResultCode refusal(LDAPConnection connection, ExtendedRequest request) {
        return catchThrowableOfType(LDAPException.class, () -> connection.processExtendedOperation(request))
                .getResultCode();
    }

    private static String whoAmI(LDAPConnection connection) throws LDAPException {
        return ((WhoAmIExtendedResult) connection.processExtendedOperation(new WhoAmIExtendedRequest()))
                .getAuthorizationID();
    }

    private static String shown(LDAPConnection connection) throws Exception {
        return ((X509Certificate) connection.getSSLSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private void awaitExchange() throws InterruptedException {
        tls.watched(Duration.ofMillis(20));
        Thread.sleep(1_000);
        tls.close();
    }

    @Nested
    @DisplayName("LDAPS and StartTLS with the certificate of the files, TLS 1.2 and 1.3")
    class Secured {

        @Test
        void ldapsBindsAndAnswers() throws Exception {
            try (LDAPConnection connection = secure()) {
                connection.bind(ADMIN, PASSWORD);
                assertThat(whoAmI(connection)).isEqualTo("dn:" + ADMIN);
                assertThat(shown(connection)).isEqualTo("CN=one");
            }
        }

        @Test
        void startTlsBindsAndAnswers() throws Exception {
            try (LDAPConnection connection = plain()) {
                startTls(connection);
                connection.bind(ADMIN, PASSWORD);
                assertThat(whoAmI(connection)).isEqualTo("dn:" + ADMIN);
                assertThat(shown(connection)).isEqualTo("CN=one");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void bothVersionsAreSpoken(String version) throws Exception {
            try (SSLSocket socket = socket()) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }

        /** The JDK's own list of what is disabled is not in the way: our side refuses, too. */
        @Test
        void noOlderVersionIsOffered() throws Exception {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                    SSLSocket server = tls.over(connected)) {
                assertThat(server.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
            }
            // A client hello for TLS 1.1 is answered by the alert protocol_version (70).
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), securePort())) {
                socket.getOutputStream().write(helloOfTls11());
                byte[] answer = socket.getInputStream().readNBytes(7);
                assertThat(answer).hasSize(7);
                assertThat(answer[0]).as("alert").isEqualTo((byte) 21);
                assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
            }
        }

        @Test
        void theRootDseOffersStartTls() throws Exception {
            try (LDAPConnection connection = plain()) {
                assertThat(connection.getRootDSE().getSupportedExtendedOperationOIDs())
                        .contains(StartTLSExtendedRequest.STARTTLS_REQUEST_OID);
            }
        }

        @Test
        void aSecondStartTlsIsAnOperationsError() throws Exception {
            try (LDAPConnection connection = secure()) {
                assertThat(refusal(connection, new ExtendedRequest(StartTLSExtendedRequest.STARTTLS_REQUEST_OID)))
                        .isEqualTo(ResultCode.OPERATIONS_ERROR);
                assertThat(whoAmI(connection)).isEmpty();
            }
        }

        @Test
        void aMessageThatIsTooBigIsRefusedAfterStartTlsToo() throws Exception {
            try (LDAPConnection connection = plain()) {
                startTls(connection);
                LDAPException refused =
                        catchThrowableOfType(LDAPException.class, () -> connection.bind(ADMIN, "x".repeat(300_000)));
                assertThat(refused.getResultCode()).isEqualTo(ResultCode.SERVER_DOWN);
            }
        }

        private SSLSocket socket() throws Exception {
            return (SSLSocket) trusting.createSSLSocketFactory().createSocket("127.0.0.1", securePort());
        }

        private byte[] helloOfTls11() {
            byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
            byte[] start = {22, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 2};
            System.arraycopy(start, 0, hello, 0, start.length);
            byte[] end = {0, 0, 2, 0, 0x2f, 1, 0}; // no session, one cipher suite, no compression
            System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
            return hello;
        }
    }

    @Nested
    @DisplayName("StartTLS begins anew: who bound before is nobody, and plain text stays plain text")
    class Anew {

        @Test
        void theBindBeforeItIsForgotten() throws Exception {
            try (LDAPConnection connection = plain()) {
                connection.bind(ADMIN, PASSWORD);
                startTls(connection);
                assertThat(whoAmI(connection)).isEmpty();
            }
        }

        @Test
        void whatWasSentBehindTheRequestIsNotTakenIntoTls() throws Exception {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            write(both, 1, new ExtendedRequestProtocolOp(StartTLSExtendedRequest.STARTTLS_REQUEST_OID, null));
            write(both, 2, new BindRequestProtocolOp(ADMIN, PASSWORD));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                socket.getOutputStream().write(both.toByteArray());
                InputStream in = socket.getInputStream();
                LDAPMessage first = LDAPMessage.readFrom(new ASN1StreamReader(in), false);
                assertThat(first.getExtendedResponseProtocolOp().getResultCode())
                        .as("no TLS with somebody else's bytes in it")
                        .isEqualTo(ResultCode.PROTOCOL_ERROR_INT_VALUE);
            }
        }

        @Test
        void whatArrivesBetweenTheAnswerAndTheHandshakeEndsTheConnection() throws Exception {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            write(request, 1, new ExtendedRequestProtocolOp(StartTLSExtendedRequest.STARTTLS_REQUEST_OID, null));
            ByteArrayOutputStream injected = new ByteArrayOutputStream();
            write(injected, 2, new BindRequestProtocolOp(ADMIN, PASSWORD));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                socket.getOutputStream().write(request.toByteArray());
                LDAPMessage answer = LDAPMessage.readFrom(new ASN1StreamReader(socket.getInputStream()), false);
                assertThat(answer.getExtendedResponseProtocolOp().getResultCode())
                        .isZero();
                socket.getOutputStream().write(injected.toByteArray());
                SSLSocket layered = (SSLSocket)
                        trusting.createSSLSocketFactory().createSocket(socket, "127.0.0.1", listener.port(), true);
                assertThatThrownBy(layered::startHandshake).isInstanceOfAny(SSLException.class, IOException.class);
            }
        }

        private void write(ByteArrayOutputStream to, int id, ProtocolOp request) throws IOException {
            to.write(new LDAPMessage(id, request).encode().encode());
        }

        @Test
        void aRequestWithAValueIsRefused() throws Exception {
            try (LDAPConnection connection = plain()) {
                assertThat(refusal(
                                connection,
                                new ExtendedRequest(
                                        StartTLSExtendedRequest.STARTTLS_REQUEST_OID, new ASN1OctetString("x"))))
                        .isEqualTo(ResultCode.PROTOCOL_ERROR);
            }
        }
    }

    @Test
    @DisplayName("A new certificate: open connections go on, new ones are shown it")
    void openConnectionsGoOn() throws Exception {
        try (LDAPConnection open = secure();
                LDAPConnection begun = plain()) {
            startTls(begun);
            open.bind(ADMIN, PASSWORD);
            TWO.write(folder);
            awaitExchange();
            assertThat(whoAmI(open)).isEqualTo("dn:" + ADMIN);
            assertThat(whoAmI(begun)).isEmpty();
            try (LDAPConnection fresh = secure();
                    LDAPConnection freshStartTls = plain()) {
                startTls(freshStartTls);
                assertThat(shown(fresh)).isEqualTo("CN=two");
                assertThat(shown(freshStartTls)).isEqualTo("CN=two");
            }
        }
    }

    @Nested
    @DisplayName("Who does nothing is cut off")
    class CutOff {

        @Test
        void whenNothingIsSentForTooLong() throws Exception {
            restart(SOON, Duration.ofSeconds(10));
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                assertThat(drained(silent)).isLessThan(Duration.ofSeconds(20));
            }
        }

        @Test
        void whenAHandshakeTakesTooLongHoweverItTrickles() throws Exception {
            restart(Duration.ofMinutes(1), SOON);
            try (Socket trickling = new Socket(InetAddress.getLoopbackAddress(), securePort())) {
                trickling.getOutputStream().write(new byte[] {22, 3, 1, 0, 100});
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) { // longer than the limit, never silent for long
                                trickling.getOutputStream().write(0);
                                Thread.sleep(50);
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }

        /** How long it takes until the other side closes. */
        private Duration drained(Socket socket) throws IOException {
            long begin = System.nanoTime();
            socket.setSoTimeout(30_000);
            socket.getInputStream().readAllBytes(); // a notice of disconnection may come first
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    @Test
    void ldapsWithoutACertificateIsRefused() {
        LdapListener without = listener(new LdapTransport(
                Optional.empty(),
                Optional.of(0),
                "127.0.0.1",
                ConnectionTimeouts.of(Duration.ofMinutes(1), Duration.ofMinutes(1))));
        assertThatIllegalStateException()
                .isThrownBy(without::start)
                .withMessageContaining("oathbound.ldaps.port needs oathbound.tls.certificate");
    }
}
