package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that mean no good, at the LDAP port of a server of its own. After each of them the others are served as before. */
@Timeout(120)
@DisplayName("Nothing that a client sends, or does not read, stops the service or another client")
@Tag("alone")
class LdapAbuseIT {

    private static final int IDLE = 1_000;
    private static final int DEAF = 20;
    private static final int HALF = 10;
    private static final int GARBAGE = 100;
    /** The limit is 8 seconds here. */
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    private static final int MIB = 1 << 20;

    /** Other than the loopback's usual one; all of 127.0.0.0/8 is this machine. */
    private static final byte[] ANOTHER = {127, 0, 0, 2};

    private static final byte[] USUAL = {127, 0, 0, 1};

    @TempDir
    private static Path temporary;

    private static ServerProcess server;
    private static Oathbound oathbound;

    /** A client that was there before. */
    private static LDAPConnection old;

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void start() throws LDAPException {
        server = ServerProcess.start(temporary.resolve("data"), Map.of("OATHBOUND_LDAP_REQUEST_TIMEOUT", "PT8S"));
        oathbound = server.oathbound();
        old = oathbound.ldap();
    }

    @AfterAll
    static void stop() {
        old.close();
        server.close();
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        assertOthersAreServed();
    }

    /** On a connection of before and on a new one, and not after minutes. */
    private static void assertOthersAreServed() throws Exception {
        Instant begin = Instant.now();
        try (LDAPConnection fresh = oathbound.ldap()) {
            assertThat(fresh.getEntry("ou=People," + Oathbound.SUFFIX)).isNotNull();
        }
        assertThat(old.getEntry("ou=Tokens," + Oathbound.SUFFIX)).isNotNull();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(server.ready()).isEqualTo(200);
    }

    private Socket connect(byte[] from) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.ldapPort(), InetAddress.getByAddress(from), 0);
        socket.setSoTimeout(50_000);
        open.add(socket);
        return socket;
    }

    private static byte[] message(int id, ProtocolOp request) {
        return new LDAPMessage(id, request).encode().encode();
    }

    private static byte[] bind() {
        return message(1, new BindRequestProtocolOp("cn=admin," + Oathbound.SUFFIX, oathbound.ldapPassword()));
    }

    private static byte[] bindOfNobody() {
        return message(1, new BindRequestProtocolOp("uid=nobody,ou=People," + Oathbound.SUFFIX, "guess"));
    }

    /** The schema: a small question with a large answer, for everybody. */
    private static byte[] searches(int count) throws LDAPException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id = 2; id < count + 2; id++) {
            all.writeBytes(message(
                    id,
                    new SearchRequestProtocolOp(
                            "cn=schema",
                            SearchScope.BASE,
                            DereferencePolicy.NEVER,
                            0,
                            0,
                            false,
                            Filter.createPresenceFilter("objectClass"),
                            List.of("+", "*"))));
        }
        return all.toByteArray();
    }

    /** Whether the server has closed it, or does so in time; what it says before is passed over. */
    private static boolean isClosed(Socket socket, Duration within) throws IOException {
        socket.setSoTimeout(Math.toIntExact(within.toMillis()));
        try {
            while (socket.getInputStream().read() >= 0) {
                // a notice of disconnection
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset, for it had not read all
        }
    }

    @Test
    void aThousandIdleConnections() throws Exception {
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            idle.add(connect(USUAL));
            if (i % 500 == 250) {
                assertOthersAreServed();
            }
        }
        assertOthersAreServed();
        assertThat(isClosed(idle.get(0), Duration.ofSeconds(10)))
                .as("the first gave way")
                .isTrue();
        assertThat(isClosed(idle.get(IDLE - 1), Duration.ofMillis(500)))
                .as("the last has its time")
                .isFalse();
        for (Socket socket : idle) {
            assertThat(isClosed(socket, IN_TIME))
                    .as("nobody stays who does not bind")
                    .isTrue();
        }
    }

    @Test
    void fromTwoAddresses() throws Exception {
        for (int i = 0; i < IDLE / 2; i++) {
            connect(USUAL);
            connect(ANOTHER);
        }
        assertOthersAreServed();
    }

    @Test
    void readersThatDoNotRead() throws Exception {
        byte[] searches = searches(1_000);
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < DEAF; i++) {
            Socket socket = connect(USUAL);
            if (i % 2 == 0) {
                socket.getOutputStream().write(bind());
            }
            sent.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            OutputStream out = socket.getOutputStream();
                            while (true) {
                                out.write(searches);
                            }
                        } catch (IOException e) {
                            // Cut off.
                        }
                    },
                    task -> new Thread(task).start()));
        }
        Thread.sleep(2_000);
        assertOthersAreServed();
        for (CompletableFuture<Void> cutOff : sent) {
            cutOff.get(IN_TIME.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void halfOfARequest() throws Exception {
        byte[] whole = bind();
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < HALF; i++) {
            Socket socket = connect(USUAL);
            half.add(socket);
            if (i % 2 == 0) { // who has bound, too
                socket.getOutputStream().write(whole);
                assertThat(socket.getInputStream().read()).isPositive();
            }
            socket.getOutputStream().write(whole, 0, 1 + i % (whole.length - 1));
        }
        assertOthersAreServed();
        for (Socket socket : half) {
            assertThat(isClosed(socket, IN_TIME)).isTrue();
        }
    }

    @Test
    void requestsOf16MiB() throws Exception {
        byte[] beginning = {0x30, (byte) 0x84, 1, 0, 0, 0, 2, 1, 1, 0x60, (byte) 0x84, 0, (byte) 0xff, (byte) 0xff, 0};
        byte[] much = new byte[MIB];
        for (int i = 0; i < 20; i++) {
            Socket declares = connect(USUAL);
            declares.getOutputStream().write(beginning);
            assertThat(isClosed(declares, Duration.ofSeconds(10)))
                    .as("without waiting for the rest")
                    .isTrue();
        }
        Socket sends = connect(USUAL);
        try {
            sends.getOutputStream().write(beginning);
            for (int i = 0; i < 16; i++) {
                sends.getOutputStream().write(much);
            }
        } catch (IOException e) {
            // Cut off in between.
        }
        assertThat(isClosed(sends, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void garbage() throws Exception {
        for (int seed = 0; seed < GARBAGE; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (seed % 2 == 0) { // begins well, and goes wrong further in
                byte[] well = seed % 4 == 0 ? bindOfNobody() : searches(1);
                System.arraycopy(well, 0, bytes, 0, Math.min(bytes.length, 2 + random.nextInt(well.length - 2)));
            }
            Socket socket = connect(USUAL);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException e) {
                // Cut off already.
            }
            assertThat(isClosed(socket, Duration.ofSeconds(20)))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }
}
