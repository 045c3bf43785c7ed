package org.oathbound.ldap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.oathbound.ldap.boundary.Networks;

/**
 * A client's connection, which can go over to TLS, and whose turn is known. The SDK could do that, too, but would forget the limit of a message's size.
 * One thread reads and writes its answers in turn, so the next read after the answer to StartTLS is where TLS begins.
 */
public final class TimedSocket extends Socket {

    private final ConnectionSettings guard;
    private final ConnectionLimit connectionLimit;
    private final ConnectionDeadline deadline;
    private String network = "";
    private @Nullable Received received;
    private @Nullable Sent sent;
    private @Nullable SSLSocket tls;
    private boolean layering;
    private boolean due;

    TimedSocket(ConnectionSettings guard, ConnectionLimit connectionLimit) {
        this.guard = guard;
        this.connectionLimit = connectionLimit;
        this.deadline = new ConnectionDeadline(guard.times(), System.nanoTime());
    }

    /** A client is on the other side, from now on. */
    void connected() {
        deadline.begin(System.nanoTime());
        network = Networks.of(getInetAddress());
    }

    ConnectionDeadline deadline() {
        return deadline;
    }

    /** The network that counts as one address. */
    String network() {
        return network;
    }

    /** A request has arrived, and its answer begins. */
    public void answering() {
        deadline.asked(System.nanoTime());
    }

    /** Says whether the client has bound with a name; a request may change that. */
    public void bound(boolean asSomebody) {
        deadline.bound(asSomebody);
    }

    @Override
    public synchronized void close() throws IOException {
        connectionLimit.leave(this);
        super.close();
    }

    /** Whether this is TLS, or becomes it with the next byte that is read. */
    public boolean isSecure() {
        return tls != null || due;
    }

    /** Whether the service has a certificate. */
    public boolean canBeSecured() {
        return guard.tls() != null;
    }

    /**
     * Input is TLS from now on; output is, too, after the next read has begun.
     *
     * @throws IOException when something was sent behind the request: an attacker may have written that
     */
    public void startTls() throws IOException {
        if (received != null) {
            received.requireEmpty();
        }
        due = true;
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (layering) {
            return super.getInputStream();
        }
        if (received == null) {
            received = new Received(super.getInputStream());
        }
        return received;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        if (layering) {
            return super.getOutputStream();
        }
        if (sent == null) {
            sent = new Sent(super.getOutputStream());
        }
        return sent;
    }

    private synchronized SSLSocket layer() throws IOException {
        layering = true;
        try {
            return guard.requireTls().over(this);
        } finally {
            layering = false;
        }
    }

    private void secure() throws IOException {
        due = false;
        // A client that does not finish the handshake in time is cut off, however slowly its bytes arrive.
        ScheduledFuture<?> retry = guard.closeAfterHandshakeTime(this);
        try {
            SSLSocket layered = layer();
            layered.startHandshake();
            tls = layered;
            ((Received) getInputStream()).goOnWith(layered.getInputStream());
            ((Sent) getOutputStream()).goOnWith(layered.getOutputStream());
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            retry.cancel(false);
        }
    }

    /** With mark and reset, so that the SDK puts no buffer of its own in front, where plain text could wait. */
    private final class Received extends BufferedInputStream {

        Received(InputStream plain) {
            super(plain);
        }

        void requireEmpty() throws IOException {
            if (available() > 0) {
                throw new IOException("There is something behind the request for TLS.");
            }
        }

        void goOnWith(InputStream secure) {
            in = secure;
        }

        private void becomeSecure() throws IOException {
            if (due) {
                requireNothingRead();
                secure();
            }
        }

        private void requireNothingRead() throws IOException {
            if (pos < count) {
                throw new IOException("There is something behind the request for TLS.");
            }
            pos = 0;
            count = 0;
        }

        @Override
        public synchronized int read() throws IOException {
            begin();
            int read = super.read();
            deadline.received(System.nanoTime());
            return read;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            begin();
            int read = super.read(bytes, offset, length);
            deadline.received(System.nanoTime());
            return read;
        }

        private void begin() throws IOException {
            deadline.wantsMore(System.nanoTime());
            becomeSecure();
        }
    }

    private static final class Sent extends OutputStream {

        private volatile OutputStream out;

        Sent(OutputStream plain) {
            this.out = plain;
        }

        void goOnWith(OutputStream secure) {
            out = secure;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
