package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.TreeOrder;
import org.oathbound.directory.embedded.AttributeIndexes.Place;

/**
 * The entries as readers see them: by name, and below each parent in the order of their naming values. Reading takes no
 * lock; only the holder of the store's write lock may put and remove.
 */
final class EntryIndex {

    private final ConcurrentMap<DN, ReadOnlyEntry> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<DN, ConcurrentNavigableMap<String, ReadOnlyEntry>> children = new ConcurrentHashMap<>();
    private final AttributeIndexes attributes = new AttributeIndexes();

    Optional<ReadOnlyEntry> get(DN dn) {
        return Optional.ofNullable(entries.get(dn));
    }

    /** Every entry, revoked ones too, in no order. */
    List<ReadOnlyEntry> all() {
        return List.copyOf(entries.values());
    }

    /** The entries directly below, revoked ones left out; lazy, so that it costs what is taken from it. */
    Stream<ReadOnlyEntry> below(DN base, @Nullable String after, Order order) {
        NavigableMap<String, ReadOnlyEntry> siblings = children.get(base);
        if (siblings == null) {
            return Stream.empty();
        }
        if (after != null && order == Order.ASCENDING) {
            siblings = siblings.tailMap(TreeOrder.lastKey(after), false);
        } else if (after != null) {
            siblings = siblings.headMap(TreeOrder.firstKey(after), false);
        }
        return (order == Order.ASCENDING ? siblings : siblings.descendingMap()).values().stream();
    }

    /** The entry and all below it, parents first, revoked ones left out. */
    Stream<ReadOnlyEntry> subtree(ReadOnlyEntry entry) {
        DN dn = Directory.nameOf(entry);
        Stream<ReadOnlyEntry> itself = Stream.of(entry);
        return children.containsKey(dn)
                ? Stream.concat(itself, below(dn, null, Order.ASCENDING).flatMap(this::subtree))
                : itself;
    }

    /**
     * The same, but only what stands in that order behind a name below the entry, whether there is one of that name or not:
     * first what is below it, then what comes behind it, and behind each of those that it stands below.
     */
    Stream<ReadOnlyEntry> subtreeBehind(ReadOnlyEntry entry, DN name) {
        DN top = Directory.nameOf(entry);
        Stream<ReadOnlyEntry> behind = below(name, null, Order.ASCENDING).flatMap(this::subtree);
        for (DN at = name; !at.equals(top); at = Objects.requireNonNull(at.getParent(), "it stands below the entry")) {
            behind = Stream.concat(behind, siblingsBehind(at).flatMap(this::subtree));
        }
        return behind;
    }

    /** The entries behind this one with the same parent. */
    Stream<ReadOnlyEntry> siblingsBehind(DN name) {
        NavigableMap<String, ReadOnlyEntry> siblings = children.get(name.getParent());
        return siblings == null
                ? Stream.empty()
                : siblings.tailMap(TreeOrder.key(name.getRDN()), false).values().stream();
    }

    /**
     * The entries in a scope (RFC 4511 section 4.5.1.2) that can match a filter, in the order of the tree: each entry before
     * those below it, those with one parent in the order of their naming values. Where the filter holds an indexed attribute,
     * only those are looked at that the index names. What stands below a revoked entry is left out.
     *
     * @param after only entries behind this name in the order; null for all. It need not exist.
     */
    Stream<ReadOnlyEntry> inScope(ReadOnlyEntry base, SearchScope scope, Filter filter, @Nullable DN after) {
        if (scope.equals(SearchScope.BASE)) {
            return after == null ? Stream.of(base) : Stream.empty();
        }
        DN name = Directory.nameOf(base);
        DN behind = after != null && after.isDescendantOf(name, false) ? after : null;
        Optional<Set<DN>> candidates = attributes.candidates(filter);
        if (candidates.isPresent()) {
            return candidates.get().stream()
                    .filter(dn -> isInScope(dn, name, scope) && !(after != null && dn.equals(name)))
                    .filter(dn -> behind == null || TreeOrder.TREE.compare(dn, behind) > 0)
                    .flatMap(dn -> get(dn).stream())
                    .sorted(Comparator.comparing(Directory::nameOf, TreeOrder.TREE));
        }
        if (scope.equals(SearchScope.ONE)) {
            return behind == null ? below(name, null, Order.ASCENDING) : siblingsBehind(behind);
        }
        boolean withBase = scope.equals(SearchScope.SUB) && after == null;
        return behind == null ? subtree(base).skip(withBase ? 0 : 1) : subtreeBehind(base, behind);
    }

    private boolean isInScope(DN dn, DN base, SearchScope scope) {
        if (scope.equals(SearchScope.ONE)) {
            return base.equals(dn.getParent());
        }
        if (!dn.isDescendantOf(base, scope.equals(SearchScope.SUB))) {
            return false;
        }
        for (DN above = dn; !above.equals(base); above = Objects.requireNonNull(above.getParent(), "it stands below")) {
            if (get(above)
                    .filter(entry -> !entry.hasAttribute(Schema.REVOKED_AT))
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The entries of {@link #below} that can match a filter. */
    Stream<ReadOnlyEntry> below(DN base, Filter filter, @Nullable String after, Order order) {
        Optional<Set<DN>> candidates = attributes.candidates(filter);
        if (candidates.isEmpty()) {
            return below(base, after, order);
        }
        return candidates.get().stream()
                .filter(dn -> base.equals(dn.getParent()))
                .flatMap(dn -> get(dn).stream())
                .filter(entry -> !entry.hasAttribute(Schema.REVOKED_AT))
                .filter(TreeOrder.behind(after, order))
                .sorted(TreeOrder.siblings(order));
    }

    boolean hasChildren(DN dn) {
        var below = children.get(dn);
        return below != null && !below.isEmpty();
    }

    void put(ReadOnlyEntry entry) {
        DN dn = Directory.nameOf(entry);
        Set<Place> places = AttributeIndexes.places(entry);
        attributes.add(places);
        ReadOnlyEntry before = entries.put(dn, entry);
        if (before != null) {
            attributes.remove(before, places);
        }
        DN parent = dn.getParent();
        if (parent == null) {
            return;
        }
        var siblings = children.computeIfAbsent(parent, base -> new ConcurrentSkipListMap<>());
        if (entry.hasAttribute(Schema.REVOKED_AT)) {
            siblings.remove(TreeOrder.key(entry));
        } else {
            siblings.put(TreeOrder.key(entry), entry);
        }
        if (before != null && !TreeOrder.key(before).equals(TreeOrder.key(entry))) {
            siblings.remove(TreeOrder.key(before));
        }
    }

    void remove(DN dn) {
        ReadOnlyEntry entry = entries.remove(dn);
        if (entry != null) {
            attributes.remove(entry, Set.of());
        }
        children.remove(dn);
        DN parent = dn.getParent();
        var siblings = parent == null ? null : children.get(parent);
        if (siblings != null && entry != null) {
            siblings.remove(TreeOrder.key(entry));
        }
    }
}
