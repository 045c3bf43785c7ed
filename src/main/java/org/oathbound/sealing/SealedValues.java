package org.oathbound.sealing;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

/** Everything sealed that the directory has, in all environments. */
@ApplicationScoped
public class SealedValues {

    /** The attributes whose values are sealed; of the check value it is what stands behind the fingerprint. */
    static final List<String> ATTRIBUTES = List.of(Schema.SECRET, Schema.PAYLOAD, Schema.KEY_CHECK);

    private static final Filter SEALED = Filter.createORFilter(
            ATTRIBUTES.stream().map(Filter::createPresenceFilter).toList());

    /** Matches entries that have entries with sealed values below them, or further such entries. */
    private static final Filter CONTAINER =
            Filter.createORFilter(Stream.of("organizationalUnit", Schema.OATHBOUND_ENVIRONMENT, Schema.OATHBOUND_JOB)
                    .map(name -> Filter.createEqualityFilter(Schema.OBJECT_CLASS, name))
                    .toList());

    private static final Filter EITHER = Filter.createORFilter(SEALED, CONTAINER);

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;

    @Inject
    public SealedValues(Directory directory, Listing listing, Batch batch) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
    }

    /** How many values there are under each key, by its {@code kid}; {@code ""} for what names no key. */
    public Map<String, Integer> count() {
        Map<String, Integer> counts = new TreeMap<>();
        forEach(
                entry -> ATTRIBUTES.stream()
                        .map(entry::getAttributeValue)
                        .filter(value -> value != null)
                        .map(SealedValues::keyIdOf),
                id -> counts.merge(id, 1, Integer::sum));
        return counts;
    }

    /** What is sealed on an entry and for it alone: a token's secret, the rows of a job. */
    public static Stream<String> of(Entry entry) {
        return Stream.of(Schema.SECRET, Schema.PAYLOAD)
                .flatMap(name -> Stream.ofNullable(entry.getAttributeValue(name)));
    }

    /** The {@code kid} that a value of one of {@link #ATTRIBUTES} names; empty when there is none. */
    static String keyIdOf(String value) {
        String id = Seals.keyIdOf(value.substring(value.indexOf(' ') + 1));
        return id == null ? "" : id;
    }

    /**
     * Goes through all entries that have sealed values.
     *
     * @param read asked for many entries before the disk is waited for, once
     * @param tell gets what was read, when it is durable
     */
    <T> void forEach(Function<ReadOnlyEntry, Stream<T>> read, Consumer<T> tell) {
        directory.read(directory.suffix()).stream().flatMap(read).forEach(tell);
        below(directory.suffix(), read, tell);
    }

    private <T> void below(DN base, Function<ReadOnlyEntry, Stream<T>> read, Consumer<T> tell) {
        List<DN> containers = new ArrayList<>();
        Pages.<Found<T>>forEach(listing, batch, base, EITHER, entry -> Stream.of(Found.at(entry, read)), found -> {
            found.told().forEach(tell);
            containers.addAll(found.containers());
        });
        containers.forEach(container -> below(container, read, tell));
    }

    private record Found<T>(List<T> told, List<DN> containers) {

        static <T> Found<T> at(ReadOnlyEntry entry, Function<ReadOnlyEntry, Stream<T>> read) {
            return new Found<>(read.apply(entry).toList(), isContainer(entry) ? List.of(dn(entry)) : List.of());
        }
    }

    private static boolean isContainer(Entry entry) {
        try {
            return CONTAINER.matchesEntry(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException("A filter of our own can't be evaluated", e);
        }
    }

    static DN dn(Entry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new Problem.Corrupt("An entry has a DN that can't be read: " + entry.getDN());
        }
    }
}
