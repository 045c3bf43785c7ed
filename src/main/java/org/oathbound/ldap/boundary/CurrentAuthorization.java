package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Administrator;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;

/**
 * What a client may do at this moment; a role that was removed since the bind no longer counts.
 *
 * @param requester anonymous, too, for a client whose person or application is deleted
 */
record CurrentAuthorization(AuthorizationState client, Requester requester) {

    boolean isAdministrator() {
        return requester instanceof Administrator;
    }

    /** @throws LDAPException with insufficientAccessRights (50) for an anonymous client */
    void requireBound() throws LDAPException {
        if (requester instanceof Anonymous) {
            throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "Whoever searches here has to bind before.");
        }
    }

    /** @throws LDAPException with insufficientAccessRights (50) */
    void requireAdministrator() throws LDAPException {
        if (!isAdministrator()) {
            throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "Only the administrator may do this.");
        }
    }

    /** @throws LDAPException with insufficientAccessRights (50) */
    void require(Permission permission, Environment environment) throws LDAPException {
        if (!requester.may(permission, environment)) {
            throw refused();
        }
    }

    static LDAPException refused() {
        return new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "The client has no right to do this.");
    }
}
