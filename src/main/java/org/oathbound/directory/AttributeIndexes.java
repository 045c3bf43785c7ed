package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of entries by the values of their {@linkplain IndexedAttributes indexed attributes}, each value in the form that its
 * matching rule compares. Reading takes no lock; one writer at a time. While an entry is exchanged it is found by its old values
 * and its new ones, so whoever finds a name here holds the entry against the filter.
 */
final class AttributeIndexes {

    /** As many entries are counted to find which part of a conjunction names the fewest. */
    private static final int COUNTED = 1_000;

    private final Map<String, NavigableSet<Key>> byOid = IndexedAttributes.oids().stream()
            .collect(Collectors.toUnmodifiableMap(oid -> oid, oid -> new ConcurrentSkipListSet<>()));

    /** Before the entry is shown. */
    void add(ReadOnlyEntry entry) {
        keysOf(entry).forEach(key -> keys(key.oid).add(key.key));
    }

    /**
     * After another is shown in its place, or none.
     *
     * @param after null for none
     */
    void remove(ReadOnlyEntry entry, @Nullable ReadOnlyEntry after) {
        Set<OidAndKey> stay = after == null ? Set.of() : keysOf(after).collect(Collectors.toSet());
        keysOf(entry).filter(key -> !stay.contains(key)).forEach(key -> keys(key.oid)
                .remove(key.key));
    }

    /** Whether two entries of one name stand at the same places here. */
    static boolean sameKeys(ReadOnlyEntry before, ReadOnlyEntry after) {
        return before.getAttributes().stream()
                        .filter(attribute ->
                                IndexedAttributes.oid(attribute.getName()).isPresent())
                        .collect(Collectors.toSet())
                        .equals(after.getAttributes().stream()
                                .filter(attribute -> IndexedAttributes.oid(attribute.getName())
                                        .isPresent())
                                .collect(Collectors.toSet()))
                && before.getDN().equals(after.getDN());
    }

    /** The names of all entries that can match a filter; empty when the indexes can't tell. */
    Optional<Set<DN>> candidates(Filter filter) {
        return IndexedAttributes.impliedBy(filter)
                .flatMap(implied -> names(implied).map(names -> names.collect(Collectors.toCollection(HashSet::new))));
    }

    private Optional<Stream<DN>> names(Filter implied) {
        return switch (implied.getFilterType()) {
            case Filter.FILTER_TYPE_AND ->
                Stream.of(implied.getComponents())
                        .filter(component -> names(component).isPresent())
                        .min(Comparator.comparingLong(component ->
                                names(component).orElseThrow().limit(COUNTED).count()))
                        .flatMap(this::names);
            case Filter.FILTER_TYPE_OR ->
                Stream.of(implied.getComponents())
                        .map(this::names)
                        .reduce((one, other) -> one.flatMap(names -> other.map(more -> Stream.concat(names, more))))
                        .orElse(Optional.empty());
            default -> leaf(implied);
        };
    }

    private Optional<Stream<DN>> leaf(Filter filter) {
        String oid = IndexedAttributes.oid(filter.getAttributeName()).orElseThrow();
        MatchingRule rule = IndexedAttributes.rule(oid);
        try {
            if (filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY) {
                String value = rule.normalize(new ASN1OctetString(filter.getAssertionValueBytes()))
                        .stringValue();
                return Optional.of(from(oid, value, value::equals));
            }
            String beginning = rule.normalizeSubstring(
                            new ASN1OctetString(filter.getSubInitialBytes()), MatchingRule.SUBSTRING_TYPE_SUBINITIAL)
                    .stringValue();
            return Optional.of(from(oid, beginning, value -> value.startsWith(beginning)));
        } catch (LDAPException e) {
            return Optional.empty(); // a value that the attribute can't have: the filter says what that means
        }
    }

    private Stream<DN> from(String oid, String value, Predicate<String> wanted) {
        return keys(oid).tailSet(new Key(value, DN.NULL_DN)).stream()
                .takeWhile(key -> wanted.test(key.value))
                .map(Key::name);
    }

    private NavigableSet<Key> keys(String oid) {
        NavigableSet<Key> keys = byOid.get(oid);
        if (keys == null) {
            throw new IllegalArgumentException(oid + " is not indexed.");
        }
        return keys;
    }

    private static Stream<OidAndKey> keysOf(ReadOnlyEntry entry) {
        DN name = EntryIndex.dn(entry);
        return entry.getAttributes().stream().flatMap(attribute -> IndexedAttributes.oid(attribute.getName()).stream()
                .flatMap(oid -> values(oid, attribute).map(value -> new OidAndKey(oid, new Key(value, name)))));
    }

    private static Stream<String> values(String oid, Attribute attribute) {
        MatchingRule rule = IndexedAttributes.rule(oid);
        return Stream.of(attribute.getRawValues()).flatMap(value -> {
            try {
                return Stream.of(rule.normalize(value).stringValue());
            } catch (LDAPException e) {
                return Stream.empty(); // it matches nothing
            }
        });
    }

    private record OidAndKey(String oid, Key key) {}

    private record Key(String value, DN name) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byValue = value.compareTo(other.value);
            return byValue != 0 ? byValue : name.compareTo(other.name);
        }
    }
}
