package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.CompareAndSet;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.embedded.Journal.Mark;

/**
 * The embedded directory's entries, immutable ones, which {@link EntryIndex} shows to readers. A change is checked, written
 * to the journal and shown, in one order under one lock; waiting for the disk is the caller's, outside of it.
 */
final class Store {

    private final DN suffix;
    private final com.unboundid.ldap.sdk.schema.Schema schema = Ldif.schema();
    private final EntryIndex index = new EntryIndex();
    private final Edits edits;
    private final ReentrantLock writing = new ReentrantLock();
    private final Journal journal;

    private final UndurableChanges undurable = new UndurableChanges();
    private final DurableReads reads;

    /** Brings back what the data directory holds, or starts with the base tree where there is nothing. */
    Store(DN suffix, Path dataDirectory, boolean sync) {
        this.suffix = suffix;
        this.edits = new Edits(suffix, schema, index);
        this.journal = Journal.open(
                dataDirectory,
                suffix.toString(),
                sync,
                snapshot -> snapshot.entries().forEach(index::put),
                this::bringBack);
        this.reads = new DurableReads(index, journal, undurable, this::takeBackWhatFailed);
        if (index.get(suffix).isEmpty()) {
            addBaseTree();
        }
    }

    private void addBaseTree() {
        try {
            for (Entry entry : Ldif.baseTree(suffix)) {
                write(new LDIFAddChangeRecord(entry), null);
            }
        } catch (LDAPException e) {
            throw new IllegalArgumentException("The base tree can't be added: " + e.getMessage(), e);
        }
        if (!journal.written().await()) {
            throw new IllegalStateException("The disk does not take the first entries of the directory.");
        }
    }

    DN suffix() {
        return suffix;
    }

    com.unboundid.ldap.sdk.schema.Schema schema() {
        return schema;
    }

    EntryIndex index() {
        return index;
    }

    DurableReads reads() {
        return reads;
    }

    /**
     * Every change of an entry is made here, whichever interface it came through. It is durable when the mark is; until
     * then no client may be told of it.
     *
     * @param only refused if changes have been taken back since {@link #failures} said this; null to accept the change
     *     in any case
     */
    Mark write(LDIFChangeRecord change, @Nullable Integer only) throws LDAPException {
        DN dn = new DN(change.getDN(), schema);
        if (!dn.isDescendantOf(suffix, true)) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM,
                    dn + " is not below " + suffix + ": only entries there can be written.");
        }
        // What an add is worth can be told before its turn.
        ReadOnlyEntry added = edits.added(change, dn);
        writing.lock();
        try {
            mustTakeWrites();
            if (only != null && only != undurable.failures()) {
                throw new LDAPException(ResultCode.UNAVAILABLE, "What this belongs to was taken back.");
            }
            Edit edit = edits.of(change, dn, added);
            Mark mark = journal.append(change);
            undurable.show(edit, mark, index);
            return mark;
        } catch (IOException e) {
            undurable.takeBack(index, journal.written().segment());
            throw new LDAPException(ResultCode.UNAVAILABLE, "The journal can't be written.", e);
        } finally {
            writing.unlock();
        }
    }

    /** A change of an entry, if that still is as it was seen. */
    Mark writeIfUnchanged(LDIFChangeRecord change, ReadOnlyEntry seen, @Nullable Integer only) throws LDAPException {
        writing.lock();
        try {
            mustTakeWrites();
            if (index.get(Directory.nameOf(seen)).filter(seen::equals).isEmpty()) {
                throw new LDAPException(ResultCode.ASSERTION_FAILED, seen.getDN() + " is not what it was.");
            }
            return change instanceof LDIFModifyDNChangeRecord rename ? rename(rename, only) : write(change, only);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Another name for an entry; where it has a revision, it gets the next, so that a compare-and-set on what it was before
     * loses. The journal has both changes, for older ones have renames that raise nothing.
     */
    private Mark rename(LDIFModifyDNChangeRecord change, @Nullable Integer only) throws LDAPException {
        Mark renamed = write(change, only);
        DN name = new DN(change.getNewDN().toString(), schema);
        List<Modification> raised = index.get(name).map(CompareAndSet::raised).orElse(List.of());
        return raised.isEmpty() ? renamed : write(new LDIFModifyChangeRecord(name.toString(), raised), only);
    }

    /** Whether a write would be taken; if the disk has failed, this is one more attempt to go on. */
    boolean takesWrites() {
        writing.lock();
        try {
            mustTakeWrites();
            return true;
        } catch (LDAPException e) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** How often changes have been taken back. */
    int failures() {
        return undurable.failures();
    }

    /** Where the last change stands in the journal. */
    Mark written() {
        return journal.written();
    }

    /** Bytes that the journal has got so far, those that the start has read among them. */
    long journalBytes() {
        return locked(journal::bytes);
    }

    /** All entries as they are now. No client may be told of them before they are durable: {@link #reads}. */
    Snapshot snapshot() {
        return locked(() -> Snapshot.of(suffix, journal.written().position(), index.all()));
    }

    /** All entries as they are now, all durable; the journal goes on in a new file behind them. */
    Snapshot snapshotAndRollOver() throws IOException, LDAPException {
        List<ReadOnlyEntry> entries;
        long position;
        writing.lock();
        try {
            mustTakeWrites();
            position = journal.rollOver().position();
            entries = index.all();
        } finally {
            writing.unlock();
        }
        return Snapshot.of(suffix, position, entries);
    }

    /** Removes what the journal holds up to a position; a snapshot has it. */
    void forgetThrough(long position) throws IOException {
        journal.removeThrough(position);
    }

    private void takeBackWhatFailed() {
        writing.lock();
        try {
            if (journal.hasFailed()) {
                undurable.takeBack(index, journal.written().segment());
            }
        } finally {
            writing.unlock();
        }
    }

    void close() {
        locked(() -> {
            journal.close();
            return true;
        });
    }

    private <T> T locked(Supplier<T> read) {
        writing.lock();
        try {
            return read.get();
        } finally {
            writing.unlock();
        }
    }

    private void mustTakeWrites() throws LDAPException {
        if (journal.hasFailed()) {
            undurable.takeBack(index, journal.written().segment());
            if (!journal.recover()) {
                throw new LDAPException(ResultCode.UNAVAILABLE, "The journal can't be written.");
            }
        }
    }

    private void bringBack(LDIFChangeRecord change) {
        try {
            DN dn = new DN(change.getDN(), schema);
            edits.of(change, dn, edits.added(change, dn)).apply(index);
        } catch (LDAPException e) {
            throw new IllegalStateException(
                    "The journal has a change of " + change.getDN() + " that can't be made: " + e.getResultCode(), e);
        }
    }
}
