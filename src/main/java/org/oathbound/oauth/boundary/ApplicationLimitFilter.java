package org.oathbound.oauth.boundary;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.RateLimit;

/** Holds each authenticated caller to a limit of their own, at whichever addresses they call from. */
@Provider
@Priority(Priorities.AUTHORIZATION - 1)
@ApplicationScoped
public class ApplicationLimitFilter implements ContainerRequestFilter {

    private final RateLimit limit;

    /** @param perSecond requests; 0 for no limit */
    @Inject
    public ApplicationLimitFilter(
            @ConfigProperty(name = "oathbound.limits.application", defaultValue = "1000") int perSecond) {
        this(AddressLimit.perSecond(perSecond));
    }

    ApplicationLimitFilter(RateLimit limit) {
        this.limit = limit;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        Principal caller = security == null ? null : security.getUserPrincipal();
        if (caller != null) {
            limit.take(caller.getName());
        }
    }
}
