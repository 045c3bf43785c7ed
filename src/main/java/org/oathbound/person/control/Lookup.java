package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/**
 * Finds people by either of their entries. An identity may have been renamed through LDAP, or by a change that a stop cut
 * short; its enrolment follows when that is seen.
 */
@ApplicationScoped
class Lookup {

    private final Enrolments enrolments;
    private final Identities identities;

    @Inject
    Lookup(Enrolments enrolments, Identities identities) {
        this.enrolments = enrolments;
        this.identities = identities;
    }

    Optional<FoundPerson> find(Environment environment, UUID person) {
        return enrolments.find(environment, person).flatMap(enrolment -> identities
                .of(environment, enrolment)
                .map(identity -> follow(environment, enrolment, identity)));
    }

    /** @throws Problem.NotFound when there is no such person */
    FoundPerson get(Environment environment, UUID person) {
        return find(environment, person).orElseThrow(() -> Enrolments.unknown(person));
    }

    Optional<FoundPerson> find(Environment environment, Username username) {
        return at(environment, PersonEntry.dn(environment, username));
    }

    /** Whose entry it is that has this name. */
    Optional<FoundPerson> at(Environment environment, DN name) {
        return identities.named(environment, name).flatMap(identity -> enrolments
                .find(environment, PersonEntry.id(identity))
                .map(enrolment -> follow(environment, enrolment, identity)));
    }

    /** Those that the query leads to without a search, when it names one person. */
    Optional<List<FoundPerson>> named(Environment environment, PersonQuery query) {
        Optional<FoundPerson> one;
        if (query.id() != null) {
            one = find(environment, query.id());
        } else if (query.username() != null) {
            one = find(environment, query.username());
        } else {
            return Optional.empty();
        }
        return Optional.of(
                one.filter(found -> query.matches(found.identity())).stream().toList());
    }

    /** Those of a page who are there: a person is gone when his enrolment is closed, before his identity goes. */
    List<FoundPerson> there(Environment environment, List<ReadOnlyEntry> page) {
        return page.stream()
                .flatMap(identity -> enrolments
                        .find(environment, PersonEntry.id(identity))
                        .map(enrolment -> new FoundPerson(enrolment.withIdentity(PersonEntry.dn(identity)), identity))
                        .stream())
                .toList();
    }

    /** The enrolment follows an identity that has this name now; nothing for somebody who is gone. */
    void follow(Environment environment, UUID person, DN name) {
        enrolments.find(environment, person).ifPresent(enrolment -> followed(environment, enrolment, name));
    }

    private FoundPerson follow(Environment environment, Enrolment enrolment, ReadOnlyEntry identity) {
        return new FoundPerson(followed(environment, enrolment, PersonEntry.dn(identity)), identity);
    }

    private Enrolment followed(Environment environment, Enrolment enrolment, DN name) {
        return name.equals(enrolment.identity())
                ? enrolment
                : enrolments.change(environment, enrolment.person(), now -> now.withIdentity(name));
    }
}
