package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.util.List;
import java.util.stream.Stream;
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

    private static final int MOST_SORTED = 10_000;

    private final CorporateDirectories corporate;

    CorporateSearches(CorporateDirectories corporate) {
        this.corporate = corporate;
    }

    /**
     * What is found; where it is to be sorted or sent page by page, all of it up to {@value #MOST_SORTED} entries, for that
     * directory is asked for no control.
     *
     * @throws LDAPException with insufficientAccessRights (50)
     * @throws Problem.NotFound when there is no such entry
     */
    CorporateEntries search(
            SearchRequestProtocolOp request,
            DN base,
            Controls.OfSearch controls,
            CurrentAuthorization rights,
            int limit)
            throws LDAPException {
        Environment environment = corporate.environmentOf(base).orElseThrow(CurrentAuthorization::refused);
        boolean isWhole = controls.paging() != null || !controls.sortKeys().isEmpty();
        boolean mayReadOthers = rights.requester().may(Permission.READ_USER, environment);
        DN own = rights.client().name();
        if (!mayReadOthers && !own.matchesBaseAndScope(base, request.getScope())) {
            throw CurrentAuthorization.refused();
        } else if (controls.subentriesAlone()) {
            return new CorporateEntries(List.of(), false);
        }
        return corporate.search(
                environment,
                mayReadOthers ? base : own,
                mayReadOthers ? request.getScope() : SearchScope.BASE,
                request.getFilter(),
                attributes(request.getAttributes(), controls.sortKeys()),
                !mayReadOthers ? 1 : isWhole ? MOST_SORTED : limit);
    }

    /** What to ask for: what the client wants, and what to sort by. */
    private static List<String> attributes(List<String> wanted, List<SortKey> keys) {
        return wanted.isEmpty()
                ? wanted
                : Stream.concat(wanted.stream(), keys.stream().map(SortKey::getAttributeName))
                        .toList();
    }
}
