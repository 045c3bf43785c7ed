package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
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
     * Tells of each entry directly below {@code base}, in the order of their naming values, as it stands when its turn
     * comes. One that is added or removed meanwhile may be told of or not; none is twice.
     *
     * @param read what is to be told of an entry. It may read others, and is asked for many entries before the disk is
     *     waited for, once: it must tell nobody
     * @param tell gets what was read, in order, when it is durable
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
}
