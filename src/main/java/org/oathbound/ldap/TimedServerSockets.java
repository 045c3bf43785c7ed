package org.oathbound.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens ports whose connections are {@linkplain TimedSocket guarded}, with TLS from their first byte on, or without. */
final class TimedServerSockets extends ServerSocketFactory {

    private final ConnectionSettings guard;
    private final boolean secure;
    private final ConnectionLimit connectionLimit;
    private final ScheduledFuture<?> watch;

    /** @param room the most connections at a time */
    TimedServerSockets(ConnectionSettings guard, boolean secure, int room) {
        this.guard = guard;
        this.secure = secure;
        this.connectionLimit = new ConnectionLimit(room);
        this.watch = guard.watch(connectionLimit);
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

        /** The next client's connection that the limit accepts. */
        @Override
        public Socket accept() throws IOException {
            while (true) {
                TimedSocket socket = new TimedSocket(guard, connectionLimit);
                implAccept(socket);
                socket.connected();
                if (secure) {
                    socket.startTls();
                }
                if (connectionLimit.take(socket)) {
                    return socket;
                }
                socket.close();
            }
        }
    }
}
