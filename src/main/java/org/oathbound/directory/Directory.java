package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Problem;

/**
 * The directory as the rest of Oathbound sees it. Each method throws {@link Problem.Unavailable} when the store can't
 * answer, or can't take the write; then nothing is known to have changed. A write that the schema or the rules of LDAP do not
 * allow throws {@link RefusedChange}.
 */
public interface Directory {

    /** The entry that everything of ours stands below, such as {@code dc=example,dc=com}. */
    DN suffix();

    /** Reads one entry, all attributes, revoked ones too. */
    Optional<ReadOnlyEntry> read(DN dn);

    /**
     * Reads a page of the entries directly below {@code base}, in the order of their naming value (ASCII, without regard
     * to case). Entries that carry {@link Schema#REVOKED_AT} are left out.
     *
     * @param filter what an entry must match
     * @param after only entries behind this naming value in the order; null for the first page. It need not exist.
     * @param limit at most so many entries
     */
    Page page(DN base, Filter filter, @Nullable String after, int limit, Order order);

    /**
     * Searches an entry and what is below it (RFC 4511 section 4.5.1). The order is that of the tree: each entry before those
     * below it, those with one parent in the order of their naming values. Entries that carry {@link Schema#REVOKED_AT} are
     * left out; a filter that can't be evaluated matches nothing.
     *
     * @param after only entries behind this name in the order; null for the first page. It need not exist.
     * @param limit at most so many entries
     */
    Page search(DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit);

    /**
     * The names of an entry and of all below it, revoked ones too, what stands below before what it stands below: the order
     * to remove them in. Looks at every entry there is.
     */
    List<DN> subtree(DN base);

    /** The entries directly below that carry {@link Schema#REVOKED_AT}. Looks at every entry there is. */
    List<ReadOnlyEntry> revoked(DN base);

    /** Adds an entry. False, and nothing changed, when there is one of that name already. */
    boolean add(Entry entry);

    /**
     * Changes an entry if it still is as it was seen: the compare-and-set. Raises {@link Schema#REVISION} by one, where the
     * entry has one.
     *
     * @param seen the entry as it was read
     * @param wanted the entry as it shall be, same DN; its revision is ignored
     * @return false, and nothing changed, when the entry has changed since or is gone
     */
    boolean modifyIfUnchanged(ReadOnlyEntry seen, Entry wanted);

    /** The same as {@link #rename(DN, DN, boolean, Filter)}; the old name's value goes if the new one has the attribute, too. */
    default boolean rename(DN from, DN to, Filter still) {
        return rename(from, to, to.getRDN().hasAttribute(from.getRDN().getAttributeNames()[0]), still);
    }

    /**
     * Gives an entry, and with it all that stand below it, another name. Raises {@link Schema#REVISION} by one, where the entry
     * has one.
     *
     * @param deleteOldName whether the values of the old name go
     * @param still what the entry must match: another may have taken its place since it was read
     * @return false, and nothing changed, when it is gone, does not match, or the new name is taken
     */
    boolean rename(DN from, DN to, boolean deleteOldName, Filter still);

    /** Removes an entry without children. False when there is none. */
    boolean delete(DN dn);

    /** The same, if the entry matches; false, and nothing changed, when it does not. */
    boolean delete(DN dn, Filter still);

    /**
     * Does many things and waits for the disk once, at the end. Nothing of what happens inside may be told to anybody before
     * this returns.
     */
    <T> T together(Supplier<T> work);

    /** Whether a write would be taken now. */
    boolean takesWrites();

    /** The name of a stored entry. */
    static DN nameOf(Entry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("A stored entry has no valid name: " + entry.getDN(), e);
        }
    }

    /** The order of a page. */
    enum Order {
        ASCENDING,
        DESCENDING
    }

    /**
     * Some of the entries below a base.
     *
     * @param entries in the order that was asked for
     * @param more whether there are further entries behind the last of these
     */
    record Page(List<ReadOnlyEntry> entries, boolean more) {}
}
