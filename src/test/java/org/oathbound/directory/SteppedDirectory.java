package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A directory that says of each call that it comes; what its listener throws then, the caller gets, and nothing is done. */
public final class SteppedDirectory implements WholeDirectory {

    /** What comes. */
    public enum Step {
        READ,
        WRITE
    }

    private final WholeDirectory directory;
    private final Consumer<Step> before;

    public SteppedDirectory(WholeDirectory directory, Consumer<Step> before) {
        this.directory = directory;
        this.before = before;
    }

    @Override
    public DN suffix() {
        return directory.suffix();
    }

    @Override
    public Optional<ReadOnlyEntry> read(DN dn) {
        before.accept(Step.READ);
        return directory.read(dn);
    }

    @Override
    public Entries page(DN base, Filter filter, @Nullable String after, int limit, Order order) {
        before.accept(Step.READ);
        return directory.page(base, filter, after, limit, order);
    }

    @Override
    public Entries search(DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        before.accept(Step.READ);
        return directory.search(base, scope, filter, after, limit);
    }

    @Override
    public List<DN> subtree(DN base) {
        before.accept(Step.READ);
        return directory.subtree(base);
    }

    @Override
    public List<ReadOnlyEntry> revoked(DN base) {
        before.accept(Step.READ);
        return directory.revoked(base);
    }

    @Override
    public boolean add(Entry entry) {
        before.accept(Step.WRITE);
        return directory.add(entry);
    }

    @Override
    public boolean modifyIfUnchanged(ReadOnlyEntry seen, Entry wanted) {
        before.accept(Step.WRITE);
        return directory.modifyIfUnchanged(seen, wanted);
    }

    @Override
    public boolean renameIfUnchanged(ReadOnlyEntry seen, DN to, boolean deleteOldName) {
        before.accept(Step.WRITE);
        return directory.renameIfUnchanged(seen, to, deleteOldName);
    }

    @Override
    public boolean deleteIfUnchanged(ReadOnlyEntry seen) {
        before.accept(Step.WRITE);
        return directory.deleteIfUnchanged(seen);
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return directory.together(work);
    }

    @Override
    public boolean takesWrites() {
        return directory.takesWrites();
    }
}
