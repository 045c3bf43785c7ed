package org.oathbound.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens ports whose connections are {@linkplain GuardedSocket guarded}, with TLS from their first byte on, or without. */
final class GuardedPorts extends ServerSocketFactory {

    private final Guard guard;
    private final boolean secure;

    GuardedPorts(Guard guard, boolean secure) {
        this.guard = guard;
        this.secure = secure;
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
        public Socket accept() throws IOException {
            GuardedSocket socket = new GuardedSocket(guard);
            implAccept(socket);
            if (secure) {
                socket.startTls();
            }
            try {
                socket.setSoTimeout(guard.idleMillis());
            } catch (SocketException e) {
                socket.close(); // gone already; an exception here would end the listener
            }
            return socket;
        }
    }
}
