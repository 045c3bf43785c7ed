package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.EntrySorter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.RFC3672SubentriesRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search of one connection. Entries are collected first, and sent without any lock: a client who does not read his
 * answers stops nobody else.
 */
final class Search {

    private final Store store;
    private final LDAPListenerClientConnection connection;
    private final int messageId;
    private final SearchRequestProtocolOp request;

    Search(Store store, LDAPListenerClientConnection connection, int messageId, SearchRequestProtocolOp request) {
        this.store = store;
        this.connection = connection;
        this.messageId = messageId;
        this.request = request;
    }

    /** Sends what is found; obeys paged results (RFC 2696) and server-side sort (RFC 2891). */
    LDAPMessage answer(List<Control> controls) {
        try {
            DN base = new DN(request.getBaseDN(), store.schema());
            Optional<ReadOnlyEntry> entry = store.settled(() -> store.entry(base));
            if (entry.isEmpty()) {
                return done(ResultCode.NO_SUCH_OBJECT, "There is no entry " + base + ".", List.of());
            }
            List<Control> answered = new ArrayList<>();
            Supplier<Stream<? extends Entry>> matching = () -> matching(entry.get());
            Map<String, Control> asked = controls.stream()
                    .collect(Collectors.toMap(Control::getOID, control -> control, (first, second) -> first));
            Control subentries = asked.get(RFC3672SubentriesRequestControl.SUBENTRIES_REQUEST_OID);
            if (subentries != null && new RFC3672SubentriesRequestControl(subentries).returnOnlySubEntries()) {
                matching = Stream::empty; // there are none
            }
            Control sort = asked.get(ServerSideSortRequestControl.SERVER_SIDE_SORT_REQUEST_OID);
            if (sort != null) {
                Supplier<Stream<? extends Entry>> unsorted = matching;
                var order = new ServerSideSortRequestControl(sort);
                matching = () -> sorted(unsorted.get(), order).stream();
                answered.add(new ServerSideSortResponseControl(ResultCode.SUCCESS, null));
            }
            Control paged = asked.get(SimplePagedResultsControl.PAGED_RESULTS_OID);
            return paged == null ? all(matching, answered) : page(matching, paged, answered);
        } catch (LDAPException e) {
            return done(e.getResultCode(), e.getMessage(), List.of());
        }
    }

    private LDAPMessage all(Supplier<Stream<? extends Entry>> matching, List<Control> answered) throws LDAPException {
        int limit = request.getSizeLimit() > 0 ? request.getSizeLimit() : Integer.MAX_VALUE;
        List<? extends Entry> found =
                store.settled(() -> matching.get().limit(limit + 1L).toList());
        send(found.subList(0, Math.min(limit, found.size())));
        return found.size() > limit
                ? done(ResultCode.SIZE_LIMIT_EXCEEDED, "There are more than " + limit + " entries.", answered)
                : done(ResultCode.SUCCESS, null, answered);
    }

    private LDAPMessage page(Supplier<Stream<? extends Entry>> matching, Control control, List<Control> answered)
            throws LDAPException {
        var paged = new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
        int offset = offset(paged.getCookie());
        List<? extends Entry> found = store.settled(
                () -> matching.get().skip(offset).limit(paged.getSize() + 1L).toList());
        boolean more = found.size() > paged.getSize();
        send(more ? found.subList(0, paged.getSize()) : found);
        ASN1OctetString cookie = more ? new ASN1OctetString(Integer.toString(offset + paged.getSize())) : null;
        answered.add(new SimplePagedResultsControl(0, cookie)); // RFC 2696: 0 for a total that is not known
        return done(ResultCode.SUCCESS, null, answered);
    }

    private static int offset(@Nullable ASN1OctetString cookie) throws LDAPException {
        String text = cookie == null ? "" : cookie.stringValue();
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "The cookie is none of ours.");
        }
        return Integer.parseInt(text);
    }

    private Stream<ReadOnlyEntry> matching(ReadOnlyEntry base) {
        return store.index()
                .inScope(base, request.getScope(), request.getFilter(), null)
                .filter(this::matches);
    }

    private boolean matches(Entry entry) {
        try {
            return request.getFilter().matchesEntry(entry, store.schema());
        } catch (LDAPException e) {
            return false; // Undefined, RFC 4511 section 4.5.1.7
        }
    }

    private List<Entry> sorted(Stream<? extends Entry> entries, ServerSideSortRequestControl sort) {
        EntrySorter sorter = new EntrySorter(false, store.schema(), sort.getSortKeys());
        List<Entry> all = new ArrayList<>(entries.toList());
        all.sort(sorter);
        return all;
    }

    private void send(List<? extends Entry> entries) throws LDAPException {
        SearchEntryParer parer = new SearchEntryParer(request.getAttributes(), store.schema());
        for (Entry entry : entries) {
            Entry asked = parer.pareEntry(entry);
            connection.sendSearchResultEntry(messageId, request.typesOnly() ? typesOf(asked) : asked);
        }
    }

    private static Entry typesOf(Entry entry) {
        return new Entry(
                entry.getDN(),
                entry.getAttributes().stream()
                        .map(attribute -> new Attribute(attribute.getName()))
                        .toList());
    }

    private LDAPMessage done(ResultCode code, @Nullable String message, List<Control> controls) {
        return new LDAPMessage(
                messageId, new SearchResultDoneProtocolOp(code.intValue(), null, message, null), controls);
    }
}
