package org.oathbound.directoryapi.boundary;

import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.problem.Problem;

/** The caller of a request, as the filters in front have authenticated it. */
final class RequestPrincipals {

    private RequestPrincipals() {}

    /** Null for an anonymous client. */
    static @Nullable RequestPrincipal of(SecurityContext security) {
        return security.getUserPrincipal() instanceof RequestPrincipal caller ? caller : null;
    }

    /** The requester, which may be anonymous. */
    static Requester requester(SecurityContext security) {
        RequestPrincipal caller = of(security);
        return caller == null ? new Anonymous() : new Authenticated(caller);
    }

    /** The same, or {@link Problem.Unauthenticated} for an anonymous client that sent no proof. */
    static Requester requester(SecurityContext security, @Nullable String proof) {
        return proof == null ? new Authenticated(required(security)) : requester(security);
    }

    /** The caller, or {@link Problem.Unauthenticated}. */
    static RequestPrincipal required(SecurityContext security) {
        if (security.getUserPrincipal() instanceof RequestPrincipal caller) {
            return caller;
        }
        throw new Problem.Unauthenticated("There is no access token, or it does not hold.");
    }
}
