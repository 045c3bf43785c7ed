package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/** How people sign on: read by the person's id, changed by compare-and-set. */
@ApplicationScoped
public class Enrolments {

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final CorporatePeople corporate;

    @Inject
    Enrolments(Directory directory, Listing listing, Batch batch, CorporatePeople corporate) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.corporate = corporate;
    }

    /** The person's enrolment; empty for a person who never existed or is deleted. One read. */
    public Optional<Enrolment> find(Environment environment, UUID person) {
        return read(environment, person).map(StoredEnrolment::enrolment);
    }

    /** The same with its entry. */
    Optional<StoredEnrolment> read(Environment environment, UUID person) {
        return open(environment, person).map(entry -> new StoredEnrolment(entry, EnrolmentEntry.enrolment(entry)));
    }

    /**
     * The same, or {@link Problem.NotFound}. For a person of the corporate directory who has none, the one that would
     * be stored first.
     */
    public Enrolment get(Environment environment, UUID person) {
        return find(environment, person).orElseGet(() -> begun(environment, person));
    }

    /** Whether the person holds a role, of whatever kind. */
    public boolean holdsRole(Environment environment, UUID person) {
        return open(environment, person)
                .filter(entry -> entry.hasAttribute(Schema.ROLE))
                .isPresent();
    }

    /**
     * Changes an enrolment. For a person of the corporate directory, the first change creates it.
     *
     * @param change gets the stored enrolment; it is called again when another writer was faster. What it throws ends
     *     the attempt, and when it returns what it was given nothing is written.
     * @return what stands there after it
     * @throws Problem.NotFound when there is no such person
     */
    public Enrolment change(Environment environment, UUID person, UnaryOperator<Enrolment> change) {
        return change(environment, person, null, change);
    }

    /**
     * The same for a job's row.
     *
     * @param mark what the row leaves with what it did, in one write, so that run again it finds that it is done; null
     *     for none
     */
    public Enrolment change(
            Environment environment, UUID person, @Nullable String mark, UnaryOperator<Enrolment> change) {
        return change(environment, person, change, entry -> EnrolmentEntry.marked(entry, mark));
    }

    /** Changes back what a job's row has changed, and takes its mark away, so that run again it is not taken for done. */
    public Enrolment takeBack(
            Environment environment, UUID person, @Nullable String mark, UnaryOperator<Enrolment> change) {
        return change(environment, person, change, entry -> EnrolmentEntry.unmarked(entry, mark));
    }

    private Enrolment change(
            Environment environment, UUID person, UnaryOperator<Enrolment> change, UnaryOperator<Entry> marking) {
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = open(environment, person);
            Enrolment before = seen.map(EnrolmentEntry::enrolment).orElseGet(() -> begun(environment, person));
            Enrolment after = change.apply(before);
            boolean stands = after.equals(before)
                    || (seen.isEmpty()
                            ? directory.add(marking.apply(EnrolmentEntry.of(environment, after)))
                            : directory.modifyIfUnchanged(
                                    seen.get(), marking.apply(EnrolmentEntry.with(seen.get(), after))));
            return stands ? Optional.of(after) : Optional.empty();
        });
    }

    /**
     * Says whether a person signs on at all. The sessions of a person who is disabled end with it, in one write, and don't come
     * back. {@link Problem.NotFound} when there is no such person.
     */
    public Enrolment setEnabled(Environment environment, UUID person, boolean enabled, Instant now) {
        return change(
                environment,
                person,
                enrolment -> enrolment.withEnabled(enabled),
                entry -> enabled ? entry : EnrolmentEntry.sessionsEnded(entry, now));
    }

    private Enrolment begun(Environment environment, UUID person) {
        return corporate
                .find(environment, person)
                .map(found -> corporate.begun(environment, found))
                .orElseThrow(() -> unknown(person));
    }

    /** Whether that row of a job has changed this enrolment before. */
    public boolean isMarkedBy(Environment environment, UUID person, String mark) {
        return open(environment, person)
                .filter(entry -> entry.hasAttributeValue(Schema.LAST_JOB, mark))
                .isPresent();
    }

    /**
     * Calls for each enrolment there is, as it stands at that moment.
     *
     * @param unreadable receives those that can't be read
     */
    public void forEach(Environment environment, UnreadableEntries unreadable, Consumer<Enrolment> each) {
        Pages.forEach(
                listing,
                batch,
                environment.enrolments(),
                Filter.createNOTFilter(Filter.createPresenceFilter(Schema.CLOSED_AT)),
                entry -> unreadable.read(() -> EnrolmentEntry.enrolment(entry)).stream(),
                each);
    }

    /** Without any wrong password that was counted; does nothing for a person who has none. */
    void unlockPassword(Environment environment, UUID person) {
        Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = open(environment, person);
            boolean stands = seen.isEmpty() || isUnlocked(seen.get());
            return stands ? Optional.of(true) : Optional.empty();
        });
    }

    private boolean isUnlocked(ReadOnlyEntry seen) {
        Entry wanted = PasswordFailures.unlocked(seen);
        return wanted.equals(seen.duplicate()) || directory.modifyIfUnchanged(seen, wanted);
    }

    /** Stores the enrolment that a person begins with, unless there is one. */
    public void keep(Environment environment, FoundPerson person) {
        if (person.stored().isEmpty()) {
            directory.add(EnrolmentEntry.of(environment, person.enrolment()));
        }
    }

    /** Begins one. */
    void add(Environment environment, Enrolment enrolment) {
        if (!directory.add(EnrolmentEntry.of(environment, enrolment))) {
            throw new Problem.Corrupt("There is an enrolment of " + enrolment.person() + " already.");
        }
    }

    /** Says that the identity is there now. False when the enrolment was swept away as a leftover meanwhile. */
    boolean confirm(Environment environment, UUID person, Instant now) {
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = open(environment, person);
            boolean stands =
                    seen.isEmpty() || directory.modifyIfUnchanged(seen.get(), EnrolmentEntry.updated(seen.get(), now));
            return stands ? Optional.of(seen.isPresent()) : Optional.empty();
        });
    }

    /**
     * Closes it: from now on there is no such person. Tells how it was, as far as that can be read; empty when it is closed
     * already.
     */
    Optional<Enrolment> close(Environment environment, UUID person, Instant now) {
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = open(environment, person);
            boolean stands = seen.isEmpty() || closeIfUnchanged(seen.get(), now);
            return stands ? Optional.of(seen.map(entry -> EnrolmentEntry.remains(person, entry))) : Optional.empty();
        });
    }

    /** Closes it as it was seen; false when another writer has changed it since. */
    boolean closeIfUnchanged(ReadOnlyEntry seen, Instant now) {
        return directory.modifyIfUnchanged(seen, EnrolmentEntry.closed(seen, now));
    }

    /** Removes what stands there of it. */
    void remove(Environment environment, UUID person) {
        directory.delete(EnrolmentEntry.dn(environment, person));
    }

    /** All there are, closed ones too. */
    List<ReadOnlyEntry> all(Environment environment) {
        return listing.page(environment.enrolments(), Attributes.ANY, null, Integer.MAX_VALUE, Order.ASCENDING)
                .entries();
    }

    Optional<ReadOnlyEntry> open(Environment environment, UUID person) {
        return directory.read(EnrolmentEntry.dn(environment, person)).filter(entry -> !EnrolmentEntry.isClosed(entry));
    }

    static Problem.NotFound unknown(UUID person) {
        return new Problem.NotFound("There is no user " + person + ".");
    }
}
