package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Listing.Order;

/** The order of the tree: each entry before those below it, those with one parent by their naming values (ASCII, without case). */
public final class TreeOrder {

    public static final Comparator<DN> TREE = TreeOrder::compare;

    private TreeOrder() {}

    /** The order of entries with one parent. */
    public static Comparator<Entry> siblings(Order order) {
        Comparator<Entry> ascending = Comparator.comparing(TreeOrder::key);
        return order == Order.ASCENDING ? ascending : ascending.reversed();
    }

    /** Whether an entry comes behind a naming value in that order; each one does behind null. */
    public static Predicate<Entry> behind(@Nullable String after, Order order) {
        return entry -> after == null
                || (order == Order.ASCENDING
                        ? key(entry).compareTo(lastKey(after)) > 0
                        : key(entry).compareTo(firstKey(after)) < 0);
    }

    /**
     * The naming value; behind it the whole RDN, for two attributes may name siblings with one value. As the entry spells
     * it, which one who names the entry need not.
     */
    public static String key(Entry entry) {
        return key(Directory.nameOf(entry).getRDN());
    }

    public static String key(RDN rdn) {
        return firstKey(rdn.getAttributeValues()[0]) + rdn.toNormalizedString();
    }

    public static String firstKey(String namingValue) {
        return namingValue.toLowerCase(Locale.ROOT) + '\0';
    }

    public static String lastKey(String namingValue) {
        return namingValue.toLowerCase(Locale.ROOT) + '\1';
    }

    private static int compare(DN one, DN other) {
        RDN[] path = one.getRDNs();
        RDN[] otherPath = other.getRDNs();
        for (int i = 1; i <= Math.min(path.length, otherPath.length); i++) {
            int difference = key(path[path.length - i]).compareTo(key(otherPath[otherPath.length - i]));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(path.length, otherPath.length);
    }
}
