package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.CorporateEntries;
import org.oathbound.problem.Problem;

/**
 * Searches below the base of a corporate directory: they go on to it, with the rights that we have there. Whoever may read
 * people may search there, and anybody for himself.
 */
final class CorporateSearches {

    private final CorporateDirectories corporate;
    private final @Nullable LDAPListenerClientConnection connection;

    CorporateSearches(CorporateDirectories corporate, @Nullable LDAPListenerClientConnection connection) {
        this.corporate = corporate;
        this.connection = connection;
    }

    /** Whether they are meant by a search from there on down. */
    boolean areMeant(DN base) {
        return corporate.have(base);
    }

    /**
     * Sends what is found, and says how it ended.
     *
     * @param controls that would be obeyed in our own directory; none is here
     * @throws LDAPException with insufficientAccessRights (50), noSuchObject (32), unavailableCriticalExtension (12)
     */
    LDAPMessage search(
            int id,
            SearchRequestProtocolOp request,
            DN base,
            List<Control> controls,
            CurrentAuthorization rights,
            int maxEntries)
            throws LDAPException {
        for (Control control : controls) {
            if (control.isCritical()) {
                throw new LDAPException(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION,
                        "Not supported in the corporate directory: control " + control.getOID());
            }
        }
        int asked = request.getSizeLimit();
        CorporateEntries found = found(request, base, rights, asked > 0 ? Math.min(asked, maxEntries) : maxEntries);
        for (Entry entry : found.entries()) {
            FoundEntry.send(connection, id, request.typesOnly(), entry);
        }
        ResultCode result = found.more() ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS;
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(result.intValue(), null, null, null));
    }

    private CorporateEntries found(SearchRequestProtocolOp request, DN base, CurrentAuthorization rights, int limit)
            throws LDAPException {
        Environment environment = corporate.environmentOf(base).orElseThrow(CurrentAuthorization::refused);
        try {
            if (rights.requester().may(Permission.READ_USER, environment)) {
                return corporate.search(
                        environment, base, request.getScope(), request.getFilter(), request.getAttributes(), limit);
            }
            DN own = rights.client().name();
            if (!own.matchesBaseAndScope(base, request.getScope())) {
                throw CurrentAuthorization.refused();
            }
            return corporate.search(
                    environment, own, SearchScope.BASE, request.getFilter(), request.getAttributes(), 1);
        } catch (Problem.NotFound e) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, e.getMessage());
        }
    }
}
