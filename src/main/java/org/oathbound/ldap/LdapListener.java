package org.oathbound.ldap;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.oathbound.ldap.boundary.LdapRequestHandler;
import org.oathbound.ldap.boundary.LdapRequestHandlerFactory;

/** Listens for LDAP clients, one thread for each; the requests of one client are answered in their order. */
@ApplicationScoped
public class LdapListener {

    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_MESSAGE_BYTES = 256 * 1024;
    private static final Duration REQUESTS_TAKE_AT_MOST = Duration.ofSeconds(10);

    /** The SDK sends an answer after the request has ended for us, and does not say when. */
    private static final Duration LAST_ANSWERS_LEAVE_WITHIN = Duration.ofMillis(100);

    private final LdapRequestHandlerFactory handlers;
    private final int port;
    private final String address;
    private final LdapTransport transport;
    private final List<LDAPListener> listeners = new ArrayList<>();
    private @Nullable LdapRequestHandler handler;
    private @Nullable ConnectionSettings guard;

    @Inject
    public LdapListener(
            LdapRequestHandlerFactory handlers,
            LdapTransport transport,
            @ConfigProperty(name = "oathbound.ldap.port", defaultValue = "1389") int port,
            @ConfigProperty(name = "oathbound.ldap.address", defaultValue = "127.0.0.1") String address) {
        this.handlers = handlers;
        this.transport = transport;
        this.port = port;
        this.address = address;
    }

    /**
     * Opens the ports.
     *
     * @throws UncheckedIOException when a port is taken or the address is none of this machine's
     */
    public synchronized void start() {
        ConnectionSettings shared = transport.guard();
        LdapRequestHandler opened = handlers.open();
        guard = shared;
        handler = opened;
        try {
            listen(opened, port, address, new TimedServerSockets(shared, false, MAX_CONNECTIONS));
            transport
                    .port()
                    .ifPresent(secure -> listen(
                            opened,
                            secure,
                            transport.address(),
                            new TimedServerSockets(shared, true, MAX_CONNECTIONS)));
        } catch (UncheckedIOException e) {
            stop();
            throw e;
        }
    }

    private void listen(LdapRequestHandler opened, int onPort, String onAddress, TimedServerSockets ports) {
        try {
            LDAPListenerConfig config = new LDAPListenerConfig(onPort, opened);
            config.setListenAddress(InetAddress.getByName(onAddress));
            config.setMaxMessageSizeBytes(MAX_MESSAGE_BYTES);
            config.setServerSocketFactory(ports);
            LDAPListener started = new LDAPListener(config);
            started.startListening();
            listeners.add(started);
        } catch (IOException e) {
            throw new UncheckedIOException("LDAP can't listen on " + onAddress + " port " + onPort, e);
        }
    }

    /** Lets requests finish, then closes the ports and every connection; does nothing when it was not started. */
    public synchronized void stop() {
        if (guard != null && handler != null) {
            if (handler.close(REQUESTS_TAKE_AT_MOST)) {
                LockSupport.parkNanos(LAST_ANSWERS_LEAVE_WITHIN.toNanos());
            }
            listeners.forEach(listener -> listener.shutDown(true));
            listeners.clear();
            guard.end();
            guard = null;
        }
    }

    /** The port that clients connect to, also when 0 was configured. */
    public synchronized int port() {
        if (listeners.isEmpty()) {
            throw new IllegalStateException("LDAP is not listening.");
        }
        return listeners.getFirst().getListenPort();
    }

    /** The port of LDAPS, if it listens. */
    public synchronized Optional<Integer> securePort() {
        return listeners.stream().skip(1).findFirst().map(LDAPListener::getListenPort);
    }
}
