package org.oathbound.directory.external;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.CompareAndSet;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Schema;
import org.oathbound.directory.TreeOrder;

/**
 * The directory at an LDAP server that others run (RFC 4511). No write is repeated. One whose outcome is unknown is read back: it
 * was made only if the entry has the revision and the mark of this very write.
 */
public final class ExternalDirectory implements Directory, Listing {

    private static final String ALL = SearchRequest.ALL_USER_ATTRIBUTES;

    private static final Set<ResultCode> LOST_RACE = Set.of(
            ResultCode.NO_SUCH_ATTRIBUTE,
            ResultCode.ATTRIBUTE_OR_VALUE_EXISTS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.ASSERTION_FAILED);

    private static final Set<ResultCode> RENAME_REFUSED =
            Set.of(ResultCode.NO_SUCH_OBJECT, ResultCode.ASSERTION_FAILED, ResultCode.ENTRY_ALREADY_EXISTS);

    private final LDAPConnectionPool pool;
    private final DN suffix;
    private final boolean assertsConditions;
    private final CompareAndSet compareAndSet = new CompareAndSet(Ldif.schema());

    /** @throws LDAPException when the server can't be asked for what it supports */
    public ExternalDirectory(LDAPConnectionPool pool, DN suffix) throws LDAPException {
        this.pool = pool;
        this.suffix = suffix;
        pool.setRetryFailedOperationsDueToInvalidConnections(false);
        RootDSE root = pool.getRootDSE();
        this.assertsConditions = root != null && root.supportsControl(AssertionRequestControl.ASSERTION_REQUEST_OID);
    }

    @Override
    public DN suffix() {
        return suffix;
    }

    @Override
    public Optional<ReadOnlyEntry> read(DN dn) {
        try {
            return Optional.ofNullable(pool.getEntry(dn.toString(), ALL)).map(ExternalDirectory::withSchema);
        } catch (LDAPException e) {
            throw WriteAttempt.unavailable(e);
        }
    }

    @Override
    public boolean add(Entry entry) {
        Entry marked = marked(entry);
        return WriteAttempt.made(
                () -> pool.add(new AddRequest(marked)),
                Set.of(ResultCode.ENTRY_ALREADY_EXISTS),
                () -> isWrite(Directory.nameOf(entry), marked));
    }

    @Override
    public boolean modifyIfUnchanged(ReadOnlyEntry seen, Entry wanted) {
        Entry marked = marked(wanted);
        List<Modification> modifications = compareAndSet.between(seen, marked);
        if (modifications.isEmpty()) {
            return true;
        }
        Long revision = revision(seen);
        if (revision == null) {
            return isUnchanged(seen)
                    && WriteAttempt.made(
                            () -> pool.modify(new ModifyRequest(seen.getDN(), modifications, assertion(seen))),
                            LOST_RACE,
                            () -> false);
        }
        marked.setAttribute(Schema.REVISION, Long.toString(revision + 1));
        return WriteAttempt.made(
                () -> pool.modify(new ModifyRequest(seen.getDN(), modifications)),
                LOST_RACE,
                () -> isWrite(Directory.nameOf(seen), marked));
    }

    /**
     * The revision is raised first, which decides the race; so a reader may see the next revision under the old name.
     */
    @Override
    public boolean renameIfUnchanged(ReadOnlyEntry seen, DN to, boolean deleteOldName) {
        ReadOnlyEntry raised = seen;
        if (revision(seen) != null) {
            if (!modifyIfUnchanged(seen, seen)) {
                return false;
            }
            raised = read(Directory.nameOf(seen)).orElse(null);
        }
        ReadOnlyEntry mine = raised;
        return mine != null
                && isUnchanged(mine)
                && WriteAttempt.made(
                        () -> pool.modifyDN(new ModifyDNRequest(
                                mine.getDN(), to.getRDNString(), deleteOldName, to.getParentString(), assertion(mine))),
                        RENAME_REFUSED,
                        () -> isWrite(to, mine));
    }

