package org.oathbound.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("Who has room on a port, and who gives way")
@Tag("slow")
class ConnectionLimitTest {

    private static final int ROOM = 6;

    /** All of 127.0.0.0/8 is this machine. */
    private static final int ONE = 1;

    private static final int TWO = 2;
    private static final int THREE = 3;

    private final ConnectionSettings guard =
            new ConnectionSettings(null, ConnectionTimeouts.of(Duration.ofMinutes(10), Duration.ofMinutes(10)));
    private final List<Socket> open = new ArrayList<>();
    private ServerSocket port;

    /** Both ends of a connection. */
    private record Guest(Socket client, TimedSocket server) {

        boolean isConnected() throws IOException {
            client.setSoTimeout(200);
            try {
                return client.getInputStream().read() >= 0;
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
    }

    @BeforeEach
    void listen() throws IOException {
        port = new TimedServerSockets(guard, false, ROOM).createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        port.close();
        guard.end();
    }

    private Socket knock(int from) throws IOException {
        Socket client = new Socket(
                InetAddress.getLoopbackAddress(),
                port.getLocalPort(),
                InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}),
                0);
        open.add(client);
        return client;
    }

    private Guest come(int from) throws IOException {
        Socket client = knock(from);
        TimedSocket server = (TimedSocket) port.accept();
        open.add(server);
        return new Guest(client, server);
    }

    private Guest bound(int from) throws IOException {
        Guest guest = come(from);
        guest.server().bound(true);
        return guest;
    }

    @Test
    void theOneThatHasDoneNothingForLongestGivesWay() throws IOException {
        Guest first = come(ONE);
        Guest second = come(TWO);
        bound(THREE);
        bound(THREE);
        bound(THREE);
        bound(THREE);
        Guest late = come(THREE);
        assertThat(first.isConnected()).isFalse();
        assertThat(second.isConnected()).isTrue();
        assertThat(late.isConnected()).isTrue();
    }

    @Test
    void ofTheAddressThatHasMost() throws IOException {
        Guest alone = come(ONE);
        Guest first = come(TWO);
        Guest second = come(TWO);
        bound(THREE);
        bound(THREE);
        bound(THREE);
        Guest late = come(THREE);
        assertThat(alone.isConnected()).isTrue();
        assertThat(first.isConnected()).isFalse();
        assertThat(second.isConnected()).isTrue();
        assertThat(late.isConnected()).isTrue();
    }

    @Test
    void oneAddressHasHalfOfTheRoom() throws IOException {
        Guest first = come(ONE);
        Guest second = come(ONE);
        come(ONE);
        Guest fourth = come(ONE);
        assertThat(first.isConnected()).isFalse();
        assertThat(second.isConnected()).isTrue();
        assertThat(fourth.isConnected()).isTrue();
    }

    @Test
    void butForThoseWhoHaveBound() throws IOException {
        for (int i = 0; i < ROOM - 1; i++) {
            bound(ONE);
        }
        Guest last = come(ONE);
        assertThat(last.isConnected()).isTrue();
    }

    @Test
    void whoIsBeingAnsweredStays() throws IOException {
        Guest busy = come(ONE);
        busy.server().answering();
        Guest idle = come(ONE);
        come(ONE);
        come(ONE);
        assertThat(busy.isConnected()).isTrue();
        assertThat(idle.isConnected()).isFalse();
    }

    @Test
    void evenWhenAllOfItsAddressAreSoOthersComeIn() throws IOException {
        for (int i = 0; i < ROOM / 2; i++) {
            come(ONE).server().answering();
        }
        Socket refused = knock(ONE);
        Guest other = come(TWO); // accepting, past the one that there is no room for
        assertThat(other.isConnected()).isTrue();
        assertThat(refused.getInputStream().read()).isNegative();
    }

    @Test
    void whileAllHaveBoundTheNextIsClosed() throws Exception {
        Guest first = bound(ONE);
        for (int i = 1; i < ROOM; i++) {
            bound(ONE);
        }
        Socket refused = knock(TWO);
        CompletableFuture<Socket> next = CompletableFuture.supplyAsync(this::accepted);
        assertThat(refused.getInputStream().read()).isNegative();
        first.server().close();
        Guest later = new Guest(knock(TWO), (TimedSocket) next.get(10, TimeUnit.SECONDS));
        assertThat(later.isConnected()).isTrue();
    }

    private Socket accepted() {
        try {
            return port.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoLeavesMakesRoom() throws IOException {
        Guest first = bound(ONE);
        for (int i = 1; i < ROOM; i++) {
            bound(ONE);
        }
        first.server().close();
        assertThat(bound(TWO).isConnected()).isTrue();
    }
}
