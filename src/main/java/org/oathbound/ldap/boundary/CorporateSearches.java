package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.CorporateEntries;
import org.oathbound.problem.Problem;

/**
 * Searches below the base of a corporate directory: they go on to it, with the rights that we have there. A client who
 * may read people may search there, and every person for their own entry.
 */
final class CorporateSearches {

    private final CorporateDirectories corporate;

    CorporateSearches(CorporateDirectories corporate) {
        this.corporate = corporate;
    }

    /**
     * What is found.
     *
     * @param controls that would be obeyed in our own directory; none is here
     * @throws LDAPException with insufficientAccessRights (50), unavailableCriticalExtension (12)
     * @throws Problem.NotFound when there is no such entry
     */
    CorporateEntries search(
            SearchRequestProtocolOp request, DN base, List<Control> controls, CurrentAuthorization rights, int limit)
            throws LDAPException {
        for (Control control : controls) {
            if (control.isCritical()) {
                throw new LDAPException(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION,
                        "Not supported in the corporate directory: control " + control.getOID());
            }
        }
        Environment environment = corporate.environmentOf(base).orElseThrow(CurrentAuthorization::refused);
        if (rights.requester().may(Permission.READ_USER, environment)) {
            return corporate.search(
                    environment, base, request.getScope(), request.getFilter(), request.getAttributes(), limit);
        }
        DN own = rights.client().name();
        if (!own.matchesBaseAndScope(base, request.getScope())) {
            throw CurrentAuthorization.refused();
        }
        return corporate.search(environment, own, SearchScope.BASE, request.getFilter(), request.getAttributes(), 1);
    }
}
