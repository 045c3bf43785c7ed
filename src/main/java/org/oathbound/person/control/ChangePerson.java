package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.Environment;
import org.oathbound.password.SlowHash;
import org.oathbound.person.control.FoundPerson.Own;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/** Changes of identities: the name first, since it may be taken, then the rest by compare-and-set. */
@ApplicationScoped
class ChangePerson {

    private final Directory directory;
    private final Enrolments enrolments;
    private final Identities identities;
    private final FindPerson lookup;
    private final SlowHash hash;
    private final Clock clock;

    @Inject
    ChangePerson(
            Directory directory,
            Enrolments enrolments,
            Identities identities,
            FindPerson lookup,
            SlowHash hash,
            Clock clock) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.identities = identities;
        this.lookup = lookup;
        this.hash = hash;
        this.clock = clock;
    }

    /** As {@link Persons#change}. */
    Person change(Environment environment, UUID id, UnaryOperator<Profile> change) {
        return Contention.settle(() -> {
            Own seen = own(environment, id);
            Profile before = PersonEntry.profile(seen.identity());
            Profile after = change.apply(before);
            if (after.isExactly(before)) {
                return Optional.of(seen.person());
            }
            boolean keepsName =
                    after.username().value().equals(before.username().value());
            return (keepsName ? Optional.of(seen) : renamed(environment, seen, after.username()))
                    .flatMap(named -> written(
                            named, PersonEntry.with(named.identity(), before, after, GeneralizedTime.now(clock))));
        });
    }

    /** As {@link Persons#setPassword}. */
    Person setPassword(Environment environment, UUID id, String password, boolean mustChange) {
        String hashed = hash.of(password);
        Person changed = Contention.settle(() -> {
            Own seen = own(environment, id);
            Instant now = GeneralizedTime.now(clock);
            return written(seen, PersonEntry.withPassword(seen.identity(), hashed, mustChange, now));
        });
        enrolments.unlockPassword(environment, id); // what was counted is of the old one
        return changed;
    }

    /** {@link Problem.RequestFailed} for a person of the corporate directory. */
    private Own own(Environment environment, UUID id) {
        if (lookup.get(environment, id) instanceof Own own) {
            return own;
        }
        throw CorporatePeople.elsewhere();
    }

    /** Empty when another was faster. */
    private Optional<Person> written(Own seen, Entry wanted) {
        return directory.modifyIfUnchanged(seen.identity(), wanted)
                ? Optional.of(PersonEntry.person(seen.enrolment(), wanted))
                : Optional.empty();
    }

    /** The identity first, which decides it, then the enrolment. Empty when another was faster. */
    private Optional<Own> renamed(Environment environment, Own seen, Username username) {
        DN name = PersonEntry.dn(environment, username);
        if (!identities.rename(seen.id(), seen.enrolment().identity(), name)) {
            if (identities.isTaken(environment, username, seen.id())) {
                throw Persons.taken();
            }
            return Optional.empty();
        }
        enrolments.change(environment, seen.id(), enrolment -> enrolment.withIdentity(name));
        return enrolments
                .read(environment, seen.id())
                .flatMap(read -> identities.at(read.enrolment()).map(identity -> new Own(read, identity)));
    }
}
