package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.ldap.boundary.Client.Administrator;
import org.oathbound.problem.Problem;

/**
 * What a client may do at this moment; who has lost a role since his bind has lost it here.
 *
 * @param caller null for nobody, for the administrator, and for somebody who is gone
 */
record Rights(Client client, @Nullable Caller caller) {

    boolean isAdministrator() {
        return client instanceof Administrator;
    }

    boolean may(Permission permission, Environment environment) {
        return isAdministrator()
                || (caller != null && caller.environment().id().equals(environment.id()) && caller.may(permission));
    }

    /** @throws LDAPException with insufficientAccessRights (50) */
    void require(Permission permission, Environment environment) throws LDAPException {
        if (!may(permission, environment)) {
            throw refused();
        }
    }

    /** The same, for what is another person's; not for one who stands above the caller. */
    void require(Permission permission, Environment environment, UUID person, RoleHolders holders)
            throws LDAPException {
        require(permission, environment);
        try {
            if (caller != null) {
                holders.requireMayChange(caller, environment, person);
            }
        } catch (Problem.Forbidden e) {
            throw refused();
        }
    }

    /** Whether it is the person himself. */
    boolean isOf(Environment environment, UUID person) {
        return caller != null && caller.is(person) && caller.environment().id().equals(environment.id());
    }

    /** Whether the client has shown a code. */
    boolean withCode() {
        return caller != null && caller.withCode();
    }

    static LDAPException refused() {
        return new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "The client has no right to do this.");
    }
}
