package org.oathbound.it;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.net.SocketFactory;

/** A client at one of this machine's addresses, for all of 127.0.0.0/8 is this machine: over HTTP/1.1 or LDAP, a connection each. */
final class ClientAt implements Closeable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final String address;
    private final int httpPort;
    private final int ldapPort;
    private Socket http = new Socket();
    private LDAPConnection ldap = new LDAPConnection();

    ClientAt(String address, int httpPort, int ldapPort) {
        this.address = address;
        this.httpPort = httpPort;
        this.ldapPort = ldapPort;
    }

    /** Binds; another bind goes over the same connection. */
    ResultCode bind(String name, String password) {
        try {
            if (!ldap.isConnected()) {
                ldap = new LDAPConnection(new SocketsOf(address));
                ldap.connect("127.0.0.1", ldapPort);
            }
            return ldap.bind(name, password).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    /** The status of a POST, from the connection before where it is still open. */
    int post(String path, String mediaType, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + mediaType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    int get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** The same with a user name and a password, by HTTP's own scheme (RFC 7617). */
    int get(String path, String username, String password) throws IOException {
        String credentials = username + ":" + password;
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)) + "\r\n\r\n");
    }

    private int send(String request) throws IOException {
        open().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        try {
            return answer(new BufferedInputStream(http.getInputStream()));
        } catch (IOException e) {
            http.close();
            throw e;
        }
    }

    /** Sends what may be part of a request, and waits for nothing. */
    void begin(String text) throws IOException {
        open().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Socket open() throws IOException {
        if (!http.isConnected() || http.isClosed()) {
            http = new SocketsOf(address).createSocket();
            http.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), PATIENCE_MILLIS);
            http.setSoTimeout(PATIENCE_MILLIS);
            http.setTcpNoDelay(true);
        }
        return http;
    }

    private int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        int length = 0;
        boolean isChunked = false;
        boolean isLast = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            isChunked |= lower.startsWith("transfer-encoding: chunked");
            isLast |= lower.startsWith("connection: close");
        }
        in.readNBytes(length);
        while (isChunked) {
            int chunk = Integer.parseInt(line(in).strip(), 16);
            in.readNBytes(chunk);
            line(in);
            isChunked = chunk > 0;
        }
        if (isLast) {
            http.close();
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed.");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        ldap.close();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sockets of one of this machine's addresses. */
    private static final class SocketsOf extends SocketFactory {

        private final String address;

        SocketsOf(String address) {
            this.address = address;
        }

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(address, 0));
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return new Socket(host, port, InetAddress.getByName(address), 0);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return new Socket(host, port, InetAddress.getByName(address), 0);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(host, port);
        }
    }
}
