package org.oathbound.directory.embedded;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oathbound.directory.Directory;
import org.oathbound.directory.EntryUuid;
import org.oathbound.directory.IndexedAttributes;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;

/**
 * Names of entries by the values of their {@linkplain IndexedAttributes indexed attributes}, each value in the form
 * that its matching rule compares. Reading takes no lock; one writer at a time. While an entry is exchanged it is found
 * by its old values and its new ones, so a search that finds a name here then matches the entry against the filter.
 */
final class AttributeIndexes {

    /** A search that would find more entries here reads the tree instead, which costs no more and needs no sorting. */
    static final int MOST = 1_000;

    private static final String ENTRY_DN =
            IndexedAttributes.oid(Schema.ENTRY_DN).orElseThrow();
    private static final String ENTRY_UUID =
            IndexedAttributes.oid(Schema.ENTRY_UUID).orElseThrow();

    private final NavigableSet<Place> places = new ConcurrentSkipListSet<>();

    /** Before the entry is shown that has these places. */
    void add(Set<Place> added) {
        places.addAll(added);
    }

    /**
     * After another entry is shown in its place, or none.
     *
     * @param staying the places of the other
     */
    void remove(ReadOnlyEntry entry, Set<Place> staying) {
        places(entry).stream().filter(place -> !staying.contains(place)).forEach(places::remove);
    }

    /** The names of all entries that can match a filter; empty when the indexes can't tell, or there are too many. */
    Optional<Set<DN>> candidates(Filter filter) {
        return IndexedAttributes.impliedBy(filter).flatMap(this::names);
    }

    private Optional<Set<DN>> names(Filter implied) {
        return switch (implied.getFilterType()) {
            case Filter.FILTER_TYPE_AND ->
                Stream.of(implied.getComponents())
                        .flatMap(component -> names(component).stream())
                        .min(Comparator.comparingInt(Set::size));
            case Filter.FILTER_TYPE_OR -> {
                Set<DN> all = new HashSet<>();
                boolean isComplete = Stream.of(implied.getComponents())
                        .allMatch(component -> names(component).map(all::addAll).isPresent());
                yield isComplete ? Optional.of(all) : Optional.empty();
            }
            default -> leaf(implied);
        };
    }

    private Optional<Set<DN>> leaf(Filter filter) {
        String oid = IndexedAttributes.oid(filter.getAttributeName()).orElseThrow();
        MatchingRule rule = IndexedAttributes.rule(oid);
        try {
            if (oid.equals(ENTRY_DN)) {
                return Optional.of(Set.of(new DN(filter.getAssertionValue(), Ldif.schema())));
            } else if (filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY) {
                ASN1OctetString value = new ASN1OctetString(filter.getAssertionValueBytes());
                String normalized =
                        rule.normalize(IndexedAttributes.prepared(oid, value)).stringValue();
                return from(oid, normalized, normalized::equals);
            }
            ASN1OctetString initial = IndexedAttributes.prepared(oid, new ASN1OctetString(filter.getSubInitialBytes()));
            String beginning = rule.normalizeSubstring(initial, MatchingRule.SUBSTRING_TYPE_SUBINITIAL)
                    .stringValue();
            return from(oid, beginning, value -> value.startsWith(beginning));
        } catch (LDAPException e) {
            return Optional.empty(); // a value that the attribute can't have: the filter says what that means
        }
    }

    private Optional<Set<DN>> from(String oid, String value, Predicate<String> wanted) {
        Set<DN> names = places.tailSet(new Place(oid, value, DN.NULL_DN)).stream()
                .takeWhile(place -> place.oid.equals(oid) && wanted.test(place.value))
                .limit(MOST + 1L)
                .map(Place::name)
                .collect(Collectors.toSet());
        return names.size() > MOST ? Optional.empty() : Optional.of(names);
    }

    /** Where an entry stands here. */
    static Set<Place> places(ReadOnlyEntry entry) {
        DN name = Directory.nameOf(entry);
        Set<Place> found = new HashSet<>();
        for (Attribute attribute : entry.getAttributes()) {
            IndexedAttributes.oid(attribute.getName()).ifPresent(oid -> {
                for (ASN1OctetString value : attribute.getRawValues()) {
                    normalized(oid, value).ifPresent(text -> found.add(new Place(oid, text, name)));
                }
            });
        }
        if (EntryUuid.isOfName(entry)) {
            found.add(new Place(ENTRY_UUID, EntryUuid.of(entry), name));
        }
        return found;
    }

    /** Empty for a value that the attribute can't have: it matches nothing. */
    private static Optional<String> normalized(String oid, ASN1OctetString value) {
        try {
            return Optional.of(IndexedAttributes.rule(oid)
                    .normalize(IndexedAttributes.prepared(oid, value))
                    .stringValue());
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }

    /** An attribute, a value of it, and the name of an entry that has it. */
    record Place(String oid, String value, DN name) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::oid).thenComparing(Place::value).thenComparing(Place::name);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
