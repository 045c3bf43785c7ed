package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import java.util.UUID;
import org.oathbound.environment.Environment;

/** Who a client is since its last bind: the authorization state of its connection (RFC 4513 section 4). */
sealed interface Client {

    /** {@link DN#NULL_DN} for nobody. */
    DN name();

    /** Who has not bound, or in vain. */
    record Nobody() implements Client {

        @Override
        public DN name() {
            return DN.NULL_DN;
        }
    }

    /** {@code cn=admin} of the suffix. */
    record Administrator(DN name) implements Client {}

    /** An application, with its secret. */
    record Program(DN name, Environment environment, UUID id) implements Client {}

    /**
     * A person.
     *
     * @param withCode whether a code of his was accepted
     */
    record Human(DN name, Environment environment, UUID id, boolean withCode) implements Client {}
}
