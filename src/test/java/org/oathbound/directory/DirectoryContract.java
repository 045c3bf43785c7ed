package org.oathbound.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.oathbound.directory.Listing.Entries;
import org.oathbound.directory.Listing.Order;

/** What every directory must do, whatever keeps its entries. Each test has entries of its own. */
public abstract class DirectoryContract {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);

    private final Directory directory;
    private final Listing listing;
    private final DN keys;
    private final String prefix = UUID.randomUUID() + "-";

    protected <D extends Directory & Listing> DirectoryContract(D directory) {
        this.directory = directory;
        this.listing = directory;
        this.keys = new DN(new RDN(Schema.OU, "Keys"), directory.suffix());
    }

    private DN name(String id) {
        return new DN(new RDN(Schema.ID, prefix + id), keys);
    }

    private Entry key(String id, String... stopped) {
        Entry entry = new Entry(name(id));
        entry.addAttribute(Schema.OBJECT_CLASS, Schema.OATHBOUND_KEY);
        entry.addAttribute(Schema.ID, prefix + id);
        entry.addAttribute(Schema.REVISION, "0");
        if (stopped.length > 0) {
            entry.addAttribute(Schema.STOPPED, stopped);
        }
        return entry;
    }

    private ReadOnlyEntry added(String id, String... stopped) {
        assertThat(directory.add(key(id, stopped))).isTrue();
        return read(id);
    }

    private ReadOnlyEntry read(String id) {
        return directory.read(name(id)).orElseThrow();
    }

    private static Entry with(ReadOnlyEntry seen, String attribute, String... values) {
        Entry wanted = seen.duplicate();
        wanted.setAttribute(attribute, values);
        return wanted;
    }

    private boolean changes(ReadOnlyEntry seen, String token) {
        return directory.modifyIfUnchanged(seen, with(seen, Schema.TOKEN_ID, token));
    }

    @Test
    void knowsNothingOfWhatIsNotThere() {
        assertThat(directory.read(name("a"))).isEmpty();
        assertThat(directory.delete(name("a"))).isFalse();
        assertThat(listing.page(name("a"), ANY, null, 9, Order.ASCENDING)).isEqualTo(new Entries(List.of(), false));
        assertThat(directory.takesWrites()).isTrue();
    }

    @Test
    void addsAnEntryOnce() {
        ReadOnlyEntry first = added("a", "1");
        assertThat(directory.add(key("a", "2"))).isFalse();
        assertThat(read("a")).isEqualTo(first);
        assertThat(first.getAttributeValueAsLong(Schema.REVISION)).isZero();
        assertThat(first.getAttributeValues(Schema.STOPPED)).containsExactly("1");
    }

    @Test
    void modifiesWhatIsAsItWasSeenAndRaisesTheRevision() {
        ReadOnlyEntry seen = added("a", "1", "2", "3");
        Entry wanted = with(seen, Schema.STOPPED, "2", "4", "5");
        wanted.setAttribute(Schema.TOKEN_ID, "t");
        assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
        ReadOnlyEntry second = read("a");
        assertThat(second.getAttributeValues(Schema.STOPPED)).containsExactlyInAnyOrder("2", "4", "5");
        assertThat(second.getAttributeValue(Schema.TOKEN_ID)).isEqualTo("t");
        assertThat(second.getAttributeValueAsLong(Schema.REVISION)).isOne();
        Entry less = second.duplicate();
        less.removeAttribute(Schema.STOPPED);
        assertThat(directory.modifyIfUnchanged(second, less)).isTrue();
        assertThat(read("a").hasAttribute(Schema.STOPPED)).isFalse();
        assertThat(read("a").getAttributeValueAsLong(Schema.REVISION)).isEqualTo(2);
    }

    @Test
    void changesNothingThatHasChangedOrIsGone() {
        ReadOnlyEntry seen = added("a");
        assertThat(changes(seen, "first")).isTrue();
        ReadOnlyEntry changed = read("a");
        assertThat(changes(seen, "second")).isFalse();
        assertThat(directory.modifyIfUnchanged(seen, seen)).isFalse();
        assertThat(directory.deleteIfUnchanged(seen)).isFalse();
        assertThat(directory.renameIfUnchanged(seen, name("b"))).isFalse();
        assertThat(read("a")).isEqualTo(changed);
        assertThat(directory.deleteIfUnchanged(changed)).isTrue();
        assertThat(changes(changed, "third")).isFalse();
        assertThat(directory.deleteIfUnchanged(changed)).isFalse();
        assertThat(directory.renameIfUnchanged(changed, name("b"))).isFalse();
        assertThat(directory.read(name("a"))).isEmpty();
        assertThat(directory.read(name("b"))).isEmpty();
    }

    @Test
    void renamesWhatIsAsItWasSeen() {
        ReadOnlyEntry seen = added("a", "1");
        assertThat(directory.renameIfUnchanged(seen, name("b"))).isTrue();
        assertThat(directory.read(name("a"))).isEmpty();
        ReadOnlyEntry renamed = read("b");
        assertThat(renamed.getAttributeValues(Schema.ID)).containsExactly(prefix + "b");
        assertThat(renamed.getAttributeValues(Schema.STOPPED)).containsExactly("1");
        assertThat(renamed.getAttributeValueAsLong(Schema.REVISION)).isOne();
        added("taken");
        assertThat(directory.renameIfUnchanged(renamed, name("taken"))).isFalse();
        assertThat(read("b").getAttributeValues(Schema.STOPPED)).containsExactly("1");
    }

    @Test
    void comparesAnEntryWithoutARevisionAsAWhole() {
        DN name = new DN(new RDN(Schema.OU, prefix + "unit"), directory.suffix());
        Entry unit = new Entry(name);
        unit.addAttribute(Schema.OBJECT_CLASS, "organizationalUnit");
        assertThat(directory.add(unit)).isTrue();
        ReadOnlyEntry seen = directory.read(name).orElseThrow();
        assertThat(directory.modifyIfUnchanged(seen, with(seen, "description", "one")))
                .isTrue();
        assertThat(directory.modifyIfUnchanged(seen, with(seen, "l", "two"))).isFalse();
        assertThat(directory.deleteIfUnchanged(seen)).isFalse();
        ReadOnlyEntry changed = directory.read(name).orElseThrow();
        assertThat(changed.getAttributeValue("description")).isEqualTo("one");
        assertThat(changed.hasAttribute(Schema.REVISION)).isFalse();
        assertThat(directory.deleteIfUnchanged(changed)).isTrue();
    }

    @Test
    void letsExactlyOneOfTwoWritersWin() throws Exception {
        added("a");
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            CyclicBarrier together = new CyclicBarrier(2);
            for (int round = 0; round < 50; round++) {
                ReadOnlyEntry seen = read("a");
                List<Callable<Boolean>> writers = List.of("x", "y").stream()
                        .map(token -> (Callable<Boolean>) () -> {
                            together.await();
                            return changes(seen, token);
                        })
                        .toList();
                int won = 0;
                for (Future<Boolean> writer : two.invokeAll(writers)) {
                    won += writer.get() ? 1 : 0;
                }
                assertThat(won).isOne();
                assertThat(read("a").getAttributeValueAsLong(Schema.REVISION)).isEqualTo(round + 1);
            }
        }
    }

    @Test
    void pagesByNamingValue() {
        List.of("d", "a", "C", "e", "b").forEach(id -> added(id, prefix + "s"));
        added("bc");
        Filter ours = Filter.createEqualityFilter(Schema.STOPPED, prefix + "s");
        Entries first = listing.page(keys, ours, null, 2, Order.ASCENDING);
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(ids(listing.page(keys, ours, prefix + "bb", 9, Order.ASCENDING)))
                .containsExactly("C", "d", "e");
        Entries last = listing.page(keys, ours, prefix + "C", 9, Order.DESCENDING);
        assertThat(ids(last)).containsExactly("b", "a");
        assertThat(last.more()).isFalse();
    }

    @Test
    void searchesByAFilterInTheOrderOfTheTree() {
        List.of("c", "b", "a").forEach(id -> added(id, prefix + "s"));
        added("d");
        Filter filter = Filter.createEqualityFilter(Schema.STOPPED, prefix + "s");
        Entries first = listing.search(directory.suffix(), SearchScope.SUB, filter, null, 2);
        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(ids(listing.search(directory.suffix(), SearchScope.SUB, filter, name("b"), 2)))
                .containsExactly("c");
        assertThat(listing.subtree(name("d"))).containsExactly(name("d"));
    }

    private List<String> ids(Entries page) {
        return page.entries().stream()
                .map(entry -> entry.getAttributeValue(Schema.ID).substring(prefix.length()))
                .toList();
    }
}
