package org.oathbound.environment;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.problem.Problem;

/**
 * Finds environments by their id. The default one is read once; that another is there is known for a second: each request asks
 * several times.
 */
@ApplicationScoped
public class Environments {

    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

    private final Directory directory;
    private final Listing listing;
    private final Map<UUID, Long> seenOpen = new ConcurrentHashMap<>();
    private final AtomicInteger closings = new AtomicInteger();
    private volatile @Nullable Environment byDefault;

    @Inject
    public Environments(Directory directory, Listing listing) {
        this.directory = directory;
        this.listing = listing;
    }

    /** The environment with this id, if there is one. */
    public Optional<Environment> find(UUID id) {
        return defaultEnvironment()
                .filter(environment -> environment.id().equals(id))
                .or(() -> below(id));
    }

    /** The environment with this id, or {@link Problem.NotFound}. */
    public Environment get(UUID id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    /** The environment that stands on this entry, if one does. */
    public Optional<Environment> on(DN base) {
        return directory.read(base).flatMap(Environments::idOf).map(id -> new Environment(id, base));
    }

    /** The environment that an entry belongs to, there or not: its deepest ancestor under {@code ou=Environments}. */
    public Optional<Environment> of(DN entry) {
        DN others = parent();
        if (!entry.isDescendantOf(directory.suffix(), true) || entry.equals(others)) {
            return Optional.empty();
        } else if (!entry.isDescendantOf(others, false)) {
            return defaultEnvironment();
        }
        DN base = entry;
        while (!others.equals(base.getParent())) {
            base = base.getParent();
        }
        DN named = base;
        return id(base.getRDN())
                .flatMap(this::find)
                .filter(environment -> environment.base().equals(named));
    }

    /** The name of an environment, and what else its administrator wrote of it. */
    public EnvironmentDescription description(Environment environment) {
        return directory
                .read(environment.base())
                .map(EnvironmentDescription::of)
                .orElseThrow(() -> unknown(environment.id()));
    }

    /** When it was created, as it is stored; a default environment that an earlier version made does not say. */
    public Optional<String> createdAt(Environment environment) {
        return directory.read(environment.base()).map(entry -> entry.getAttributeValue(Schema.CREATED_AT));
    }

    /** All there are: the default one, then the others in the order of their ids. */
    public List<Environment> all() {
        return all(new UnreadableEntries());
    }

    /**
     * The same.
     *
     * @param unreadable receives those whose id can't be read
     */
    public List<Environment> all(UnreadableEntries unreadable) {
        List<ReadOnlyEntry> open =
                entries().stream().filter(Environments::isOpen).toList();
        return Stream.concat(
                        defaultEnvironment().stream(),
                        unreadable.readable(open, entry -> idOf(entry).map(this::named)).stream()
                                .flatMap(Optional::stream))
                .toList();
    }

    /** The environment that stands on the suffix; none before the first start has made it. */
    public Optional<Environment> defaultEnvironment() {
        Environment known = byDefault;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Environment> found = on(directory.suffix());
        byDefault = found.orElse(null); // its id stays
        return found;
    }

    /**
     * Makes the suffix the default environment.
     *
     * @param keyCheck tells later whether a key set is the one of this directory
     */
    public Environment createDefault(UUID id, String keyCheck) {
        ReadOnlyEntry suffix = directory
                .read(directory.suffix())
                .orElseThrow(() -> new Problem.Corrupt("The suffix entry " + directory.suffix() + " is missing."));
        Entry wanted = suffix.duplicate();
        wanted.setAttribute(Schema.ID, id.toString());
        wanted.setAttribute(Schema.KEY_CHECK, keyCheck);
        if (!directory.modifyIfUnchanged(suffix, wanted)) {
            throw new Problem.Corrupt("The suffix entry changed while the default environment was made.");
        }
        return new Environment(id, directory.suffix());
    }

    /** The environment that has, or would have, this id, and is not the default. */
    Environment named(UUID id) {
        return new Environment(id, new DN(new RDN(Schema.ID, id.toString()), parent()));
    }

    /** The entries of all but the default, closed ones too. */
    List<ReadOnlyEntry> entries() {
        return listing.page(parent(), Attributes.ANY, null, Integer.MAX_VALUE, Order.ASCENDING)
                .entries();
    }

    static Problem.NotFound unknown(UUID id) {
        return new Problem.NotFound("There is no environment " + id + ".");
    }

    /** From now on, no lookup in this process finds it by what was read before. */
    void forget(UUID id) {
        closings.incrementAndGet();
        seenOpen.remove(id);
    }

    private Optional<Environment> below(UUID id) {
        Environment named = named(id);
        int closingsBefore = closings.get();
        long now = System.nanoTime();
        Long since = seenOpen.get(id);
        if (since != null && now - since < MAX_AGE) {
            return Optional.of(named);
        }
        boolean isOpen =
                directory.read(named.base()).filter(Environments::isOpen).isPresent();
        seenOpen.compute(id, (key, before) -> isOpen && closings.get() == closingsBefore ? (Long) now : null);
        return isOpen ? Optional.of(named) : Optional.empty();
    }

    private static Optional<UUID> id(RDN name) {
        try {
            return Optional.of(UUID.fromString(name.getAttributeValues()[0]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private DN parent() {
        return new DN(Environment.PARENT, directory.suffix());
    }

    private static boolean isOpen(Entry entry) {
        return !entry.hasAttribute(Schema.CLOSED_AT);
    }

    private static Optional<UUID> idOf(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> Optional.ofNullable(entry.getAttributeValue(Schema.ID))
                .map(UUID::fromString));
    }
}
