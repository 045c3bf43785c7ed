package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.EntryView;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;

/**
 * Searches and comparisons of those who see a part of the directory: a person himself, a role what it permits. What a filter
 * asks is held against what they see of an entry, so it tells nothing of the rest. What they don't see is not there.
 */
final class Views {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
    private static final int LOOKED_AT_AT_ONCE = 500;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Directory directory;
    private final EntryView view;
    private final @Nullable LDAPListenerClientConnection connection;

    Views(Directory directory, @Nullable LDAPListenerClientConnection connection) {
        this.directory = directory;
        this.view = new EntryView(directory);
        this.connection = connection;
    }

    /**
     * Sends what is found, and says how it ended.
     *
     * @param controls those that are obeyed
     * @throws LDAPException with noSuchObject (32) where the caller may not look
     */
    LDAPMessage search(int id, SearchRequestProtocolOp request, List<Control> controls, Caller caller, int maxEntries)
            throws LDAPException {
        DN base = Names.dn(request.getBaseDN());
        if (directory.read(base).filter(entry -> view.maySearch(caller, entry)).isEmpty()) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + base + ".");
        }
        SimplePagedResultsControl paging = paging(controls);
        int asked = request.getSizeLimit();
        int limit = asked > 0 ? Math.min(asked, maxEntries) : maxEntries;
        int page = paging == null ? limit : Math.min(paging.getSize(), limit);
        Found found = find(id, request, caller, base, after(paging), page);
        if (!found.result.equals(ResultCode.SUCCESS)) {
            return done(id, found.result, List.of());
        } else if (paging != null) {
            ASN1OctetString cookie = new ASN1OctetString(found.last == null ? "" : found.last.toString());
            return done(id, ResultCode.SUCCESS, List.of(new SimplePagedResultsControl(0, cookie)));
        }
        return done(id, found.last == null ? ResultCode.SUCCESS : ResultCode.SIZE_LIMIT_EXCEEDED, List.of());
    }

    /** Whether an attribute of what the caller sees has that value; noSuchObject (32), noSuchAttribute (16) otherwise. */
    boolean compare(Caller caller, DN name, String attribute, ASN1OctetString value) throws LDAPException {
        Entry shown = directory
                .read(name)
                .flatMap(entry -> view.ofCaller(caller, entry))
                .orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + name + "."));
        if (!shown.hasAttribute(attribute)) {
            throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "The entry has no such attribute.");
        }
        MatchingRule rule = MatchingRule.selectEqualityMatchingRule(attribute, Ldif.schema());
        return shown.hasAttributeValue(attribute, value.getValue(), rule);
    }

    /**
     * How far a search came.
     *
     * @param last the name of the last entry that was sent, if there may be others behind it
     */
    private record Found(ResultCode result, @Nullable DN last) {}

    private Found find(int id, SearchRequestProtocolOp request, Caller caller, DN base, @Nullable DN after, int limit)
            throws LDAPException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        SearchScope scope = request.getScope();
        SearchEntryParer parer = new SearchEntryParer(request.getAttributes(), Ldif.schema());
        int sent = 0;
        DN last = after;
        DN lastSent = after;
        Directory.Page page;
        do {
            page = directory.search(base, scope, ANY, last, LOOKED_AT_AT_ONCE);
            for (ReadOnlyEntry entry : page.entries()) {
                Optional<Entry> shown = view.ofCaller(caller, entry).filter(seen -> matches(request.getFilter(), seen));
                if (shown.isPresent() && sent == limit) {
                    return new Found(ResultCode.SUCCESS, lastSent);
                }
                last = entry.getParsedDN();
                if (shown.isPresent()) {
                    lastSent = last;
                    send(id, request, parer, shown.get());
                    sent++;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                return new Found(ResultCode.TIME_LIMIT_EXCEEDED, lastSent);
            }
        } while (page.more());
        return new Found(ResultCode.SUCCESS, null);
    }

    /** Undefined is no match (RFC 4511 section 4.5.1.7). */
    private static boolean matches(Filter filter, Entry entry) {
        try {
            return filter.matchesEntry(entry, Ldif.schema());
        } catch (LDAPException e) {
            return false;
        }
    }

    private void send(int id, SearchRequestProtocolOp request, SearchEntryParer parer, Entry entry)
            throws LDAPException {
        Entry pared = parer.pareEntry(entry);
        Entry sent = request.typesOnly()
                ? new Entry(
                        pared.getDN(),
                        pared.getAttributes().stream()
                                .map(attribute -> new Attribute(attribute.getName()))
                                .toList())
                : pared;
        Objects.requireNonNull(connection, "a search comes by a connection")
                .sendSearchResultEntry(id, new SearchResultEntry(sent));
    }

    private static @Nullable SimplePagedResultsControl paging(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
            }
        }
        return null;
    }

    /** The cookie is the name of the last entry that was sent: it works on any node, and tells nothing that was not seen. */
    private static @Nullable DN after(@Nullable SimplePagedResultsControl paging) throws LDAPException {
        ASN1OctetString cookie = paging == null ? null : paging.getCookie();
        return cookie == null || cookie.getValueLength() == 0 ? null : Names.dn(cookie.stringValue());
    }

    private static LDAPMessage done(int id, ResultCode result, List<Control> controls) {
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(result.intValue(), null, null, null), controls);
    }
}
