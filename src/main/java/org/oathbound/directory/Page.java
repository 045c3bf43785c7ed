package org.oathbound.directory;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of what is listed, in its order.
 *
 * @param last the naming value of the last entry that was looked at, when there are others behind it; otherwise null
 */
public record Page<T>(List<T> items, @Nullable String last) {

    /** The values that are read from these entries; from an entry there may be none. */
    static <T> Page<T> of(Listing.Entries found, Function<ReadOnlyEntry, Stream<T>> read) {
        List<ReadOnlyEntry> entries = found.entries();
        return new Page<>(
                entries.stream().flatMap(read).toList(),
                found.more() ? Directory.nameOf(entries.getLast()).getRDN().getAttributeValues()[0] : null);
    }

    /** The same without entries that can't be read: a page can have less than asked for, and others behind it. */
    public static <T> Page<T> readable(Listing.Entries found, Function<ReadOnlyEntry, Stream<T>> read) {
        UnreadableEntries unreadable = new UnreadableEntries();
        return of(found, entry -> unreadable.read(() -> read.apply(entry)).orElse(Stream.empty()));
    }
}
