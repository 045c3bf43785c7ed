package org.oathbound.environment;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.problem.Contention;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Makes environments besides the default one, and deletes those that are empty. An environment is closed while it is
 * made and while it is removed: no lookup finds it then, and what a stop has left half done is swept away.
 */
@ApplicationScoped
public class Tenancy {

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final Environments environments;
    private final Clock clock;

    @Inject
    public Tenancy(Directory directory, Listing listing, Batch batch, Environments environments, Clock clock) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.environments = environments;
        this.clock = clock;
    }

    /** Makes an environment of which nothing else is said, with nothing in it. */
    public Environment create(String name) {
        return create(new EnvironmentDescription(name, JsonValue.EMPTY_JSON_OBJECT));
    }

    /** Makes an environment, with nothing in it. */
    public Environment create(EnvironmentDescription description) {
        Environment environment = environments.named(UUID.randomUUID());
        Instant now = GeneralizedTime.now(clock);
        Entry base = Attributes.newEntry(environment.base(), "top", "organization", Schema.OATHBOUND_ENVIRONMENT);
        Attributes.put(base, "o", environment.id());
        description.store(base);
        Attributes.put(base, Schema.CREATED_AT, now);
        Attributes.put(base, Schema.CLOSED_AT, now);
        batch.together(() -> {
            directory.add(base);
            addContainers(environment);
            return true;
        });
        open(environment);
        return environment;
    }

    /** Replaces what is said of an environment, and changes nothing in it; {@link Problem.NotFound} when there is none. */
    public EnvironmentDescription describe(Environment environment, EnvironmentDescription description) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen =
                    directory.read(environment.base()).orElseThrow(() -> Environments.unknown(environment.id()));
            Entry wanted = seen.duplicate();
            description.store(wanted);
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(description) : Optional.empty();
        });
    }

    /** Adds those of its containers that are not there. */
    public void addContainers(Environment environment) {
        containers(environment).forEach(name -> directory.add(Attributes.newContainer(name)));
    }

    /**
     * Deletes an environment, with its applications and settings.
     *
     * @throws Problem.RequestFailed for the default one, and one that has people, tokens, devices, or jobs that are not done
     */
    public void delete(Environment environment) {
        if (environment.isDefault()) {
            throw refused("The default environment can't be deleted.");
        }
        requireEmpty(environment);
        close(environment);
        try {
            requireEmpty(environment); // what came in between
        } catch (Problem.RequestFailed e) {
            open(environment);
            throw e;
        }
        remove(environment);
    }

    /**
     * Removes what is left of environments that were being made or deleted.
     *
     * @param olderThan younger ones may be under way; zero where none can be
     * @param swept receives the id of each
     * @param unreadable receives those that can't be read; they stay
     */
    public void sweep(Duration olderThan, Consumer<UUID> swept, UnreadableEntries unreadable) {
        Instant before = clock.instant().minus(olderThan);
        unreadable.readable(environments.entries(), entry -> left(entry, before)).stream()
                .flatMap(Optional::stream)
                .forEach(left -> {
                    remove(left);
                    swept.accept(left.id());
                });
    }

    private Optional<Environment> left(ReadOnlyEntry entry, Instant before) {
        return UnreadableEntries.naming(entry.getDN(), () -> {
            Instant closedAt = Attributes.timeOrNull(entry, Schema.CLOSED_AT);
            String id = entry.getAttributeValue(Schema.ID);
            boolean isLeft = closedAt != null && id != null && !closedAt.isAfter(before);
            return isLeft ? Optional.of(environments.named(UUID.fromString(id))) : Optional.<Environment>empty();
        });
    }

    private void open(Environment environment) {
        change(environment, null);
    }

    private void close(Environment environment) {
        change(environment, GeneralizedTime.now(clock));
    }

    private void change(Environment environment, @Nullable Instant closedAt) {
        try {
            Contention.settle(() -> {
                ReadOnlyEntry seen =
                        directory.read(environment.base()).orElseThrow(() -> Environments.unknown(environment.id()));
                Entry wanted = Attributes.with(seen, Schema.CLOSED_AT, closedAt);
                return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(wanted) : Optional.empty();
            });
        } finally {
            environments.forget(environment.id()); // also where it is not known what came of the write
        }
    }

    /** Tokens that are revoked don't count: what they were is of no use without the environment, whose id never comes again. */
    private void requireEmpty(Environment environment) {
        Filter atWork = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.FINISHED_AT));
        if (has(environment.people(), Attributes.ANY)
                || has(environment.enrolments(), Attributes.ANY)
                || has(environment.tokens(), Attributes.ANY)
                || has(environment.devices(), Attributes.ANY)
                || has(environment.jobs(), atWork)) {
            throw refused("The environment is not empty: it has people, tokens, devices or jobs that are not done.");
        }
    }

    private boolean has(DN base, Filter filter) {
        return !listing.page(base, filter, null, 1, Order.ASCENDING).entries().isEmpty();
    }

    private void remove(Environment environment) {
        listing.subtree(environment.base()).forEach(directory::delete);
    }

    private static Stream<DN> containers(Environment environment) {
        return Stream.of(
                environment.people(),
                environment.enrolments(),
                environment.tokens(),
                environment.devices(),
                environment.jobs(),
                environment.applications(),
                environment.keys());
    }

    private static Problem.RequestFailed refused(String why) {
        return new Problem.RequestFailed(DetailCode.CONSTRAINT_VIOLATION, null, why);
    }
}
