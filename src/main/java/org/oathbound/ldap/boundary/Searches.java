package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Ldif;
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

    /** The entries that are sent, and how the search ended. */
    record Found(
            List<Entry> entries, ResultCode code, @Nullable String message, List<Control> controls) {}

    Found search(
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
        int asked = request.getSizeLimit();
        int limit = asked > 0 ? Math.min(asked, MAX_ENTRIES) : MAX_ENTRIES;
        SearchEntryParer parer = new SearchEntryParer(request.getAttributes(), Ldif.schema());
        if (isPublic) {
            Optional<Entry> entry = open.find(base, request, rights, session);
            return found(request, entry.map(parer::pareEntry).stream().toList(), false, limit, List.of());
        } else if (corporate.have(base)) {
            CorporateEntries found = elsewhere.search(request, base, controls, rights, limit);
            return found(request, found.entries(), found.more(), limit, List.of());
        }
        return ours(request, base, obeyed, parer, rights, limit);
    }

    private Found ours(
            SearchRequestProtocolOp request,
            DN base,
            Controls.OfSearch controls,
            SearchEntryParer parer,
            CurrentAuthorization rights,
            int limit)
            throws LDAPException {
        SimplePagedResultsControl paging = controls.paging();
        int size = paging == null ? limit : Math.min(paging.getSize(), limit);
        Entry last = paging == null ? null : last(paging.getCookie());
        SearchScope scope = request.getScope();
        Filter filter = controls.subentriesAlone() ? Filter.createORFilter() : request.getFilter(); // there are none
        List<Control> answered = new ArrayList<>();
        Optional<Shown> sorted = Optional.empty();
        if (!controls.sortKeys().isEmpty()) {
            sorted = entries.sorted(rights.requester(), base, scope, filter, controls.sortKeys(), last, size);
            answered.add(new ServerSideSortResponseControl(
                    sorted.isPresent() ? ResultCode.SUCCESS : ResultCode.ADMIN_LIMIT_EXCEEDED, null));
            if (sorted.isEmpty() && controls.mustSort()) { // RFC 2891 section 2
                String message = "There are too many entries to sort.";
                return new Found(List.of(), ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, message, answered);
            }
        }
        DN after = last == null ? null : last.getParsedDN();
        Shown page = sorted.isPresent()
                ? sorted.get()
                : entries.search(rights.requester(), base, scope, filter, after, size);
        if (paging != null) {
            answered.add(new SimplePagedResultsControl(0, cookie(page, controls.sortKeys())));
        }
        List<Entry> pared = page.entries().stream().map(parer::pareEntry).toList();
        return found(request, pared, page.more() && paging == null, limit, answered);
    }

    private static Found found(
            SearchRequestProtocolOp request,
            List<? extends Entry> entries,
            boolean more,
            int limit,
            List<Control> controls) {
        List<Entry> sent = request.typesOnly()
                ? entries.stream().map(Searches::withoutValues).toList()
                : List.copyOf(entries);
        String message = more ? "There are more than " + limit + " entries." : null;
        return new Found(sent, more ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS, message, controls);
    }

    /** RFC 4511 section 4.5.1.6. */
    private static Entry withoutValues(Entry entry) {
        return new Entry(
                entry.getDN(),
                entry.getAttributes().stream()
                        .map(attribute -> new Attribute(attribute.getName()))
                        .toList());
    }

    /**
     * Behind which entry the next page begins: the name of the last one that was sent, and its values of what was to be sorted
     * by. It works on any node, and tells nothing that was not seen.
     */
    private static ASN1OctetString cookie(Shown page, List<SortKey> keys) {
        if (!page.more() || page.entries().isEmpty()) {
            return new ASN1OctetString();
        }
        List<String> sortedBy = keys.stream().map(SortKey::getAttributeName).toList();
        Entry last = new SearchEntryParer(sortedBy.isEmpty() ? List.of("1.1") : sortedBy, Ldif.schema())
                .pareEntry(page.entries().getLast());
        return new ASN1OctetString(String.join("\n", last.toLDIF(0)));
    }

    private static @Nullable Entry last(@Nullable ASN1OctetString cookie) throws LDAPException {
        if (cookie == null || cookie.getValueLength() == 0) {
            return null;
        }
        try {
            Entry last = LDIFReader.decodeEntry(cookie.stringValue().split("\n", -1));
            return new Entry(NormalizedNames.dn(last.getDN()), Ldif.schema(), last.getAttributes());
        } catch (LDIFException e) {
            throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "The cookie is none of ours.");
        }
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
        if (!shown.hasAttribute(attribute)) {
            throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "The entry has no such attribute.");
        }
        MatchingRule rule = MatchingRule.selectEqualityMatchingRule(attribute, Ldif.schema());
        byte[] value = request.getAssertionValue().getValue();
        return shown.hasAttributeValue(attribute, value, rule) ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE;
    }
}
