package org.oathbound.ldap;

import java.time.Duration;

/**
 * How long what may take on a connection of the LDAP interface.
 *
 * @param handshake a TLS handshake
 * @param unbound nothing sent by a client that has not bound
 * @param idle nothing sent by a client that has bound
 * @param request a request, from its first byte to its last
 * @param answer its answer, from then on until the client has taken it
 */
record ConnectionTimeouts(Duration handshake, Duration unbound, Duration idle, Duration request, Duration answer) {

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /**
     * As configured.
     *
     * @param idle nothing sent by a client that has bound
     * @param haste a request, an answer, and nothing sent by a client that has not bound
     */
    static ConnectionTimeouts of(Duration idle, Duration haste) {
        return new ConnectionTimeouts(HANDSHAKE, idle.compareTo(haste) < 0 ? idle : haste, idle, haste, haste);
    }
}
