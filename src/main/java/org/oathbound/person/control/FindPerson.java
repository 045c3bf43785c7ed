package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/**
 * Finds people by either of their entries, and reads each of the two once. An identity may have been renamed through LDAP, or by
 * a change that a stop cut short, or in a corporate directory; its enrolment follows when that is seen.
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
        Optional<StoredEnrolment> stored = enrolments.read(environment, person);
        return stored.isPresent() && !isCorporate(environment, stored.get())
                ? identities
                        .of(environment, stored.get().enrolment())
                        .flatMap(identity -> follow(environment, stored.get(), identity))
                : corporate.find(environment, person).map(found -> follow(environment, stored, found));
    }

    /** @throws Problem.NotFound when there is no such person */
    FoundPerson get(Environment environment, UUID person) {
        return find(environment, person).orElseThrow(() -> Enrolments.unknown(person));
    }

    /** A person of ours, before a person of the corporate directory with the same user name. */
    Optional<FoundPerson> find(Environment environment, Username username) {
        Optional<ReadOnlyEntry> ours = identities.named(environment, PersonEntry.dn(environment, username));
        return ours.isPresent()
                ? own(environment, ours.get())
                : corporate.find(environment, username).flatMap(found -> corporate(environment, found));
    }

    /** The person whose entry has this name. */
    Optional<FoundPerson> at(Environment environment, DN name) {
        Optional<ReadOnlyEntry> ours = identities.named(environment, name);
        return ours.isPresent()
                ? own(environment, ours.get())
                : corporate.at(environment, name).flatMap(found -> corporate(environment, found));
    }

    /** The person that the query leads to without a search; it names one. */
    Optional<FoundPerson> named(Environment environment, PersonQuery query) {
        Optional<FoundPerson> one = Optional.empty();
        if (query.id() != null) {
            one = find(environment, query.id());
        } else if (query.username() != null) {
            one = find(environment, query.username());
        }
        return one.filter(found -> query.matches(found.queried()));
    }

    /** People of the corporate directory whom a query for parts of names and addresses finds, so many at most. */
    Stream<FoundPerson> elsewhere(Environment environment, PersonQuery query, int limit) {
        return corporate.matching(environment, query, limit).stream()
                .flatMap(found -> corporate(environment, found).stream());
    }

    /** The person of an identity; a person is gone when the enrolment is closed, before the identity goes. */
    Optional<FoundPerson> there(Environment environment, ReadOnlyEntry identity) {
        return enrolments.read(environment, PersonEntry.id(identity)).map(stored -> {
            DN name = Directory.nameOf(identity);
            return new FoundPerson.Own(
                    new StoredEnrolment(stored.entry(), stored.enrolment().withIdentity(name)), identity);
        });
    }

    /** The enrolment follows an identity that has this name now; nothing where the person is gone. */
    void follow(Environment environment, UUID person, DN name) {
        enrolments.read(environment, person).ifPresent(stored -> followed(environment, stored, name));
    }

    private Optional<FoundPerson> own(Environment environment, ReadOnlyEntry identity) {
        return enrolments
                .read(environment, PersonEntry.id(identity))
                .flatMap(stored -> follow(environment, stored, identity));
    }

    /** Empty where the corporate entry says that it has the id of one of ours: what is of that id is of one of ours. */
    private Optional<FoundPerson> corporate(Environment environment, CorporatePerson identity) {
        Optional<StoredEnrolment> stored = enrolments.read(environment, identity.id());
        boolean isOurs = stored.isPresent() && !isCorporate(environment, stored.get());
        return isOurs ? Optional.empty() : Optional.of(follow(environment, stored, identity));
    }

    private FoundPerson follow(Environment environment, Optional<StoredEnrolment> stored, CorporatePerson identity) {
        Optional<StoredEnrolment> followed = stored.flatMap(seen -> followed(environment, seen, identity.name()));
        return new FoundPerson.Corporate(
                followed.map(StoredEnrolment::entry),
                followed.map(StoredEnrolment::enrolment).orElseGet(() -> corporate.begun(environment, identity)),
                identity,
                environment.defaultPopulation());
    }

    private Optional<FoundPerson> follow(Environment environment, StoredEnrolment stored, ReadOnlyEntry identity) {
        return followed(environment, stored, Directory.nameOf(identity))
                .map(followed -> new FoundPerson.Own(followed, identity));
    }

    /** The enrolment, changed and read again where the identity has another name than it says; empty when it is gone. */
    private Optional<StoredEnrolment> followed(Environment environment, StoredEnrolment stored, DN name) {
        if (name.equals(stored.enrolment().identity())) {
            return Optional.of(stored);
        }
        UUID person = stored.enrolment().person();
        enrolments.change(environment, person, now -> now.withIdentity(name));
        return enrolments.read(environment, person);
    }

    private static boolean isCorporate(Environment environment, StoredEnrolment stored) {
        return CorporatePeople.isTheirs(environment, stored.enrolment());
    }
}
