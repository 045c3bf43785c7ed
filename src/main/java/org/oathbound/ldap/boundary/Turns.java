package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import org.jspecify.annotations.Nullable;
import org.oathbound.ldap.GuardedSocket;
import org.oathbound.ldap.boundary.Client.Nobody;

/** Tells a connection when a request's answer begins, and who is on its other side. */
final class Turns {

    private final @Nullable GuardedSocket socket;

    Turns(@Nullable LDAPListenerClientConnection connection) {
        this.socket = connection != null && connection.getSocket() instanceof GuardedSocket guarded ? guarded : null;
    }

    void begin() {
        if (socket != null) {
            socket.answering();
        }
    }

    void end(Client client) {
        if (socket != null) {
            socket.bound(!(client instanceof Nobody));
        }
    }
}
