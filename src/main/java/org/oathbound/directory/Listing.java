package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many entries at once. The results may lag behind what {@link Directory} reads: a caller that decides by an entry
 * reads it again, by its name. Each method throws {@link org.oathbound.problem.Problem.Unavailable} when the store
 * can't answer.
 */
public interface Listing {

    /**
     * Reads a page of the entries directly below {@code base}, in the order of their naming value (ASCII, without regard
     * to case). Entries that carry {@link Schema#REVOKED_AT} are left out.
     *
     * @param filter what an entry must match
     * @param after only entries behind this naming value in the order; null for the first page. It need not exist.
     * @param limit at most so many entries
     */
    Entries page(DN base, Filter filter, @Nullable String after, int limit, Order order);

    /**
     * Searches an entry and what is below it (RFC 4511 section 4.5.1). The order is that of the tree: each entry before those
     * below it, those with one parent in the order of their naming values. Entries that carry {@link Schema#REVOKED_AT} are
     * left out; a filter that can't be evaluated matches nothing.
     *
     * @param after only entries behind this name in the order; null for the first page. It need not exist.
     * @param limit at most so many entries
     */
    Entries search(DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit);

    /**
     * The names of an entry and of all below it, revoked ones too, what stands below before what it stands below: the order
     * to remove them in. Looks at every entry there is.
     */
    List<DN> subtree(DN base);

    /** The entries directly below that carry {@link Schema#REVOKED_AT}. Looks at every entry there is. */
    List<ReadOnlyEntry> revoked(DN base);

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
    record Entries(List<ReadOnlyEntry> entries, boolean more) {

        /** Takes no more from the entries than it needs to know whether there are more. */
        public static Entries firstOf(Stream<ReadOnlyEntry> entries, int limit) {
            List<ReadOnlyEntry> found = entries.limit(limit + 1L).toList();
            return found.size() > limit ? new Entries(found.subList(0, limit), true) : new Entries(found, false);
        }
    }
}
