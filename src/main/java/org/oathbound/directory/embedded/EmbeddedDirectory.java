package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Batch;
import org.oathbound.directory.CompareAndSet;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Directory;
import org.oathbound.directory.FilterMatch;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Listing;
import org.oathbound.directory.RefusedChange;
import org.oathbound.directory.Schema;
import org.oathbound.directory.StringPreparation;
import org.oathbound.directory.embedded.Journal.Mark;
import org.oathbound.problem.Problem;

/** The directory inside this process. */
@ApplicationScoped
public class EmbeddedDirectory implements Directory, Listing, Batch {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Another writer was faster: the value, or the entry, that was seen is there no more (RFC 4511, RFC 4528). */
    private static final Set<ResultCode> LOST_RACE =
            Set.of(ResultCode.NO_SUCH_ATTRIBUTE, ResultCode.NO_SUCH_OBJECT, ResultCode.ASSERTION_FAILED);

    private static final Set<ResultCode> RENAME_REFUSED =
            Set.of(ResultCode.NO_SUCH_OBJECT, ResultCode.ASSERTION_FAILED, ResultCode.ENTRY_ALREADY_EXISTS);

    /** The store could not, whatever the change was. */
    private static final Set<ResultCode> STORE_FAILED = Set.of(
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.OTHER,
            ResultCode.OPERATIONS_ERROR,
            ResultCode.ADMIN_LIMIT_EXCEEDED);

    private final Store store;
    private final Snapshotting snapshotting;
    private final CompareAndSet compareAndSet;

    /** Set while this thread waits for the disk only at the end: {@link Store#failures} at the beginning. */
    @SuppressWarnings("ThreadLocalUsage") // one for each directory, and a process has one directory
    private final ThreadLocal<@Nullable Integer> together = new ThreadLocal<>();

    /** @throws IllegalArgumentException when no entry can be made for that suffix */
    @Inject
    public EmbeddedDirectory(
            @ConfigProperty(name = "oathbound.base-dn", defaultValue = "dc=example,dc=com") String suffix,
            DataDirectory data,
            JournalSettings settings,
            Clock clock) {
        this.store = new Store(Ldif.suffix(suffix), data.path(), settings.sync());
        this.snapshotting = new Snapshotting(store, data.path(), settings, clock);
        this.compareAndSet = new CompareAndSet(store.schema());
    }

    @Override
    public DN suffix() {
        return store.suffix();
    }

    /** A name may be given in another Unicode form than the entry has it in. */
    @Override
    public Optional<ReadOnlyEntry> read(DN dn) {
        Optional<ReadOnlyEntry> there = readAsNamed(dn);
        if (there.isPresent()) {
            return there;
        }
        DN prepared = StringPreparation.prepared(dn);
        return prepared.equals(dn) ? there : readAsNamed(prepared);
    }

    private Optional<ReadOnlyEntry> readAsNamed(DN dn) {
        return together.get() != null ? store.index().get(dn) : store.reads().entry(dn);
    }

    @Override
    public Entries page(DN base, Filter filter, @Nullable String after, int limit, Order order) {
        FilterMatch match = FilterMatch.of(filter);
        return seen(() ->
                Entries.firstOf(store.index().below(base, filter, after, order).filter(match::matches), limit));
    }

    @Override
    public Entries search(DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        FilterMatch match = FilterMatch.of(filter);
        return seen(() -> Entries.firstOf(
                store.index().get(base).stream()
                        .flatMap(entry -> store.index().inScope(entry, scope, filter, after))
                        .filter(entry -> !entry.hasAttribute(Schema.REVOKED_AT) && match.matches(entry)),
                limit));
    }

    @Override
    public List<DN> subtree(DN base) {
        return seen(() -> store.index().all().stream()
                .map(Directory::nameOf)
                .filter(dn -> dn.isDescendantOf(base, true))
                .sorted(Comparator.comparingInt((DN dn) -> dn.getRDNs().length).reversed())
                .toList());
    }

