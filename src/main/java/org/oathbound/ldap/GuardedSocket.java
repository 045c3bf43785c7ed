package org.oathbound.ldap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, which can go over to TLS. The SDK could do that, too, but would forget the limit of a message's size.
 * One thread reads and writes its answers in turn, so the next read after the answer to StartTLS is where TLS begins.
 */
public final class GuardedSocket extends Socket {

    private final Guard guard;
    private @Nullable Received received;
    private @Nullable Sent sent;
    private @Nullable SSLSocket tls;
    private boolean layering;
    private boolean due;

    GuardedSocket(Guard guard) {
        this.guard = guard;
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
     * What is read from now on is TLS; what is written is, too, after the next read has begun.
     *
     * @throws IOException when something was sent behind the request: nobody knows who wrote that
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
        // Whoever does not come to an end with the handshake is cut off, however many bytes trickle.
        ScheduledFuture<?> patience = guard.closeAfterHandshakeTime(this);
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
            patience.cancel(false);
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
            becomeSecure();
            return super.read();
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            becomeSecure();
            return super.read(bytes, offset, length);
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
