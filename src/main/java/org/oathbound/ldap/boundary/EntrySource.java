package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.TreeOrder;
import org.oathbound.entryaccess.VisibleEntries.Shown;

/** The entries that one search matches, wherever they come from. */
interface EntrySource {

    /**
     * Some in the order of the tree.
     *
     * @param after only entries behind this name; null for the first page
     */
    Shown page(@Nullable DN after, int limit);

    /**
     * The same in an order of the client's (RFC 2891); empty when there are too many to sort.
     *
     * @param after only entries that stand in the order behind this one
     */
    Optional<Shown> sorted(List<SortKey> keys, @Nullable Entry after, int limit);

    /** Whether entries may have the attribute that they are to be sorted by. */
    default boolean mayHave(String attribute) {
        return Ldif.schema().getAttributeType(attribute) != null;
    }

    /**
     * Entries that are here already.
     *
     * @param all of them; if there are more, those could not be had
     */
    record Listed(Shown all) implements EntrySource {

        @Override
        public Shown page(@Nullable DN after, int limit) {
            List<Entry> behind = all.entries().stream()
                    .filter(entry -> after == null || TreeOrder.TREE.compare(Directory.nameOf(entry), after) > 0)
                    .sorted(Comparator.comparing(Directory::nameOf, TreeOrder.TREE))
                    .toList();
            return new Shown(behind.subList(0, Math.min(limit, behind.size())), all.more() || behind.size() > limit);
        }

        @Override
        public Optional<Shown> sorted(List<SortKey> keys, @Nullable Entry after, int limit) {
            return all.more() ? Optional.empty() : Optional.of(all.sorted(keys, after, limit));
        }

        /** Those of a corporate directory may have attributes that our schema does not know. */
        @Override
        public boolean mayHave(String attribute) {
            return true;
        }
    }
}
