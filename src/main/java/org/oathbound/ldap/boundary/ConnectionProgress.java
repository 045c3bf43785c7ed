package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import org.jspecify.annotations.Nullable;
import org.oathbound.ldap.TimedSocket;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;

/** Tells a connection when a request's answer begins, and who is on its other side. */
final class ConnectionProgress {

    private final @Nullable TimedSocket socket;

    ConnectionProgress(@Nullable LDAPListenerClientConnection connection) {
        this.socket = connection != null && connection.getSocket() instanceof TimedSocket guarded ? guarded : null;
    }

    void begin() {
        if (socket != null) {
            socket.answering();
        }
    }

    void end(AuthorizationState client) {
        if (socket != null) {
            socket.bound(!(client instanceof Anonymous));
        }
    }
}
