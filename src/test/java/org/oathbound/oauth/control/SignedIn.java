package org.oathbound.oauth.control;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environment;

/** Every request is this caller's. */
public record SignedIn(RequestPrincipal caller) implements ContainerRequestFilter {

    /** An application with these roles. */
    public SignedIn(Environment environment, Role... roles) {
        this(RequestPrincipal.application(
                environment,
                new Application(
                        UUID.randomUUID(),
                        environment.id(),
                        Registration.worker("Test", Set.of(roles)),
                        false,
                        Instant.EPOCH,
                        null)));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setSecurityContext(new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return caller;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return true;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        });
    }
}
