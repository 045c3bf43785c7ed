package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.unboundidds.UnboundIDTOTPBindRequest;
import com.unboundid.util.ObjectPair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.person.control.CorporateDirectories;

/** The searches of one connection. Every entry on its way to the client passes {@link #leaving}. */
final class Searches {

    /** Entries in one answer, or in one page of it. */
    private static final int MAX_ENTRIES = 1_000;

    private static final Filter NOT_REVOKED = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.REVOKED_AT));

    private final Directory directory;
    private final DN subschema;
    private final DN environments;
    private final @Nullable LDAPListenerClientConnection connection;

    private final VisibleSearches visible;
    private final CorporateSearches elsewhere;
    private final CorporateDirectories corporate;

    /** Whether the search under way began below {@code ou=Environments} and so may tell what is there. */
    private boolean amongEnvironments;

    Searches(Directory directory, CorporateDirectories corporate) {
        this(directory, corporate, null);
    }

    private Searches(
            Directory directory, CorporateDirectories corporate, @Nullable LDAPListenerClientConnection connection) {
        this.directory = directory;
        this.subschema = new DN(new com.unboundid.ldap.sdk.RDN(Schema.CN, "schema"));
        this.environments = NormalizedNames.environments(directory.suffix());
        this.connection = connection;
        this.visible = new VisibleSearches(directory, connection);
        this.corporate = corporate;
        this.elsewhere = new CorporateSearches(corporate, connection);
        if (connection != null) {
            connection.addSearchEntryTransformer((id, entry, controls) -> leaving(entry, controls));
        }
    }

    /** The same for the searches of another connection. */
    Searches of(LDAPListenerClientConnection other) {
        return new Searches(directory, corporate, other);
    }

    LDAPMessage answer(
            int id,
            SearchRequestProtocolOp request,
            List<Control> controls,
            LDAPListenerRequestHandler store,
            CurrentAuthorization rights)
            throws LDAPException {
        DN base = NormalizedNames.dn(request.getBaseDN());
        boolean isPublic = (base.isNullDN() || base.equals(subschema))
                && request.getScope().equals(SearchScope.BASE);
        if (!isPublic && !rights.isAdministrator() && rights.caller() == null) {
            throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "Whoever searches here has to bind before.");
        }
        List<Control> passed = Controls.ofSearch(controls, MAX_ENTRIES);
        HiddenAttributes.refuse(request.getFilter());
        if (base.isNullDN()) {
            return rootDse(id, request);
        }
        if (elsewhere.areMeant(base)) {
            return elsewhere.search(id, request, base, passed, rights, MAX_ENTRIES);
        }
        requireVisible(base);
        amongEnvironments = base.isDescendantOf(environments, true);
        if (!isPublic && rights.caller() != null) {
            return visible.search(id, request, passed, rights.caller(), MAX_ENTRIES);
        }
        return store.processSearchRequest(id, bounded(request), passed);
    }

    /** A comparison by somebody who sees a part of the directory. */
    LDAPMessage compare(int id, CompareRequestProtocolOp request, RequestPrincipal caller) throws LDAPException {
        boolean equal = visible.compare(
                caller, NormalizedNames.dn(request.getDN()), request.getAttributeName(), request.getAssertionValue());
        ResultCode result = equal ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE;
        return new LDAPMessage(id, new CompareResponseProtocolOp(result.intValue(), null, null, null));
    }

    /** @throws LDAPException with noSuchObject (32) for a token that is revoked */
    void requireVisible(DN dn) throws LDAPException {
        if (directory
                .read(dn)
                .filter(entry -> entry.hasAttribute(Schema.REVOKED_AT))
                .isPresent()) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + dn + ".");
        }
    }

    private static SearchRequestProtocolOp bounded(SearchRequestProtocolOp request) {
        int asked = request.getSizeLimit();
        return new SearchRequestProtocolOp(
                request.getBaseDN(),
                request.getScope(),
                request.getDerefPolicy(),
                asked > 0 ? Math.min(asked, MAX_ENTRIES) : MAX_ENTRIES,
                request.getTimeLimit(),
                request.typesOnly(),
                Filter.createANDFilter(request.getFilter(), NOT_REVOKED),
                request.getAttributes());
    }

    /** Never throws: the SDK would send the entry as it was. */
    private @Nullable ObjectPair<SearchResultEntryProtocolOp, Control[]> leaving(
            SearchResultEntryProtocolOp entry, Control[] controls) {
        try {
            boolean elsewhere =
                    !amongEnvironments && NormalizedNames.dn(entry.getDN()).isDescendantOf(environments, false);
            return elsewhere ? null : new ObjectPair<>(HiddenAttributes.without(entry), controls);
        } catch (LDAPException | RuntimeException e) {
            return null;
        }
    }

    /** RFC 4512 section 5.1: what this interface offers, not what the store could do. */
    private LDAPMessage rootDse(int id, SearchRequestProtocolOp request) throws LDAPException {
        if (!request.getScope().equals(SearchScope.BASE)) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "Search below " + directory.suffix() + ".");
        }
        Entry root = new Entry(DN.NULL_DN, Ldif.schema());
        root.addAttribute(Schema.OBJECT_CLASS, "top");
        root.addAttribute("namingContexts", directory.suffix().toString());
        root.addAttribute("subschemaSubentry", subschema.toString());
        root.addAttribute("supportedLDAPVersion", "3");
        root.addAttribute("supportedControl", Controls.OF_SEARCH);
        root.addAttribute("supportedExtension", ExtendedRequests.SUPPORTED);
        root.addAttribute("supportedSASLMechanisms", UnboundIDTOTPBindRequest.UNBOUNDID_TOTP_MECHANISM_NAME);
        if (new StartTls(connection).isOffered()) {
            root.addAttribute("supportedExtension", StartTls.OID);
        }
        root.addAttribute("vendorName", "Oathbound");
        if (connection != null && request.getFilter().matchesEntry(root, Ldif.schema())) {
            var parer = new SearchEntryParer(request.getAttributes(), Ldif.schema());
            connection.sendSearchResultEntry(id, parer.pareEntry(root));
        }
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(0, null, null, null));
    }
}
