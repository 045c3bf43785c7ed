package org.oathbound.oauth.boundary;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.Requires.From;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Audited;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.problem.Problem;

/**
 * Lets a request through to its method when the caller is permitted what the method requires, in the caller's
 * environment.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class AuthorizationFilter implements ContainerRequestFilter {

    private final ResourceInfo resource;

    public AuthorizationFilter(@Context ResourceInfo resource) {
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        if (isForeign(resource.getResourceClass()) || method.isAnnotationPresent(PermitAll.class)) {
            return;
        }
        Requires requires = method.getAnnotation(Requires.class);
        if (requires == null) {
            throw new Problem.Forbidden("Nobody may call this.");
        }
        RequestPrincipal caller = callerOf(request);
        String environment = request.getUriInfo().getPathParameters().getFirst("env");
        if (!isFrom(requires.from(), caller, environment)) {
            throw new Problem.Forbidden("The access token is for another environment.");
        }
        List<Permission> missing =
                Stream.of(requires.value()).filter(Predicate.not(caller::may)).toList();
        if (!missing.isEmpty()) {
            throw Permission.missing(missing);
        }
        Tickets.check(request, method.getAnnotation(Audited.class), requires, caller, () -> settingsOf(request));
    }

    private static CurrentSettings settingsOf(ContainerRequestContext request) {
        if (request.getProperty(AuditContextFilter.SETTINGS) instanceof CurrentSettings settings) {
            return settings;
        }
        throw new IllegalStateException("A request has come in by no interface.");
    }

    private static boolean isFrom(From from, RequestPrincipal caller, @Nullable String environment) {
        boolean own = caller.environment().id().toString().equalsIgnoreCase(environment);
        return switch (from) {
            case ITS_ENVIRONMENT -> own;
            case THE_DEFAULT -> caller.environment().isDefault();
            case ANY -> true;
            case ITS_ENVIRONMENT_OR_THE_DEFAULT -> own || caller.environment().isDefault();
        };
    }

    /** What libraries bring along, such as the page that shows the API, and what JAX-RS answers by itself. */
    private static boolean isForeign(@Nullable Class<?> resourceClass) {
        return resourceClass == null || !resourceClass.getName().startsWith("org.oathbound.");
    }

    static RequestPrincipal callerOf(ContainerRequestContext request) {
        if (request.getProperty(BearerAuthentication.PROBLEM) instanceof Problem problem) {
            throw problem;
        }
        SecurityContext security = request.getSecurityContext();
        if (security != null && security.getUserPrincipal() instanceof RequestPrincipal caller) {
            return caller;
        }
        throw new Problem.Unauthenticated("There is no access token, or it does not hold.");
    }
}
