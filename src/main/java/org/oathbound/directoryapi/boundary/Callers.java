package org.oathbound.directoryapi.boundary;

import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.problem.Problem;

/** Who calls, as the filters in front have found out. */
final class Callers {

    private Callers() {}

    /** Null for nobody. */
    static @Nullable Caller of(SecurityContext security) {
        return security.getUserPrincipal() instanceof Caller caller ? caller : null;
    }

    /** The same, or {@link Problem.Unauthenticated}. */
    static Caller required(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new Problem.Unauthenticated("There is no access token, or it does not hold.");
    }
}
