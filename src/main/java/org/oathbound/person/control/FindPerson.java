package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/**
 * Finds people by either of their entries. An identity may have been renamed through LDAP, or by a change that a stop cut
 * short, or in a corporate directory; its enrolment follows when that is seen.
 */
@ApplicationScoped
class FindPerson {

    private final Enrolments enrolments;
    private final Identities identities;
    private final CorporatePeople corporate;

    @Inject
    FindPerson(Enrolments enrolments, Identities identities, CorporatePeople corporate) {
        this.enrolments = enrolments;
        this.identities = identities;
        this.corporate = corporate;
    }

    Optional<FoundPerson> find(Environment environment, UUID person) {
        Optional<Enrolment> stored = enrolments.find(environment, person);
        return stored.isPresent() && !CorporatePeople.isTheirs(environment, stored.get())
                ? identities.of(environment, stored.get()).map(identity -> follow(environment, stored.get(), identity))
                : corporate.find(environment, person).map(found -> follow(environment, stored, found));
    }

    /** @throws Problem.NotFound when there is no such person */
    FoundPerson get(Environment environment, UUID person) {
        return find(environment, person).orElseThrow(() -> Enrolments.unknown(person));
    }

    /** Ours first: whoever has a user name here has it. */
    Optional<FoundPerson> find(Environment environment, Username username) {
        Optional<ReadOnlyEntry> ours = identities.named(environment, PersonEntry.dn(environment, username));
        return ours.isPresent()
                ? own(environment, ours.get())
                : corporate.find(environment, username).flatMap(found -> theirs(environment, found));
    }

    /** Whose entry it is that has this name. */
    Optional<FoundPerson> at(Environment environment, DN name) {
        Optional<ReadOnlyEntry> ours = identities.named(environment, name);
        return ours.isPresent()
                ? own(environment, ours.get())
                : corporate.at(environment, name).flatMap(found -> theirs(environment, found));
    }

    /** Whom the query leads to without a search; it names one person. */
    Optional<FoundPerson> named(Environment environment, PersonQuery query) {
        Optional<FoundPerson> one = Optional.empty();
        if (query.id() != null) {
            one = find(environment, query.id());
        } else if (query.username() != null) {
            one = find(environment, query.username());
        }
        return one.filter(found -> query.matches(found.queried()));
    }

    /** Whose identity that is, if he is there: a person is gone when his enrolment is closed, before his identity goes. */
    Optional<FoundPerson> there(Environment environment, ReadOnlyEntry identity) {
        return enrolments
                .find(environment, PersonEntry.id(identity))
                .map(enrolment -> new FoundPerson.Own(enrolment.withIdentity(PersonEntry.dn(identity)), identity));
    }

    /** The enrolment follows an identity that has this name now; nothing for somebody who is gone. */
    void follow(Environment environment, UUID person, DN name) {
        enrolments.find(environment, person).ifPresent(enrolment -> followed(environment, enrolment, name));
    }

    private Optional<FoundPerson> own(Environment environment, ReadOnlyEntry identity) {
        return enrolments
                .find(environment, PersonEntry.id(identity))
                .map(enrolment -> follow(environment, enrolment, identity));
    }

    /** Nobody who says that he has the id of one of ours: what is of that id is of one of ours. */
    private Optional<FoundPerson> theirs(Environment environment, CorporatePerson identity) {
        Optional<Enrolment> stored = enrolments.find(environment, identity.id());
        boolean isOurs = stored.isPresent() && !CorporatePeople.isTheirs(environment, stored.get());
        return isOurs ? Optional.empty() : Optional.of(follow(environment, stored, identity));
    }

    private FoundPerson follow(Environment environment, Optional<Enrolment> stored, CorporatePerson identity) {
        Enrolment enrolment = stored.isPresent()
                ? followed(environment, stored.get(), identity.name())
                : corporate.begun(environment, identity);
        return new FoundPerson.Corporate(enrolment, identity, environment.defaultPopulation());
    }

    private FoundPerson follow(Environment environment, Enrolment enrolment, ReadOnlyEntry identity) {
        return new FoundPerson.Own(followed(environment, enrolment, PersonEntry.dn(identity)), identity);
    }

    private Enrolment followed(Environment environment, Enrolment enrolment, DN name) {
        return name.equals(enrolment.identity())
                ? enrolment
                : enrolments.change(environment, enrolment.person(), now -> now.withIdentity(name));
    }
}
