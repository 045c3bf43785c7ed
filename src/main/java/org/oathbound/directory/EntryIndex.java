package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory.Order;

/**
 * The entries as readers see them: by name, and below each parent in the order of their naming values. Reading takes no
 * lock; only the holder of the store's write lock may put and remove.
 */
final class EntryIndex {

    private final ConcurrentMap<DN, ReadOnlyEntry> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<DN, ConcurrentNavigableMap<String, ReadOnlyEntry>> children = new ConcurrentHashMap<>();

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
            siblings = siblings.tailMap(lastKey(after), false);
        } else if (after != null) {
            siblings = siblings.headMap(firstKey(after), false);
        }
        return (order == Order.ASCENDING ? siblings : siblings.descendingMap()).values().stream();
    }

    /** The entry and all below it, parents first, revoked ones left out. */
    Stream<ReadOnlyEntry> subtree(ReadOnlyEntry entry) {
        DN dn = dn(entry);
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
        DN top = dn(entry);
        Stream<ReadOnlyEntry> behind = below(name, null, Order.ASCENDING).flatMap(this::subtree);
        for (DN at = name; !at.equals(top); at = Objects.requireNonNull(at.getParent(), "it stands below the entry")) {
            behind = Stream.concat(behind, siblingsBehind(at).flatMap(this::subtree));
        }
        return behind;
    }

    /** The entries behind this one with the same parent. */
    Stream<ReadOnlyEntry> siblingsBehind(DN name) {
        NavigableMap<String, ReadOnlyEntry> siblings = children.get(name.getParent());
        return siblings == null ? Stream.empty() : siblings.tailMap(key(name.getRDN()), false).values().stream();
    }

    boolean hasChildren(DN dn) {
        var below = children.get(dn);
        return below != null && !below.isEmpty();
    }

    void put(ReadOnlyEntry entry) {
        DN dn = dn(entry);
        ReadOnlyEntry before = entries.put(dn, entry);
        DN parent = dn.getParent();
        if (parent == null) {
            return;
        }
        var siblings = children.computeIfAbsent(parent, base -> new ConcurrentSkipListMap<>());
        if (entry.hasAttribute(Schema.REVOKED_AT)) {
            siblings.remove(key(entry));
        } else {
            siblings.put(key(entry), entry);
        }
        if (before != null && !key(before).equals(key(entry))) {
            siblings.remove(key(before));
        }
    }

    void remove(DN dn) {
        ReadOnlyEntry entry = entries.remove(dn);
        children.remove(dn);
        DN parent = dn.getParent();
        var siblings = parent == null ? null : children.get(parent);
        if (siblings != null && entry != null) {
            siblings.remove(key(entry));
        }
    }

    /**
     * The naming value; behind it the whole RDN, for two attributes may name siblings with one value. As the entry spells
     * it, which one who names the entry need not.
     */
    private static String key(ReadOnlyEntry entry) {
        return key(dn(entry).getRDN());
    }

    private static String key(RDN rdn) {
        return firstKey(rdn.getAttributeValues()[0]) + rdn.toNormalizedString();
    }

    private static String firstKey(String namingValue) {
        return namingValue.toLowerCase(Locale.ROOT) + '\0';
    }

    private static String lastKey(String namingValue) {
        return namingValue.toLowerCase(Locale.ROOT) + '\1';
    }

    static DN dn(ReadOnlyEntry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("A stored entry has no valid name: " + entry.getDN(), e);
        }
    }
}
