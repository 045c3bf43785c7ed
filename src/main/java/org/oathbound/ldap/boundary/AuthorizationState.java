package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import java.time.Instant;
import java.util.UUID;
import org.oathbound.environment.Environment;

/** Who a client is since its last bind: the authorization state of its connection (RFC 4513 section 4). */
sealed interface AuthorizationState {

    /** {@link DN#NULL_DN} for an anonymous client. */
    DN name();

    /** A client that has not bound, or whose bind failed. */
    record Anonymous() implements AuthorizationState {

        @Override
        public DN name() {
            return DN.NULL_DN;
        }
    }

    /** {@code cn=admin} of the suffix. */
    record Administrator(DN name) implements AuthorizationState {}

    /** An application, with its secret. */
    record Program(DN name, Environment environment, UUID id) implements AuthorizationState {}

    /**
     * A person.
     *
     * @param withCode whether a code of the person's was accepted
     * @param since when the bind was
     */
    record Human(DN name, Environment environment, UUID id, boolean withCode, Instant since)
            implements AuthorizationState {}
}
