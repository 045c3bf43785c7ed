package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Optional;
import java.util.function.Predicate;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/**
 * The entries at the server that takes the writes, each by its name. Each method throws {@link Problem.Unavailable} when the store can't
 * answer, or can't take the write; then nothing is known to have changed. A write that the schema or the rules of LDAP do not
 * allow throws {@link RefusedChange}.
 */
public interface Directory {

    /** The entry that everything of ours stands below, such as {@code dc=example,dc=com}. */
    DN suffix();

    /** Reads one entry, all attributes, revoked ones too. */
    Optional<ReadOnlyEntry> read(DN dn);

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

    /** The same as {@link #renameIfUnchanged(ReadOnlyEntry, DN, boolean)}; the old name's value goes if the new one has the attribute, too. */
    default boolean renameIfUnchanged(ReadOnlyEntry seen, DN to) {
        return renameIfUnchanged(
                seen, to, to.getRDN().hasAttribute(nameOf(seen).getRDN().getAttributeNames()[0]));
    }

    /**
     * Gives an entry, and with it all that stand below it, another name, if it still is as it was seen. Raises {@link
     * Schema#REVISION} by one, where the entry has one.
     *
     * @param deleteOldName whether the values of the old name go
     * @return false, and nothing changed, when it has changed since or is gone, or the new name is taken
     */
    boolean renameIfUnchanged(ReadOnlyEntry seen, DN to, boolean deleteOldName);

    /** Removes an entry without children. False, and nothing changed, when it has changed since it was seen or is gone. */
    boolean deleteIfUnchanged(ReadOnlyEntry seen);

    /** Reads an entry and removes it, however it has changed. False when there is none. */
    default boolean delete(DN dn) {
        return deleteIf(dn, entry -> true);
    }

    /** Reads an entry and removes it, if it is as it must be. False, and nothing changed, when it is not, or there is none. */
    default boolean deleteIf(DN dn, Predicate<ReadOnlyEntry> condition) {
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = read(dn).filter(condition);
            return seen.isEmpty() || deleteIfUnchanged(seen.get()) ? Optional.of(seen.isPresent()) : Optional.empty();
        });
    }

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
}
