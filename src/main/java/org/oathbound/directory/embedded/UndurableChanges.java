package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.embedded.Journal.Mark;

/** The changes that are shown and not known to be durable. Shown and taken back with the store's lock. */
final class UndurableChanges {

    /** The edits that undo them, the latest first. */
    private final Deque<Undo> undos = new ArrayDeque<>();

    /** Where the latest change of an entry stands in the journal. */
    private final ConcurrentMap<DN, Mark> latest = new ConcurrentHashMap<>();

    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable JournalSegment takenBack;

    /** The edit that undoes one change; it names the same entries. */
    private record Undo(Mark mark, Edit edit) {}

    /** Waits until the latest change of an entry is on disk; false when the disk failed. */
    boolean isDurable(DN dn) {
        Mark mark = latest.get(dn);
        return mark == null || mark.isDurable() || mark.await();
    }

    /** Shows a change that the journal has, and forgets those that are durable by now. */
    void show(Edit edit, Mark mark, EntryIndex index) {
        Edit undo = edit.inverse(index);
        edit.names().forEach(name -> latest.put(name, mark)); // before a reader can see it
        edit.apply(index);
        while (!undos.isEmpty() && undos.peekLast().mark().isDurable()) {
            Undo durable = undos.removeLast();
            durable.edit().names().forEach(name -> latest.remove(name, durable.mark()));
        }
        undos.addFirst(new Undo(mark, undo));
    }

    /**
     * Takes back all that failed with a part of the journal.
     *
     * @param failed that part
     */
    void takeBack(EntryIndex index, JournalSegment failed) {
        for (Undo undo : undos) {
            if (!undo.mark().isDurable()) {
                undo.edit().apply(index);
            }
        }
        undos.clear();
        if (failed != takenBack) {
            takenBack = failed;
            failures.incrementAndGet();
        }
        latest.clear(); // last: a reader that saw an undone change finds its mark, or the failure
    }

    /** How often changes have been taken back. */
    int failures() {
        return failures.get();
    }

    /** The failed part of the journal whose changes have been taken back: what readers see since is durable. */
    @Nullable
    JournalSegment takenBack() {
        return takenBack;
    }
}
