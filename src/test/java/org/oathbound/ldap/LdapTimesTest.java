package org.oathbound.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.AbandonRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.PersonsFixture;

@Timeout(60)
@DisplayName("Who takes too long is cut off, and nobody else")
@Tag("slow")
class LdapTimesTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";

    /** Of {@link #PASSWORD}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private LdapListener listener;

    @BeforeEach
    void start() throws Exception {
        directory.add(new Entry(
                "dn: " + ADMIN,
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "cn: admin",
                "userPassword: " + HASH));
        listener = new LdapListener(
                Listeners.interfaces(
                        directory,
                        new Environments(directory, directory),
                        PersonsFixture.persons(directory),
                        new Heard()),
                new LdapTransport(
                        Optional.empty(),
                        Optional.empty(),
                        "127.0.0.1",
                        new ConnectionTimeouts(LONG, SHORT, LONG, SHORT, SHORT)),
                0,
                "127.0.0.1");
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] message(int id, ProtocolOp request) {
        return new LDAPMessage(id, request).encode().encode();
    }

    private static byte[] bind() {
        return message(1, new BindRequestProtocolOp(ADMIN, PASSWORD));
    }

    /** The schema is large. */
    private static byte[] search(int id) throws Exception {
        return message(
                id,
                new SearchRequestProtocolOp(
                        "cn=schema",
                        SearchScope.BASE,
                        DereferencePolicy.NEVER,
                        0,
                        0,
                        false,
                        Filter.create("(objectClass=*)"),
                        List.of("+", "*")));
    }

    @Test
    void whoHasNotBoundAndWithoutAWord() throws Exception {
        try (Socket silent = connect()) {
            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void notWhoHasBound() throws Exception {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", listener.port(), ADMIN, PASSWORD)) {
            Thread.sleep(SHORT.multipliedBy(3).toMillis());
            assertThat(connection.getEntry(SUFFIX)).isNotNull();
        }
    }

    @Test
    void notWhoAsksAgainInTime() throws Exception {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", listener.port())) {
            for (int i = 0; i < 10; i++) {
                Thread.sleep(SHORT.dividedBy(3).toMillis());
                assertThat(connection.getRootDSE()).isNotNull();
            }
        }
    }

    @Test
    void whoBoundAndDoesNotComeToAnEndWithHisRequest() throws Exception {
        try (Socket trickling = connect()) {
            trickling.getOutputStream().write(bind());
            assertThat(trickling.getInputStream().read()).isPositive();
            byte[] request = search(2);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < request.length - 1; i++) { // never silent, and longer than the limit
                            trickling.getOutputStream().write(request[i]);
                            Thread.sleep(100);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void notWhoHasAbandonedSomething() throws Exception {
        try (Socket idle = connect()) {
            idle.getOutputStream().write(bind());
            ASN1StreamReader answers = new ASN1StreamReader(idle.getInputStream());
            LDAPMessage.readFrom(answers, false);
            idle.getOutputStream().write(message(2, new AbandonRequestProtocolOp(1)));
            Thread.sleep(SHORT.multipliedBy(3).toMillis());
            idle.getOutputStream().write(search(3));
            assertThat(LDAPMessage.readFrom(answers, false)).isNotNull();
        }
    }

    @Test
    void whoDoesNotReadHisAnswers() throws Exception {
        try (Socket deaf = connect()) {
            deaf.getOutputStream().write(bind());
            assertThatThrownBy(() -> {
                        ByteArrayOutputStream many = new ByteArrayOutputStream();
                        for (int i = 0; i < 100; i++) {
                            many.writeBytes(search(i + 2));
                        }
                        while (true) { // until nothing more fits, and then until he is cut off
                            deaf.getOutputStream().write(many.toByteArray());
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