    @Override
    public boolean deleteIfUnchanged(ReadOnlyEntry seen) {
        return isUnchanged(seen)
                && WriteAttempt.made(
                        () -> pool.delete(new DeleteRequest(seen.getDN(), assertion(seen))), LOST_RACE, () -> false);
    }

    @Override
    public boolean takesWrites() {
        try {
            return pool.getEntry(suffix.toString(), SearchRequest.NO_ATTRIBUTES) != null;
        } catch (LDAPException e) {
            return false;
        }
    }

    @Override
    public Entries page(DN base, Filter filter, @Nullable String after, int limit, Order order) {
        return Entries.firstOf(
                found(base, SearchScope.ONE, filter)
                        .filter(TreeOrder.behind(after, order))
                        .sorted(TreeOrder.siblings(order)),
                limit);
    }

    @Override
    public Entries search(DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        return Entries.firstOf(
                found(base, scope, filter)
                        .filter(entry -> after == null || TreeOrder.TREE.compare(Directory.nameOf(entry), after) > 0)
                        .sorted(Comparator.comparing(Directory::nameOf, TreeOrder.TREE)),
                limit);
    }

    @Override
    public List<DN> subtree(DN base) {
        return all(base, SearchScope.SUB, Filter.createPresenceFilter(Schema.OBJECT_CLASS), SearchRequest.NO_ATTRIBUTES)
                .map(Directory::nameOf)
                .sorted(Comparator.comparingInt((DN dn) -> dn.getRDNs().length).reversed())
                .toList();
    }

    @Override
    public List<ReadOnlyEntry> revoked(DN base) {
        return all(base, SearchScope.ONE, Filter.createPresenceFilter(Schema.REVOKED_AT), ALL)
                .toList();
    }

    private Stream<ReadOnlyEntry> found(DN base, SearchScope scope, Filter filter) {
        Filter stands = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.REVOKED_AT));
        return all(base, scope, Filter.createANDFilter(filter, stands), ALL);
    }

    private Stream<ReadOnlyEntry> all(DN base, SearchScope scope, Filter filter, String attributes) {
        try {
            return pool.search(base.toString(), scope, filter, attributes).getSearchEntries().stream()
                    .map(ExternalDirectory::withSchema);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return Stream.empty();
            }
            throw WriteAttempt.unavailable(e);
        }
    }

    private static ReadOnlyEntry withSchema(Entry entry) {
        return new ReadOnlyEntry(entry.getDN(), Ldif.schema(), entry.getAttributes());
    }

    /** The entry as it is to be written, with a new mark if it has a revision. */
    private static Entry marked(Entry entry) {
        Entry marked = entry.duplicate();
        if (entry.hasAttribute(Schema.REVISION)) {
            marked.setAttribute(Schema.WRITE_MARK, UUID.randomUUID().toString());
        }
        return marked;
    }

    private static @Nullable Long revision(Entry entry) {
        return entry.getAttributeValueAsLong(Schema.REVISION);
    }

    /** Whether the entry stands there as this write leaves it. */
    private boolean isWrite(DN name, Entry marked) {
        String mark = marked.getAttributeValue(Schema.WRITE_MARK);
        return mark != null
                && read(name)
                        .filter(entry -> mark.equals(entry.getAttributeValue(Schema.WRITE_MARK)))
                        .filter(entry -> Objects.equals(revision(entry), revision(marked)))
                        .isPresent();
    }

    /** Compared by reading where the server can't compare all of it while it writes. */
    private boolean isUnchanged(ReadOnlyEntry seen) {
        return (assertsConditions && revision(seen) != null)
                || read(Directory.nameOf(seen)).filter(seen::equals).isPresent();
    }

    private Control[] assertion(ReadOnlyEntry seen) {
        return assertsConditions
                ? new Control[] {new AssertionRequestControl(compareAndSet.asSeen(seen))}
                : new Control[0];
    }
}
