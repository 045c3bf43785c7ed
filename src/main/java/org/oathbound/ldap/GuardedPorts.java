package org.oathbound.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens ports whose connections are {@linkplain GuardedSocket guarded}, with TLS from their first byte on, or without. */
final class GuardedPorts extends ServerSocketFactory {

    private final Guard guard;
    private final boolean secure;
    private final Seats seats;
    private final ScheduledFuture<?> watch;

    /** @param room for how many connections at a time there is */
    GuardedPorts(Guard guard, boolean secure, int room) {
        this.guard = guard;
        this.secure = secure;
        this.seats = new Seats(room);
        this.watch = guard.watch(seats);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Port();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket server = createServerSocket();
        try {
            server.bind(new InetSocketAddress(address, port), backlog);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private final class Port extends ServerSocket {

        Port() throws IOException {}

        @Override
        public void close() throws IOException {
            watch.cancel(false);
            super.close();
        }

        /** The next client that there is room for. */
        @Override
        public Socket accept() throws IOException {
            while (true) {
                GuardedSocket socket = new GuardedSocket(guard, seats);
                implAccept(socket);
                socket.connected();
                if (secure) {
                    socket.startTls();
                }
                if (seats.take(socket)) {
                    return socket;
                }
                socket.close();
            }
        }
    }
}
