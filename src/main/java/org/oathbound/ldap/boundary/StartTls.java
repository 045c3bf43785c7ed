package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.oathbound.ldap.TimedSocket;

/** StartTLS (RFC 4511 section 4.14) on one connection. */
final class StartTls {

    static final String OID = StartTLSExtendedRequest.STARTTLS_REQUEST_OID;

    private final @Nullable TimedSocket socket;

    StartTls(@Nullable LDAPListenerClientConnection connection) {
        this.socket = connection != null && connection.getSocket() instanceof TimedSocket guarded ? guarded : null;
    }

    /** Whether the service has a certificate. */
    boolean isOffered() {
        return socket != null && socket.canBeSecured();
    }

    /** The answer that goes out in the clear, before the handshake. */
    LDAPMessage begin(int id, ExtendedRequestProtocolOp request) throws LDAPException {
        if (socket == null || !socket.canBeSecured()) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "Not supported here: StartTLS.");
        }
        if (request.getValue() != null) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "A request for TLS has no value.");
        }
        if (socket.isSecure()) {
            throw new LDAPException(ResultCode.OPERATIONS_ERROR, "This connection has TLS already.");
        }
        try {
            socket.startTls();
        } catch (IOException e) {
            // An attacker in between may have put it there, for it to count as if it came through TLS.
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "Nothing may follow a request for TLS.", e);
        }
        return new LDAPMessage(id, new ExtendedResponseProtocolOp(0, null, null, null, OID, null));
    }
}
