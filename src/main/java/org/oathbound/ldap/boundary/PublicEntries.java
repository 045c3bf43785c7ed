package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.unboundidds.UnboundIDTOTPBindRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.directory.Directory;
import org.oathbound.directory.FilterMatch;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.entryaccess.OperationalAttributes;
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

    /**
     * Searches by {@code +} (RFC 3673), attributes by their object class (RFC 4529), filters that are always true or false (RFC
     * 4526).
     */
    private static final List<String> FEATURES =
            List.of("1.3.6.1.4.1.4203.1.5.1", "1.3.6.1.4.1.4203.1.5.2", "1.3.6.1.4.1.4203.1.5.3");

    private final Directory directory;
    /** Apart from what binds use up: a client that only reads takes no other's bind away, whose address is the same. */
    private final AddressLimit reads;

    private final RateLimit schemaReads = AddressLimit.perSecond(SCHEMA_READS_PER_SECOND);

    /** The schema is that of the program, so it may be another one since the start. */
    private final String start;

    @Inject
    PublicEntries(Directory directory, AddressLimit limit, Clock clock) {
        this.start = GeneralizedTime.of(clock.instant());
        this.directory = directory;
        this.reads = limit.another();
    }

    /** Whether a search is for one of them. */
    static boolean areMeant(DN base, SearchRequestProtocolOp request) {
        return (base.isNullDN() || base.equals(OperationalAttributes.SUBSCHEMA))
                && request.getScope().equals(SearchScope.BASE);
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
            try {
                take(base, session.address());
            } catch (Problem.Limited e) {
                session.slowDown();
                throw e;
            }
        }
        Searches.checkSize(request.getFilter(), MAX_FILTER_PARTS);
        Entry entry = base.isNullDN() ? rootDse(session.startTls().isOffered()) : schema();
        return Optional.of(entry).filter(FilterMatch.of(request.getFilter())::matches);
    }

    private void take(DN base, String address) {
        reads.take(address);
        if (!base.isNullDN()) {
            schemaReads.take(AddressLimit.networkOf(address));
        }
    }

    /** RFC 4512 section 5.1: what this interface offers, not what the store could do. */
    private Entry rootDse(boolean startTls) {
        Entry root = new Entry(DN.NULL_DN, Ldif.schema());
        root.addAttribute(Schema.OBJECT_CLASS, "top");
        root.addAttribute("namingContexts", directory.suffix().toString());
        root.addAttribute("supportedLDAPVersion", "3");
        root.addAttribute("supportedControl", Controls.OF_SEARCH);
        root.addAttribute("supportedExtension", ExtendedRequests.SUPPORTED);
        root.addAttribute("supportedSASLMechanisms", UnboundIDTOTPBindRequest.UNBOUNDID_TOTP_MECHANISM_NAME);
        if (startTls) {
            root.addAttribute("supportedExtension", StartTls.OID);
        }
        root.addAttribute("supportedFeatures", FEATURES);
        root.addAttribute("vendorName", "Oathbound");
        OperationalAttributes.add(root, Optional.empty());
        return root;
    }

    private Entry schema() {
        Entry schema = Ldif.schema().getSchemaEntry().duplicate();
        OperationalAttributes.add(schema, Optional.of(start));
        return schema;
    }
}
