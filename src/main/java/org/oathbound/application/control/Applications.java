package org.oathbound.application.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.audit.AuditContext;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Page;
import org.oathbound.environment.Environment;
import org.oathbound.password.Asker;
import org.oathbound.password.SlowHash;
import org.oathbound.problem.Contention;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The applications of the environments: create, find, change, delete. Of their secrets only slow hashes are stored. */
@ApplicationScoped
public class Applications {

    private final Directory directory;
    private final Listing listing;
    private final SlowHash hash;
    private final Clock clock;

    @Inject
    public Applications(Directory directory, Listing listing, SlowHash hash, Clock clock) {
        this.directory = directory;
        this.listing = listing;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Makes an application; {@link Problem.InvalidData} when the environment has one of that id already.
     *
     * @param secret what it will show to get access tokens; null for a public one
     */
    public Application create(Environment environment, UUID id, Registration registration, @Nullable String secret) {
        Application application =
                new Application(id, environment.id(), registration, secret == null, GeneralizedTime.now(clock), null);
        String stored = secret == null ? null : hash.of(secret);
        if (!directory.add(ApplicationEntry.of(environment, application, stored))) {
            throw new Problem.InvalidData(
                    DetailCode.UNIQUENESS_VIOLATION, "id", "There is an application with this id already.");
        }
        return application;
    }

    /** The id of the application that an entry of this name is for, there or not; empty for every other name. */
    public static Optional<UUID> idIn(Environment environment, DN name) {
        return ApplicationEntry.idIn(environment, name);
    }

    /** The application as it is now, if there is one. */
    public Optional<Application> find(Environment environment, UUID id) {
        return directory
                .read(ApplicationEntry.nameOf(environment, id))
                .map(entry -> ApplicationEntry.read(environment.id(), entry));
    }

    /** The application as it is now, or {@link Problem.NotFound}. */
    public Application get(Environment environment, UUID id) {
        return find(environment, id).orElseThrow(() -> unknown(id));
    }

    /**
     * Applications in the order of their ids, at most so many. One that can't be read is left out.
     *
     * @param after only those behind this id; null for the first page
     */
    public Page<Application> page(Environment environment, @Nullable String after, int limit) {
        return Page.readable(
                listing.page(environment.applications(), Attributes.ANY, after, limit, Order.ASCENDING),
                entry -> Stream.of(ApplicationEntry.read(environment.id(), entry)));
    }

    /** Replaces what is said of an application; {@link Problem.NotFound} when there is none. */
    public Application replace(Environment environment, UUID id, Registration registration) {
        return change(environment, id, entry -> ApplicationEntry.with(entry, registration));
    }

    /**
     * Gives an application another secret.
     *
     * @param formerUntil until when the one before is taken too; null to end it now
     * @throws Problem.NotFound when there is no such application
     * @throws Problem.RequestFailed for a public one
     */
    public Application rotate(Environment environment, UUID id, String secret, @Nullable Instant formerUntil) {
        return change(environment, id, entry -> {
            String before = ApplicationEntry.secretHash(entry)
                    .orElseThrow(() -> new Problem.RequestFailed(
                            DetailCode.CONSTRAINT_VIOLATION, null, "A public application has no secret."));
            String stored = formerUntil == null ? hash.of(secret) : hash.beside(before, secret);
            return ApplicationEntry.withSecret(entry, stored, formerUntil);
        });
    }

    /** Removes an application; {@link Problem.NotFound} when there is none. Its access tokens don't hold any more. */
    public void delete(Environment environment, UUID id) {
        if (!directory.delete(ApplicationEntry.nameOf(environment, id))) {
            throw unknown(id);
        }
    }

    /**
     * The application, if it is enabled and that is its secret. A wrong one takes as long when there is no such application, and
     * while a former secret is good; one that was right lately costs no slow hash. Where it comes from is what the audit knows.
     *
     * @throws Problem.Unavailable when too many are asking at once
     * @throws Problem.Limited when there were too many wrong secrets before
     */
    public Optional<Application> authenticate(Environment environment, UUID id, String secret) {
        DN name = ApplicationEntry.nameOf(environment, id);
        Optional<ReadOnlyEntry> enabled = directory
                .read(name)
                .filter(found -> ApplicationEntry.read(environment.id(), found).enabled());
        List<String> stored = Stream.of(
                        enabled.flatMap(ApplicationEntry::secretHash),
                        enabled.flatMap(found -> ApplicationEntry.formerSecretHash(found, clock.instant())))
                .flatMap(Optional::stream)
                .toList();
        Asker asker = Asker.of(id.toString(), AuditContext.current().address());
        return hash.isSecret(asker, name.toNormalizedString(), stored, secret)
                ? enabled.map(found -> ApplicationEntry.read(environment.id(), found))
                : Optional.empty();
    }

    private Application change(Environment environment, UUID id, UnaryOperator<Entry> change) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen =
                    directory.read(ApplicationEntry.nameOf(environment, id)).orElseThrow(() -> unknown(id));
            Entry wanted = ApplicationEntry.updated(change.apply(seen.duplicate()), GeneralizedTime.now(clock));
            return directory.modifyIfUnchanged(seen, wanted)
                    ? Optional.of(ApplicationEntry.read(environment.id(), wanted))
                    : Optional.empty();
        });
    }

    private static Problem.NotFound unknown(UUID id) {
        return new Problem.NotFound("There is no application " + id + ".");
    }
}
