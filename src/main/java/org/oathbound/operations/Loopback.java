package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells whether the interfaces can be reached from this machine only. HTTP is asked, for a server may listen before the application
 * starts; where it does not yet, as LDAP, its address is looked at.
 */
@ApplicationScoped
class Loopback {

    private static final int PATIENCE_MILLIS = 500;
    private static final String DEMO_IS_FOR_LOOPBACK = "The demo (oathbound.demo) is for this machine alone, and ";

    private final int httpPort;
    private final String httpAddress;
    private final String ldapAddress;

    @Inject
    Loopback(
            @ConfigProperty(name = "payara.instance.http.port", defaultValue = "8080") int httpPort,
            @ConfigProperty(name = "payara.instance.http.address", defaultValue = "127.0.0.1") String httpAddress,
            @ConfigProperty(name = "oathbound.ldap.address", defaultValue = "127.0.0.1") String ldapAddress) {
        this.httpPort = httpPort;
        this.httpAddress = httpAddress;
        this.ldapAddress = ldapAddress;
    }

    /** @throws IllegalStateException when another machine could reach an interface; the message says how to close it */
    void require() {
        require(ofThisMachine().toList(), Loopback::answers);
    }

    void require(List<InetAddress> machine, Predicate<InetSocketAddress> answers) {
        if (!isLoopback(httpAddress)) {
            throw open(httpAddress);
        }
        machine.stream()
                .filter(address -> !address.isLoopbackAddress())
                .filter(address -> answers.test(new InetSocketAddress(address, httpPort)))
                .findFirst()
                .ifPresent(address -> {
                    throw open(address.getHostAddress());
                });
        if (!isLoopback(ldapAddress)) {
            throw new IllegalStateException(DEMO_IS_FOR_LOOPBACK + "oathbound.ldap.address is " + ldapAddress
                    + ". Start it with 127.0.0.1, which is the default.");
        }
    }

    private IllegalStateException open(String address) {
        return new IllegalStateException(DEMO_IS_FOR_LOOPBACK + "HTTP answers at " + address + " port " + httpPort
                + ". Leave OATHBOUND_HTTP_ADDRESS out, or start it with --prebootcommandfile"
                + " server-config/loopback.asadmin.");
    }

    /** Every address of every network interface. */
    static Stream<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
        } catch (SocketException e) {
            throw new UncheckedIOException("The addresses of this machine can't be listed.", e);
        }
    }

    /** Whether a server listens there. */
    static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a name or address is of this machine alone. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
