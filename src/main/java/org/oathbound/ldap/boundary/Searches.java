package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SortKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.FilterMatch;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.entryaccess.VisibleEntries.Shown;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.CorporateEntries;

/** Searches and comparisons: of the root DSE and the schema by any client, of entries by clients that have bound. */
@ApplicationScoped
class Searches {

    /** Entries in one answer, or in one page of it. */
    private static final int MAX_ENTRIES = 1_000;

    private static final int MAX_FILTER_DEPTH = 20;

    /** Each is held against every entry. */
    private static final int MAX_FILTER_PARTS = 1_000;

    private final PublicEntries open;
    private final VisibleEntries entries;
    private final CorporateDirectories corporate;
    private final CorporateSearches elsewhere;

    @Inject
    Searches(PublicEntries open, VisibleEntries entries, CorporateDirectories corporate) {
        this.open = open;
        this.entries = entries;
        this.corporate = corporate;
        this.elsewhere = new CorporateSearches(corporate);
    }

    SearchAnswer.Found search(
            SearchRequestProtocolOp request, List<Control> controls, CurrentAuthorization rights, LdapSession session)
            throws LDAPException {
        DN base = NormalizedNames.dn(request.getBaseDN());
        boolean isPublic = PublicEntries.areMeant(base, request);
        if (!isPublic) {
            rights.requireBound();
        }
        Controls.OfSearch obeyed = Controls.ofSearch(controls);
        checkSize(request.getFilter());
        HiddenAttributes.refuse(request.getFilter());
        obeyed.sortKeys().forEach(key -> HiddenAttributes.refuse(key.getAttributeName()));
        int asked = request.getSizeLimit();
        int limit = asked > 0 ? Math.min(asked, MAX_ENTRIES) : MAX_ENTRIES;
        EntrySource source;
        if (isPublic) {
            List<Entry> found = open
                    .find(base, request, rights, session)
                    .filter(entry -> !obeyed.subentriesAlone() || entry.hasObjectClass("subschema"))
                    .stream()
                    .toList();
            source = new EntrySource.Listed(new Shown(found, false));
        } else if (corporate.have(base)) {
            CorporateEntries found = elsewhere.search(request, base, obeyed, rights, limit);
            source = new EntrySource.Listed(new Shown(found.entries(), found.more()));
        } else {
            source = ours(request, base, obeyed, rights);
        }
        return new SearchAnswer(request, obeyed, limit).of(source);
    }

    private EntrySource ours(
            SearchRequestProtocolOp request, DN base, Controls.OfSearch controls, CurrentAuthorization rights) {
        SearchScope scope = request.getScope();
        Filter filter = controls.subentriesAlone() ? Filter.createORFilter() : request.getFilter(); // there are none
        return new EntrySource() {
            @Override
            public Shown page(@Nullable DN after, int limit) {
                return entries.search(rights.requester(), base, scope, filter, after, limit);
            }

            @Override
            public Optional<Shown> sorted(List<SortKey> keys, @Nullable Entry after, int limit) {
                return entries.sorted(rights.requester(), base, scope, filter, keys, after, limit);
            }
        };
    }

    /** @throws LDAPException with adminLimitExceeded (11) for a filter that is too deep or has too many parts */
    static void checkSize(Filter filter) throws LDAPException {
        checkSize(filter, MAX_FILTER_PARTS);
    }

    /** The same where fewer parts are allowed. */
    static void checkSize(Filter filter, int maxParts) throws LDAPException {
        if (parts(filter, 1) > maxParts) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter has more than " + maxParts + " parts.");
        }
    }

    private static int parts(Filter filter, int depth) throws LDAPException {
        if (depth > MAX_FILTER_DEPTH) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter is nested deeper than " + MAX_FILTER_DEPTH + ".");
        }
        int parts = 1;
        if (filter.getFilterType() == Filter.FILTER_TYPE_NOT) {
            parts += parts(filter.getNOTComponent(), depth + 1);
        }
        for (Filter component : filter.getComponents()) {
            parts += parts(component, depth + 1);
        }
        return parts;
    }

    /** Whether an attribute of what the caller sees has that value; noSuchAttribute (16) where it has none. */
    ResultCode compare(CompareRequestProtocolOp request, CurrentAuthorization rights) throws LDAPException {
        rights.requireBound();
        String attribute = request.getAttributeName();
        HiddenAttributes.refuse(attribute);
        Entry shown = entries.read(rights.requester(), NormalizedNames.dn(request.getDN()));
        if (!FilterMatch.of(Filter.createPresenceFilter(attribute)).matches(shown)) {
            throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "The entry has no such attribute.");
        }
        byte[] value = request.getAssertionValue().getValue();
        return FilterMatch.of(Filter.createEqualityFilter(attribute, value)).matches(shown)
                ? ResultCode.COMPARE_TRUE
                : ResultCode.COMPARE_FALSE;
    }
}
