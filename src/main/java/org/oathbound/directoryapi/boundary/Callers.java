package org.oathbound.directoryapi.boundary;

import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Asker;
import org.oathbound.access.control.Asker.Known;
import org.oathbound.access.control.Asker.Nobody;
import org.oathbound.access.control.Caller;
import org.oathbound.problem.Problem;

/** Who calls, as the filters in front have found out. */
final class Callers {

    private Callers() {}

    /** Null for nobody. */
    static @Nullable Caller of(SecurityContext security) {
        return security.getUserPrincipal() instanceof Caller caller ? caller : null;
    }

    /** Who asks, nobody too. */
    static Asker asker(SecurityContext security) {
        Caller caller = of(security);
        return caller == null ? new Nobody() : new Known(caller);
    }

    /** The same, or {@link Problem.Unauthenticated} for nobody where nothing that was sent speaks for him. */
    static Asker asker(SecurityContext security, @Nullable String proof) {
        return proof == null ? new Known(required(security)) : asker(security);
    }

    /** Who calls, or {@link Problem.Unauthenticated}. */
    static Caller required(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new Problem.Unauthenticated("There is no access token, or it does not hold.");
    }
}
