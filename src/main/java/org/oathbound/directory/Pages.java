package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Listing.Order;

/** Goes through all entries below a base, some at a time, so that memory does not grow with their number. */
public final class Pages {

    private static final int PAGE = 500;

    private Pages() {}

    /**
     * Reports each entry directly below {@code base}, in the order of their naming values, as it stands when it is
     * read. An entry that is added or removed meanwhile may be reported or not; no entry is reported twice.
     *
     * @param read makes what is reported of an entry. It may read other entries. It runs for many entries before one
     *     wait for the disk, so it must not pass anything on
     * @param tell receives the results of {@code read}, in order, once they are durable
     */
    public static <T> void forEach(
            Listing listing,
            Batch batch,
            DN base,
            Filter filter,
            Function<ReadOnlyEntry, Stream<T>> read,
            Consumer<T> tell) {
        @Nullable String after = null;
        do {
            String last = after;
            Page<T> page = batch.together(() -> Page.of(listing.page(base, filter, last, PAGE, Order.ASCENDING), read));
            page.items().forEach(tell);
            after = page.last();
        } while (after != null);
    }

    /**
     * Does something with each entry directly below {@code base} that carries {@link Schema#REVOKED_AT}, for many of them before one
     * wait for the disk.
     */
    public static void forEachRevoked(Listing listing, Batch batch, DN base, Consumer<ReadOnlyEntry> work) {
        List<ReadOnlyEntry> revoked = listing.revoked(base);
        for (int from = 0; from < revoked.size(); from += PAGE) {
            List<ReadOnlyEntry> some = revoked.subList(from, Math.min(revoked.size(), from + PAGE));
            batch.together(() -> {
                some.forEach(work);
                return true;
            });
        }
    }
}
