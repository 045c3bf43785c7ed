package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.ldap.LdapListener;
import org.oathbound.tls.Tls;
import org.oathbound.tls.TlsProvider;
import org.oathbound.tls.TlsSettings;

/** Which interfaces other machines can reach: for the banner, and for a warning where a network could read along. */
@ApplicationScoped
class OpenPorts {

    private static final String HERE = " (this machine only)";

    private final int httpPort;
    private final Optional<Integer> httpsPort;
    private final String ldapAddress;
    private final Optional<Tls> tls;

    @Inject
    OpenPorts(
            @ConfigProperty(name = "payara.instance.http.port", defaultValue = "8080") int httpPort,
            @ConfigProperty(name = TlsSettings.HTTPS_PORT) Optional<Integer> httpsPort,
            @ConfigProperty(name = "oathbound.ldap.address", defaultValue = "127.0.0.1") String ldapAddress,
            Optional<Tls> tls) {
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
        this.ldapAddress = ldapAddress;
        this.tls = tls;
    }

    /** @throws IllegalStateException when HTTPS is configured and its port was not opened */
    void check() {
        if (httpsPort.isPresent() && !TlsProvider.isInstalled()) {
            throw new IllegalStateException(TlsSettings.HTTPS_PORT
                    + " has an effect with java -jar oathbound.jar only; start it so, or leave the property out.");
        }
    }

    /** The interfaces and their addresses, as text. */
    String describe(LdapListener ldap) {
        List<String> interfaces = new ArrayList<>();
        interfaces.add("HTTP at http://localhost:" + httpPort + (httpIsForOthers() ? " (other machines, too)" : HERE));
        httpsPort.ifPresent(port -> interfaces.add("HTTPS on port " + port));
        interfaces.add("LDAP on " + ldapAddress + " port " + ldap.port() + (tls.isPresent() ? ", with StartTLS" : "")
                + (Loopback.isLoopback(ldapAddress) ? HERE : ""));
        ldap.securePort().ifPresent(port -> interfaces.add("LDAPS on port " + port));
        return String.join("; ", interfaces) + ".";
    }

    /** Warnings about settings that an administrator should change. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        tls.flatMap(Tls::warning).ifPresent(warnings::add);
        if (httpIsForOthers()) {
            warnings.add("HTTP without TLS can be reached from other machines: secrets, passwords and codes could be"
                    + " read on the way. Set " + TlsSettings.HTTPS_PORT + ", and leave OATHBOUND_HTTP_ADDRESS out.");
        }
        if (!Loopback.isLoopback(ldapAddress)) {
            warnings.add("LDAP without TLS can be reached from other machines, at " + ldapAddress
                    + ": passwords and codes could be read on the way. Set oathbound.ldaps.port, and leave"
                    + " oathbound.ldap.address out.");
        }
        return warnings;
    }

    private boolean httpIsForOthers() {
        return Loopback.ofThisMachine()
                .filter(Predicate.not(InetAddress::isLoopbackAddress))
                .anyMatch(address -> Loopback.answers(new InetSocketAddress(address, httpPort)));
    }
}
