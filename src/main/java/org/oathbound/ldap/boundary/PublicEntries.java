package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.unboundidds.UnboundIDTOTPBindRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.RateLimit;
import org.oathbound.problem.Problem;

/**
 * The entries that every client may read, before it binds too: the root DSE and the schema. What an anonymous client may ask of
 * them is bounded, for an answer with the whole schema costs as much as hundreds of others.
 */
@ApplicationScoped
class PublicEntries {

    /** Clients read the schema once for a connection. */
    private static final int SCHEMA_READS_PER_SECOND = 10;

    /** Each is held against every definition of the schema. */
    private static final int MAX_FILTER_PARTS = 10;

    private static final DN SUBSCHEMA = new DN(new RDN(Schema.CN, "schema"));

    private final Directory directory;
    /** Apart from what binds use up: a client that only reads takes no other's bind away, whose address is the same. */
    private final AddressLimit reads;

    private final RateLimit schemaReads = AddressLimit.perSecond(SCHEMA_READS_PER_SECOND);

    @Inject
    PublicEntries(Directory directory, AddressLimit limit) {
        this.directory = directory;
        this.reads = limit.another();
    }

    /** Whether a search is for one of them. */
    static boolean areMeant(DN base, SearchRequestProtocolOp request) {
        return (base.isNullDN() || base.equals(SUBSCHEMA)) && request.getScope().equals(SearchScope.BASE);
    }

    /**
     * The entry, if the filter matches it.
     *
     * @throws LDAPException with adminLimitExceeded (11) for a filter of more than {@value #MAX_FILTER_PARTS} parts
     * @throws Problem.Limited when the address of an anonymous client has asked too often
     */
    Optional<Entry> find(DN base, SearchRequestProtocolOp request, CurrentAuthorization rights, LdapSession session)
            throws LDAPException {
        if (rights.requester() instanceof Anonymous) {
            reads.take(session.address());
            if (!base.isNullDN()) {
                schemaReads.take(AddressLimit.networkOf(session.address()));
            }
        }
        Searches.checkSize(request.getFilter(), MAX_FILTER_PARTS);
        Entry entry = base.isNullDN()
                ? rootDse(session.startTls().isOffered())
                : Ldif.schema().getSchemaEntry();
        return request.getFilter().matchesEntry(entry, Ldif.schema()) ? Optional.of(entry) : Optional.empty();
    }

    /** RFC 4512 section 5.1: what this interface offers, not what the store could do. */
    private Entry rootDse(boolean startTls) {
        Entry root = new Entry(DN.NULL_DN, Ldif.schema());
        root.addAttribute(Schema.OBJECT_CLASS, "top");
        root.addAttribute("namingContexts", directory.suffix().toString());
        root.addAttribute("subschemaSubentry", SUBSCHEMA.toString());
        root.addAttribute("supportedLDAPVersion", "3");
        root.addAttribute("supportedControl", Controls.OF_SEARCH);
        root.addAttribute("supportedExtension", ExtendedRequests.SUPPORTED);
        root.addAttribute("supportedSASLMechanisms", UnboundIDTOTPBindRequest.UNBOUNDID_TOTP_MECHANISM_NAME);
        if (startTls) {
            root.addAttribute("supportedExtension", StartTls.OID);
        }
        root.addAttribute("vendorName", "Oathbound");
        return root;
    }
}