    @Override
    public List<ReadOnlyEntry> revoked(DN base) {
        return seen(() -> store.index().all().stream()
                .filter(entry -> entry.hasAttribute(Schema.REVOKED_AT))
                .filter(entry -> base.equals(Directory.nameOf(entry).getParent()))
                .toList());
    }

    @Override
    public boolean add(Entry entry) {
        return done(new LDIFAddChangeRecord(entry), null, Set.of(ResultCode.ENTRY_ALREADY_EXISTS));
    }

    @Override
    public boolean modifyIfUnchanged(ReadOnlyEntry seen, Entry wanted) {
        List<Modification> modifications = compareAndSet.between(seen, wanted);
        if (modifications.isEmpty()) {
            return true;
        }
        return done(new LDIFModifyChangeRecord(seen.getDN(), modifications), seen, LOST_RACE);
    }

    @Override
    public boolean renameIfUnchanged(ReadOnlyEntry seen, DN to, boolean deleteOldName) {
        var change = new LDIFModifyDNChangeRecord(seen.getDN(), to.getRDNString(), deleteOldName, to.getParentString());
        return done(change, seen, RENAME_REFUSED);
    }

    @Override
    public boolean deleteIfUnchanged(ReadOnlyEntry seen) {
        return done(new LDIFDeleteChangeRecord(seen.getDN()), seen, LOST_RACE);
    }

    @Override
    public boolean takesWrites() {
        return store.takesWrites();
    }

    @Override
    public <T> T together(Supplier<T> work) {
        int failures = store.failures();
        together.set(failures);
        try {
            T result = work.get();
            if (!store.written().await() || store.failures() != failures) {
                throw unavailable();
            }
            return result;
        } finally {
            together.remove();
        }
    }

    /** Takes snapshots from now on, so that the journal does not grow for ever. */
    void start(@Observes Startup startup) {
        snapshotting.start();
    }

    /** All entries as they stand at one moment, for a backup. */
    public Snapshot snapshot() {
        return store.reads().settled(store::snapshot);
    }

    /**
     * Makes an empty data directory hold what a snapshot has; the next start finds it there.
     *
     * @throws IllegalStateException when it is not empty, or a process uses it
     */
    public static void restore(DataDirectory data, Snapshot snapshot, Instant now) throws IOException {
        Journal.begin(data.path(), snapshot, now);
    }

    /** How often the journal's present file was flushed, for benchmarks. */
    long flushes() {
        return store.written().segment().flushes();
    }

    /** Everything that was answered is on disk already; a last snapshot makes the next start quick. */
    @PreDestroy
    public void close() {
        snapshotting.close();
        store.close();
    }

    private <T> T seen(Supplier<T> read) {
        return together.get() != null ? read.get() : store.reads().settled(read);
    }

    private static Problem.Unavailable unavailable() {
        return new Problem.Unavailable("The directory could not make the change durable.", RETRY_AFTER);
    }

    private boolean done(LDIFChangeRecord change, @Nullable ReadOnlyEntry seen, Set<ResultCode> meansNo) {
        int failures = store.failures();
        try {
            Mark mark = seen == null
                    ? store.write(change, together.get())
                    : store.writeIfUnchanged(change, seen, together.get());
            if (together.get() == null && !mark.await()) {
                throw unavailable();
            }
            return true;
        } catch (LDAPException e) {
            if (STORE_FAILED.contains(e.getResultCode())) {
                throw new Problem.Unavailable(
                        "The directory could not take the change (" + e.getResultCode() + ").", RETRY_AFTER);
            }
            // A refusal rests on a stored state, too; that state must not have been taken back meanwhile.
            boolean no = seen(() -> meansNo.contains(e.getResultCode()));
            if (store.failures() != failures) {
                throw unavailable();
            }
            if (no) {
                return false;
            }
            throw new RefusedChange(
                    "The directory refused to " + change.getChangeType().getName() + " " + change.getDN(), e);
        }
    }
}
