package org.oathbound.ldap;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environments;
import org.oathbound.ldap.boundary.Door;
import org.oathbound.person.control.Persons;

/** Listens for LDAP clients, one thread for each; the requests of one client are answered in their order. */
@ApplicationScoped
public class LdapListener {

    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_MESSAGE_BYTES = 256 * 1024;
    private static final Duration REQUESTS_TAKE_AT_MOST = Duration.ofSeconds(10);

    /** The SDK sends an answer after the request has ended for us, and does not say when. */
    private static final Duration LAST_ANSWERS_LEAVE_WITHIN = Duration.ofMillis(100);

    private final Directory directory;
    private final Environments environments;
    private final Persons persons;
    private final Audit audit;
    private final int port;
    private final String address;
    private @Nullable Door door;
    private @Nullable LDAPListener listener;

    @Inject
    public LdapListener(
            Directory directory,
            Environments environments,
            Persons persons,
            Audit audit,
            @ConfigProperty(name = "oathbound.ldap.port", defaultValue = "1389") int port,
            @ConfigProperty(name = "oathbound.ldap.address", defaultValue = "127.0.0.1") String address) {
        this.directory = directory;
        this.environments = environments;
        this.persons = persons;
        this.audit = audit;
        this.port = port;
        this.address = address;
    }

    /**
     * Opens the port.
     *
     * @throws UncheckedIOException when the port is taken or the address is none of this machine's
     */
    public synchronized void start() {
        try {
            Door opened = new Door(directory, environments, persons, audit);
            LDAPListenerConfig config = new LDAPListenerConfig(port, opened);
            config.setListenAddress(InetAddress.getByName(address));
            config.setMaxConnections(MAX_CONNECTIONS);
            config.setMaxMessageSizeBytes(MAX_MESSAGE_BYTES);
            LDAPListener started = new LDAPListener(config);
            started.startListening();
            listener = started;
            door = opened;
        } catch (IOException e) {
            throw new UncheckedIOException("LDAP can't listen on " + address + " port " + port, e);
        }
    }

    /** Lets requests finish, then closes the port and every connection; does nothing when it was not started. */
    public synchronized void stop() {
        if (listener != null && door != null) {
            if (door.close(REQUESTS_TAKE_AT_MOST)) {
                LockSupport.parkNanos(LAST_ANSWERS_LEAVE_WITHIN.toNanos());
            }
            listener.shutDown(true);
            listener = null;
        }
    }

    /** The port that clients connect to, also when 0 was configured. */
    public synchronized int port() {
        if (listener == null) {
            throw new IllegalStateException("LDAP is not listening.");
        }
        return listener.getListenPort();
    }
}
