package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Asker;
import org.oathbound.access.control.Asker.Administrator;
import org.oathbound.access.control.Asker.Known;
import org.oathbound.access.control.Caller;
import org.oathbound.access.entity.Permission;
import org.oathbound.environment.Environment;

/**
 * What a client may do at this moment; who has lost a role since his bind has lost it here.
 *
 * @param asker nobody, too, for somebody who is gone
 */
record Rights(Client client, Asker asker) {

    boolean isAdministrator() {
        return asker instanceof Administrator;
    }

    /** Null for nobody and for the administrator. */
    @Nullable
    Caller caller() {
        return asker instanceof Known known ? known.caller() : null;
    }

    /** @throws LDAPException with insufficientAccessRights (50) */
    void require(Permission permission, Environment environment) throws LDAPException {
        if (!asker.may(permission, environment)) {
            throw refused();
        }
    }

    static LDAPException refused() {
        return new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "The client has no right to do this.");
    }
}
