package org.oathbound.person.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/**
 * How people go: the enrolment is closed, which decides it; then the identity goes, what was paired, and the enrolment.
 * Each step can be done again, by the sweep after a stop in between.
 */
@ApplicationScoped
class DeletePerson {

    private final Enrolments enrolments;
    private final Identities identities;
    private final Event<PersonDeleted> deleted;
    private final Audit audit;
    private final Clock clock;

    @Inject
    DeletePerson(Enrolments enrolments, Identities identities, Event<PersonDeleted> deleted, Audit audit, Clock clock) {
        this.enrolments = enrolments;
        this.identities = identities;
        this.deleted = deleted;
        this.audit = audit;
        this.clock = clock;
    }

    /** Deletes a person, whose entries need not be readable; {@link Problem.NotFound} when another request did. */
    void delete(Environment environment, UUID person) {
        Enrolment last =
                enrolments.close(environment, person, clock.instant()).orElseThrow(() -> Enrolments.unknown(person));
        finish(environment, last);
    }

    /** Deletes a person whose entry is none of ours, any more or ever, and stays as it is. */
    void leave(Environment environment, UUID person) {
        enrolments.close(environment, person, clock.instant()).ifPresent(last -> conclude(environment, last));
    }

    /**
     * Finishes deletions that were begun, and removes old enough enrolments without an identity; each is a line of the
     * audit.
     *
     * @param unreadable receives the entries that can't be read. While the id of an identity can't be read, it may be
     *     that of any enrolment that seems to have none: then no enrolment counts as without an identity
     */
    void sweep(Environment environment, Duration olderThan, UnreadableEntries unreadable) {
        Instant latest = clock.instant().minus(olderThan);
        List<ReadOnlyEntry> closed = new ArrayList<>();
        List<ReadOnlyEntry> suspects = new ArrayList<>();
        for (ReadOnlyEntry entry : enrolments.all(environment)) {
            if (EnrolmentEntry.isClosed(entry)) {
                closed.add(entry);
            } else if (unreadable
                    .read(() -> isSuspect(environment, entry, latest))
                    .orElse(false)) {
                suspects.add(entry);
            }
        }
        closed.forEach(entry -> unreadable.attempt(() -> finish(environment, entry)));
        if (!suspects.isEmpty()) {
            List<ReadOnlyEntry> identities = this.identities.all(environment);
            List<UUID> people = unreadable.readable(identities, PersonEntry::id);
            if (people.size() == identities.size()) {
                Set<UUID> there = Set.copyOf(people);
                suspects.forEach(entry -> unreadable.attempt(() -> sweep(environment, entry, there)));
            }
        }
    }

    private boolean isSuspect(Environment environment, ReadOnlyEntry entry, Instant latest) {
        Enrolment enrolment = EnrolmentEntry.enrolment(entry);
        return !CorporatePeople.isTheirs(environment, enrolment) // whose directory may just be out of reach
                && !enrolment.createdAt().isAfter(latest)
                && identities.at(enrolment).isEmpty();
    }

    private void finish(Environment environment, ReadOnlyEntry closed) {
        UUID person = EnrolmentEntry.person(closed);
        finish(environment, EnrolmentEntry.remains(person, closed));
        tell(environment, person);
    }

    private void sweep(Environment environment, ReadOnlyEntry entry, Set<UUID> there) {
        Enrolment enrolment = EnrolmentEntry.enrolment(entry);
        UUID person = enrolment.person();
        if (!there.contains(person) && enrolments.closeIfUnchanged(entry, clock.instant())) {
            conclude(environment, enrolment);
            tell(environment, person);
        }
    }

    private void tell(Environment environment, UUID person) {
        audit.record(new AuditEvent(Action.USER_SWEEP, Outcome.SUCCESS)
                .in(environment.id())
                .object(person));
    }

    private void finish(Environment environment, Enrolment last) {
        Contention.settle(() -> {
            Optional<ReadOnlyEntry> identity = identities.ofRemoved(environment, last);
            boolean gone = identity.isEmpty() || identities.delete(identity.get());
            return gone ? Optional.of(true) : Optional.empty();
        });
        conclude(environment, last);
    }

    private void conclude(Environment environment, Enrolment last) {
        List<UUID> devices =
                last.devices().stream().map(Enrolment.Listed::device).toList();
        deleted.fire(new PersonDeleted(environment, last.person(), devices));
        enrolments.remove(environment, last.person());
    }
}
