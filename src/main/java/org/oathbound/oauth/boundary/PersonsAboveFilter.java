package org.oathbound.oauth.boundary;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * Refuses a change of a person who holds a role above the caller's, and of anything that belongs to that person:
 * whatever stands below {@code /v1/environments/{env}/users/{id}}.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
@ApplicationScoped
public class PersonsAboveFilter implements ContainerRequestFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int COLLECTION = 3;
    private static final int ID = 4;

    private final RoleHolders holders;

    @Inject
    public PersonsAboveFilter(RoleHolders holders) {
        this.holders = holders;
    }

    /** @throws Problem.Forbidden when the person stands above the caller */
    @Override
    public void filter(ContainerRequestContext request) {
        List<String> path = request.getUriInfo().getPathSegments().stream()
                .map(PathSegment::getPath)
                .toList();
        if (!READING.contains(request.getMethod())
                && path.size() > ID
                && path.get(COLLECTION).equals("users")
                && Texts.isUuid(path.get(ID))) {
            RequestPrincipal caller = AuthorizationFilter.callerOf(request);
            holders.requireMayChange(caller, caller.environment(), UUID.fromString(path.get(ID)));
        }
    }
}
