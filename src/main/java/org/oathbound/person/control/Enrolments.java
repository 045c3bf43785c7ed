package org.oathbound.person.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.oathbound.directory.Contention;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;

/** How people sign on: read by the person's id, changed by compare-and-set. */
@ApplicationScoped
public class Enrolments {

    private final Directory directory;

    @Inject
    public Enrolments(Directory directory) {
        this.directory = directory;
    }

    /** The person's enrolment; none for somebody who never was or is deleted. One read. */
    public Optional<Enrolment> find(Environment environment, UUID person) {
        return open(environment, person).map(EnrolmentEntry::enrolment);
    }

    /** The same, or {@link Problem.NotFound}. */
    public Enrolment get(Environment environment, UUID person) {
        return find(environment, person).orElseThrow(() -> unknown(person));
    }

    /**
     * Changes an enrolment.
     *
     * @param change decides by what stands there now; it is asked again when another writer was faster. What it throws
     *     ends the attempt, and when it returns what it was given nothing is written.
     * @return what stands there after it
     * @throws Problem.NotFound when there is no such person
     */
    public Enrolment change(Environment environment, UUID person, UnaryOperator<Enrolment> change) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen = open(environment, person).orElseThrow(() -> unknown(person));
            Enrolment before = EnrolmentEntry.enrolment(seen);
            Enrolment after = change.apply(before);
            boolean stands =
                    after.equals(before) || directory.modifyIfUnchanged(seen, EnrolmentEntry.with(seen, after));
            return stands ? Optional.of(after) : Optional.empty();
        });
    }

    private Optional<ReadOnlyEntry> open(Environment environment, UUID person) {
        return directory.read(EnrolmentEntry.dn(environment, person)).filter(entry -> !EnrolmentEntry.isClosed(entry));
    }

    private static Problem.NotFound unknown(UUID person) {
        return new Problem.NotFound("There is no user " + person + ".");
    }
}
