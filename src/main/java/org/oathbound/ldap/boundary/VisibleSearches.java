package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.entryaccess.EntryView;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.entryaccess.VisibleEntries.Page;
import org.oathbound.problem.Problem;

/** Searches and comparisons of those who see a part of the directory: a person himself, a role what it permits. */
final class VisibleSearches {

    private final VisibleEntries entries;
    private final @Nullable LDAPListenerClientConnection connection;

    VisibleSearches(Directory directory, @Nullable LDAPListenerClientConnection connection) {
        this.entries = new VisibleEntries(directory, new EntryView(directory));
        this.connection = connection;
    }

    /**
     * Sends what is found, and says how it ended.
     *
     * @param controls those that are obeyed
     * @throws LDAPException with noSuchObject (32) where the caller may not look
     */
    LDAPMessage search(
            int id, SearchRequestProtocolOp request, List<Control> controls, RequestPrincipal caller, int maxEntries)
            throws LDAPException {
        SimplePagedResultsControl paging = paging(controls);
        int asked = request.getSizeLimit();
        int limit = asked > 0 ? Math.min(asked, maxEntries) : maxEntries;
        int size = paging == null ? limit : Math.min(paging.getSize(), limit);
        Page page = page(request, caller, after(paging), size);
        SearchEntryParer parer = new SearchEntryParer(request.getAttributes(), Ldif.schema());
        for (Entry entry : page.entries()) {
            FoundEntry.send(connection, id, request.typesOnly(), parer.pareEntry(entry));
        }
        if (paging != null) {
            return done(id, ResultCode.SUCCESS, List.of(new SimplePagedResultsControl(0, cookie(page))));
        }
        return done(id, page.more() ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS, List.of());
    }

    /** Whether an attribute of what the caller sees has that value; noSuchObject (32), noSuchAttribute (16) otherwise. */
    boolean compare(RequestPrincipal caller, DN name, String attribute, ASN1OctetString value) throws LDAPException {
        Entry shown;
        try {
            shown = entries.read(caller, name);
        } catch (Problem.NotFound e) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, e.getMessage());
        }
        if (!shown.hasAttribute(attribute)) {
            throw new LDAPException(ResultCode.NO_SUCH_ATTRIBUTE, "The entry has no such attribute.");
        }
        MatchingRule rule = MatchingRule.selectEqualityMatchingRule(attribute, Ldif.schema());
        return shown.hasAttributeValue(attribute, value.getValue(), rule);
    }

    private Page page(SearchRequestProtocolOp request, RequestPrincipal caller, @Nullable DN after, int size)
            throws LDAPException {
        try {
            DN base = NormalizedNames.dn(request.getBaseDN());
            return entries.search(caller, base, request.getScope(), request.getFilter(), after, size);
        } catch (Problem.NotFound e) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, e.getMessage());
        }
    }

    private static @Nullable SimplePagedResultsControl paging(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
            }
        }
        return null;
    }

    /** The name of the last entry that was sent: it works on any node, and tells nothing that was not seen. */
    private static ASN1OctetString cookie(Page page) {
        List<Entry> sent = page.entries();
        return new ASN1OctetString(
                page.more() && !sent.isEmpty() ? sent.getLast().getDN() : "");
    }

    private static @Nullable DN after(@Nullable SimplePagedResultsControl paging) throws LDAPException {
        ASN1OctetString cookie = paging == null ? null : paging.getCookie();
        return cookie == null || cookie.getValueLength() == 0 ? null : NormalizedNames.dn(cookie.stringValue());
    }

    private static LDAPMessage done(int id, ResultCode result, List<Control> controls) {
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(result.intValue(), null, null, null), controls);
    }
}
