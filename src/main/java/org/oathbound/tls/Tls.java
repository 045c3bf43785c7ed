package org.oathbound.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS, with the certificate that the files have now. */
public final class Tls implements AutoCloseable {

    /** How often the files are read. A change is used when it was found twice: then no program is still writing it. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final PemFiles files;
    private final Clock clock;
    private final CurrentKey key;
    private final SSLContext context;
    private PemFiles.Texts inForce;
    private PemFiles.@Nullable Texts seen;
    private @Nullable String lastTrouble;
    private @Nullable String told;
    private @Nullable Thread watch;

    private Tls(PemFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
        this.inForce = files.read();
        this.key = new CurrentKey(files.credential(inForce));
        this.context = context(key);
    }

    /**
     * Reads the files.
     *
     * @param certificate PEM: the server's certificate, then those that lead up to its issuer
     * @param key PEM: its private key, as PKCS #8
     * @throws IllegalStateException when they can't be used; the message says which and why
     */
    public static Tls read(Path certificate, Path key, Clock clock) {
        return new Tls(new PemFiles(certificate, key), clock);
    }

    /** Takes what the files have from now on, whenever they change, until it is closed. */
    public synchronized Tls watched(Duration lookEvery) {
        if (watch == null) {
            watch = Thread.ofVirtual().name("oathbound-tls").start(() -> watch(lookEvery));
        }
        return this;
    }

    /** A connection whose other side is to begin a handshake; its first read or write waits for it. */
    public SSLSocket over(Socket connected) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connected, null, true);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }

    /** What an administrator should know of the certificate, if anything. */
    public Optional<String> warning() {
        Credential credential = key.credential();
        return credential.hasEnded(clock.instant())
                ? Optional.of("The certificate in " + files.certificate() + " has ended: " + credential
                        + ". Clients refuse it; put a new one there.")
                : Optional.empty();
    }

    X509ExtendedKeyManager keyManager() {
        return key;
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.interrupt();
            watch = null;
        }
    }

    private void watch(Duration lookEvery) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(lookEvery.toMillis());
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at the files. */
    void look() {
        String trouble = null;
        try {
            take(files.read());
        } catch (RuntimeException e) {
            trouble = e.getMessage() + " The certificate before it stays: " + key.credential();
        }
        // Once, and only of what lasts: a file that is missing for a moment is being exchanged.
        if (trouble != null && trouble.equals(lastTrouble) && !trouble.equals(told)) {
            log(Level.WARNING, trouble);
            told = trouble;
        }
        lastTrouble = trouble;
    }

    private void take(PemFiles.Texts found) {
        boolean settled = found.equals(seen);
        seen = found;
        if (!settled) {
            told = null;
        } else if (!found.equals(inForce)) {
            key.replace(files.credential(found));
            inForce = found;
            log(Level.INFO, "The certificate of " + files.certificate() + " was exchanged: " + key.credential());
            warning().ifPresent(warning -> log(Level.WARNING, warning));
        }
    }

    /** Asked for late: in the launcher Payara Micro has to set up logging first. */
    private static void log(Level level, String line) {
        Logger log = System.getLogger(Tls.class.getName());
        log.log(level, line);
    }

    private static SSLContext context(CurrentKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of every Java", e);
        }
    }
}
