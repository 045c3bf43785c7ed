package org.oathbound.ldap;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.tls.Tls;

/**
 * How LDAP clients are connected, besides the plain port.
 *
 * @param tls the certificate: with it the plain port offers StartTLS
 * @param port where LDAPS listens, if it does
 * @param address the address that LDAPS listens on
 * @param times how long what may take
 */
@Dependent
public record LdapTransport(Optional<Tls> tls, Optional<Integer> port, String address, ConnectionTimeouts times) {

    @Inject
    public LdapTransport(
            Optional<Tls> tls,
            @ConfigProperty(name = "oathbound.ldaps.port") Optional<Integer> port,
            @ConfigProperty(name = "oathbound.ldaps.address", defaultValue = "0.0.0.0") String address,
            @ConfigProperty(name = "oathbound.ldap.idle-timeout", defaultValue = "PT10M") Duration idle,
            @ConfigProperty(name = "oathbound.ldap.request-timeout", defaultValue = "PT30S") Duration request) {
        this(tls, port, address, ConnectionTimeouts.of(idle, request));
    }

    /** @throws IllegalStateException when LDAPS has no certificate, or a timeout leaves clients no time */
    ConnectionSettings guard() {
        if (port.isPresent() && tls.isEmpty()) {
            throw new IllegalStateException(
                    "oathbound.ldaps.port needs oathbound.tls.certificate and oathbound.tls.key.");
        }
        if (times.idle().toMillis() <= 0) {
            throw new IllegalStateException("oathbound.ldap.idle-timeout has to be longer than nothing.");
        }
        if (times.request().toMillis() <= 0) {
            throw new IllegalStateException("oathbound.ldap.request-timeout has to be longer than nothing.");
        }
        return new ConnectionSettings(tls.orElse(null), times);
    }
}
