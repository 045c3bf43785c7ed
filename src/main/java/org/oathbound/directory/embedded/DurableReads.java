package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.embedded.Journal.Mark;

/** Reads that return once what they have seen is durable. While the disk fails, they read the last durable state. */
final class DurableReads {

    private final EntryIndex index;
    private final Journal journal;
    private final UndurableChanges undurable;
    private final Runnable takeBackWhatFailed;

    DurableReads(EntryIndex index, Journal journal, UndurableChanges undurable, Runnable takeBackWhatFailed) {
        this.index = index;
        this.journal = journal;
        this.undurable = undurable;
        this.takeBackWhatFailed = takeBackWhatFailed;
    }

    /** Waits for every change that the read could have seen. */
    <T> T settled(Supplier<T> read) {
        return settled(read, before -> {
            Mark seen = journal.written();
            return seen.await() || seen.segment() == before;
        });
    }

    /** Reads one entry; does not wait for changes of other entries. */
    Optional<ReadOnlyEntry> entry(DN dn) {
        return settled(() -> index.get(dn), before -> undurable.isDurable(dn));
    }

    private <T> T settled(Supplier<T> read, Predicate<@Nullable JournalSegment> isDurable) {
        while (true) {
            int failuresBefore = undurable.failures();
            JournalSegment before = undurable.takenBack();
            T value = read.get();
            // The journal may have failed and gone on meanwhile: then what was seen has been taken back.
            if (isDurable.test(before) && undurable.failures() == failuresBefore) {
                return value;
            }
            takeBackWhatFailed.run();
        }
    }
}
