package org.oathbound.application.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/**
 * Which people hold roles. A person's roles are stored on the enrolment, so that they are deleted with it; other
 * changes of the enrolment keep them.
 */
@ApplicationScoped
public class RoleHolders {

    private final Directory directory;

    @Inject
    public RoleHolders(Directory directory) {
        this.directory = directory;
    }

    /** The roles on an enrolment that was read a moment ago; none where there is none. */
    public static Set<Role> of(Optional<ReadOnlyEntry> enrolment) {
        return enrolment.map(ApplicationEntry::roles).orElse(Set.of());
    }

    /** The person's roles; none for a person who never existed or is deleted. One read. */
    public Set<Role> of(Environment environment, UUID person) {
        return find(environment, person).orElse(Set.of());
    }

    /** The same; empty for a person who never existed or is deleted. */
    public Optional<Set<Role>> find(Environment environment, UUID person) {
        return enrolment(environment, person).map(ApplicationEntry::roles);
    }

    /**
     * The person's roles in a session that began then; empty when it has ended: the person is deleted or disabled, or was
     * disabled since. One read.
     */
    public Optional<Set<Role>> inSession(Environment environment, UUID person, Instant since) {
        return enrolment(environment, person)
                .filter(entry -> !hasEnded(entry, since))
                .map(ApplicationEntry::roles);
    }

    private static boolean hasEnded(ReadOnlyEntry enrolment, Instant since) {
        Instant endedAt = Attributes.timeOrNull(enrolment, Schema.SESSIONS_ENDED_AT);
        return !ApplicationEntry.isEnabled(enrolment) || (endedAt != null && !since.isAfter(endedAt));
    }

    /** The person's roles, or {@link Problem.NotFound} when there is no such person. */
    public Set<Role> get(Environment environment, UUID person) {
        return find(environment, person).orElseThrow(() -> unknown(person));
    }

    /** Gives a person these roles and no others; {@link Problem.NotFound} when there is no such person. */
    public void set(Environment environment, UUID person, Set<Role> roles) {
        Contention.settle(() -> {
            ReadOnlyEntry seen = enrolment(environment, person).orElseThrow(() -> unknown(person));
            Entry wanted = Attributes.with(seen, Schema.ROLE, Role.titles(roles));
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(roles) : Optional.empty();
        });
    }

    /**
     * Refuses what a caller would do to a token: its counter, failures and lock are the same for everybody who has it.
     *
     * @param people who have the token, or all the tokens that would change
     * @throws Problem.Forbidden when one of them holds a role that the caller's do not reach
     */
    public void requireMayChangeTokenOf(Set<UUID> people, RequestPrincipal caller, Environment environment) {
        if (!people.stream().allMatch(person -> caller.mayChangeHolderOf(of(environment, person)))) {
            throw new Problem.Forbidden("The token is paired with a user who holds a role that is above the caller's.");
        }
    }

    /**
     * Refuses a change of a person, or of what belongs to the person.
     *
     * @throws Problem.Forbidden when that person holds a role that the caller's do not reach
     */
    public void requireMayChange(RequestPrincipal caller, Environment environment, UUID person) {
        if (!caller.mayChangeHolderOf(of(environment, person))) {
            throw new Problem.Forbidden("The user holds a role that is above the caller's.");
        }
    }

    private Optional<ReadOnlyEntry> enrolment(Environment environment, UUID person) {
        return directory
                .read(new DN(new RDN(Schema.ID, person.toString()), environment.enrolments()))
                .filter(entry -> !entry.hasAttribute(Schema.CLOSED_AT));
    }

    private static Problem.NotFound unknown(UUID person) {
        return new Problem.NotFound("There is no user " + person + ".");
    }
}
