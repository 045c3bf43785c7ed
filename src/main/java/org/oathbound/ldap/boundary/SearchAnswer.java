package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Ldif;
import org.oathbound.entryaccess.VisibleEntries.Shown;

/** What is sent for a search, whatever entries it is for: which attributes of which entries, in which order, and how it ended. */
final class SearchAnswer {

    private final SearchRequestProtocolOp request;
    private final Controls.OfSearch controls;
    private final int limit;
    private final List<Control> answered = new ArrayList<>();

    /** @param limit entries in one answer, or in one page of it */
    SearchAnswer(SearchRequestProtocolOp request, Controls.OfSearch controls, int limit) {
        this.request = request;
        this.controls = controls;
        this.limit = limit;
    }

    /** The entries that are sent, and how the search ended. */
    record Found(
            List<Entry> entries, ResultCode code, @Nullable String message, List<Control> controls) {}

    /** @throws LDAPException with unwillingToPerform (53) for a cookie that can't be read */
    Found of(EntrySource source) throws LDAPException {
        SimplePagedResultsControl paging = controls.paging();
        int size = paging == null ? limit : Math.min(paging.getSize(), limit);
        Entry last = paging == null ? null : last(paging.getCookie());
        Optional<Shown> sorted = controls.sortKeys().isEmpty() ? Optional.empty() : sorted(source, last, size);
        if (sorted.isEmpty() && controls.mustSort()) { // RFC 2891 section 2
            String message = "The entries can't be sorted; the sort response control says why.";
            return new Found(List.of(), ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, message, answered);
        }
        DN after = last == null ? null : last.getParsedDN();
        Shown page = sorted.isPresent() ? sorted.get() : source.page(after, size);
        if (paging != null) {
            answered.add(new SimplePagedResultsControl(0, cookie(page)));
        }
        boolean isCut = page.more() && (paging == null || page.entries().isEmpty());
        return new Found(
                page.entries().stream().map(this::sent).toList(),
                isCut ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS,
                isCut ? "There are more entries than may be sent." : null,
                answered);
    }

    private Optional<Shown> sorted(EntrySource source, @Nullable Entry last, int size) {
        for (SortKey key : controls.sortKeys()) {
            String rule = key.getMatchingRuleID();
            boolean isRule = rule == null || Ldif.schema().getMatchingRule(rule) != null;
            if (!isRule || !source.mayHave(key.getAttributeName())) {
                answered.add(new ServerSideSortResponseControl(
                        isRule ? ResultCode.NO_SUCH_ATTRIBUTE : ResultCode.INAPPROPRIATE_MATCHING,
                        key.getAttributeName()));
                return Optional.empty();
            }
        }
        Optional<Shown> sorted = source.sorted(controls.sortKeys(), last, size);
        answered.add(new ServerSideSortResponseControl(
                sorted.isPresent() ? ResultCode.SUCCESS : ResultCode.ADMIN_LIMIT_EXCEEDED, null));
        return sorted;
    }

    private Entry sent(Entry entry) {
        Entry pared = new SearchEntryParer(wanted(), Ldif.schema()).pareEntry(entry);
        return request.typesOnly() ? withoutValues(pared) : pared;
    }

    /** RFC 4511 section 4.5.1.8: that no attributes are wanted counts only where no others are. */
    private List<String> wanted() {
        List<String> attributes = request.getAttributes();
        return attributes.size() < 2
                ? attributes
                : attributes.stream()
                        .filter(name -> !name.equals(SearchRequest.NO_ATTRIBUTES))
                        .toList();
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
    private ASN1OctetString cookie(Shown page) {
        if (!page.more() || page.entries().isEmpty()) {
            return new ASN1OctetString();
        }
        List<String> sortedBy =
                controls.sortKeys().stream().map(SortKey::getAttributeName).toList();
        Entry last = new SearchEntryParer(
                        sortedBy.isEmpty() ? List.of(SearchRequest.NO_ATTRIBUTES) : sortedBy, Ldif.schema())
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
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM,
                    "The cookie of the paged search can't be read: begin the search again, without a cookie.");
        }
    }
}
