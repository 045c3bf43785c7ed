package org.oathbound.device.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.device.control.TokenHolders;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/**
 * Whether a caller may do to a person's device what changes its token, and so what everybody else has who has that token.
 * Naming, ordering and deleting the device leave the others as they are.
 */
@ApplicationScoped
class TokenRights {

    private final RoleHolders roles;
    private final TokenHolders holders;

    @Inject
    TokenRights(RoleHolders roles, TokenHolders holders) {
        this.roles = roles;
        this.holders = holders;
    }

    /**
     * Refuses a caller who must not change the device's token.
     *
     * @throws Problem.Forbidden when somebody who has it holds a role above the caller's
     * @throws Problem.NotFound when there is no such person or device
     */
    void requireChange(SecurityContext security, Environment environment, UUID person, UUID device) {
        roles.requireMayChangeTokenOf(holders.of(environment, person, device), caller(security), environment);
    }

    /** The same for a device that is to be paired; {@link Problem.NotFound} when there is no such person. */
    void requirePairing(SecurityContext security, Environment environment, UUID person, NewDevice wanted) {
        roles.requireMayChangeTokenOf(holders.of(environment, person, wanted), caller(security), environment);
    }

    private static RequestPrincipal caller(SecurityContext security) {
        return (RequestPrincipal) security.getUserPrincipal();
    }
}
