package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Page;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.password.PasswordHash;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The people of an environment: create, find, change, delete. */
@ApplicationScoped
public class Persons {

    private final Enrolments enrolments;
    private final Identities identities;
    private final FindPerson lookup;
    private final ChangePerson changes;
    private final DeletePerson deletePerson;
    private final CorporateDirectories corporate;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    Persons(
            Enrolments enrolments,
            Identities identities,
            FindPerson lookup,
            ChangePerson changes,
            DeletePerson deletePerson,
            CorporateDirectories corporate,
            CurrentSettings settings,
            Clock clock) {
        this.enrolments = enrolments;
        this.identities = identities;
        this.lookup = lookup;
        this.changes = changes;
        this.deletePerson = deletePerson;
        this.corporate = corporate;
        this.settings = settings;
        this.clock = clock;
    }

    /** Creates a person; {@link Problem.InvalidData}, {@code UNIQUENESS_VIOLATION}, when the user name is taken. */
    public Person create(Environment environment, NewPerson wanted) {
        UUID id = UUID.randomUUID();
        Profile profile = wanted.profile();
        if (identities.isTaken(environment, profile.username(), id)) {
            throw taken();
        }
        String hash = wanted.password() == null ? null : PasswordHash.of(wanted.password());
        boolean mfaEnabled =
                wanted.mfaEnabled() == null ? settings.of(environment).mfaEnabled() : wanted.mfaEnabled();
        Instant now = GeneralizedTime.now(clock);
        DN name = PersonEntry.dn(environment, profile.username());
        Enrolment enrolment = new Enrolment(id, name, wanted.enabled(), List.of(), mfaEnabled, false, null, null, now);
        Entry identity = PersonEntry.of(environment, id, profile, hash, now);
        if (hash != null && wanted.mustChangePassword()) {
            identity = PersonEntry.withPassword(identity, hash, true, now);
        }
        enrolments.add(environment, enrolment);
        if (!identities.add(identity)) {
            enrolments.remove(environment, id);
            throw taken();
        }
        if (!enrolments.confirm(environment, id, now)) {
            identities.delete(id, name);
            throw new Problem.Unavailable(
                    "Creating the user took so long that he was swept away as a leftover.", Duration.ofSeconds(1));
        }
        return PersonEntry.person(enrolment, identity);
    }

    /** The person whose user name this text is, if it is one. */
    public Optional<Person> named(Environment environment, String text) {
        return read(environment, text).map(FoundPerson::person);
    }

    /** The same, with the entries as they were read. */
    public Optional<FoundPerson> read(Environment environment, String text) {
        return Username.isUsername(text) ? lookup.find(environment, new Username(text)) : Optional.empty();
    }

    /** The environment that an entry belongs to, there or not: one of ours, or one of its corporate directory. */
    public Optional<Environment> environmentOf(DN entry) {
        return corporate.environmentOf(entry);
    }

    /** The person whose entry has this name now, if it is a person's. */
    public Optional<FoundPerson> read(Environment environment, DN name) {
        return lookup.at(environment, name);
    }

    /** The person with this id; empty for a person who never existed or is deleted. */
    public Optional<Person> find(Environment environment, UUID id) {
        return lookup.find(environment, id).map(FoundPerson::person);
    }

    /** The same, or {@link Problem.NotFound}. */
    public Person get(Environment environment, UUID id) {
        return lookup.get(environment, id).person();
    }

    /** The person of this user name, whatever its case, spaces and Unicode form. */
    public Optional<Person> find(Environment environment, Username username) {
        return lookup.find(environment, username).map(FoundPerson::person);
    }

    /**
     * People in the order of their user names, at most so many. A person who can't be read is left out. A query for parts of names and
     * addresses finds people of the corporate directory, too, behind the last of ours as far as there is room; it has no further page.
     *
     * @param after only people behind this name; null for the first page
     */
    public Page<Person> page(Environment environment, PersonQuery query, @Nullable String after, int limit) {
        if (query.id() != null || query.username() != null) {
            // A query for an id or a user name finds one person at most, so no page follows.
            Optional<Optional<Person>> named = new UnreadableEntries()
                    .read(() -> lookup.named(environment, query).map(FoundPerson::person));
            return new Page<>(
                    after == null ? named.stream().flatMap(Optional::stream).toList() : List.of(), null);
        }
        Page<Person> ours = Page.readable(
                identities.page(environment, query.filter(), after, limit),
                identity -> lookup.there(environment, identity).map(FoundPerson::person).stream());
        int room = limit - ours.items().size();
        return ours.last() != null || room <= 0
                ? ours
                : new Page<>(
                        Stream.concat(
                                        ours.items().stream(),
                                        lookup.elsewhere(environment, query, room)
                                                .map(FoundPerson::person))
                                .toList(),
                        null);
    }

    /**
     * Changes a person's profile.
     *
     * @param change gets the stored profile; it is called again when another writer was faster
     * @return the person after the change
     * @throws Problem.InvalidData when another person has the user name
     * @throws Problem.NotFound when there is no such person
     */
    public Person change(Environment environment, UUID id, UnaryOperator<Profile> change) {
        return changes.change(environment, id, change);
    }

    /** Sets a password, given as it is typed; {@link Problem.NotFound} when there is no such person. */
    public Person setPassword(Environment environment, UUID id, String password) {
        return changes.setPassword(environment, id, password, false);
    }

    /** The same with one that is good for nothing but to be changed by the person. */
    public Person setPasswordToChange(Environment environment, UUID id, String password) {
        return changes.setPassword(environment, id, password, true);
    }

    /** Ends each lock that wrong passwords have brought about; {@link Problem.NotFound} when there is no such person. */
    public Person unlock(Environment environment, UUID id) {
        get(environment, id);
        enrolments.unlockPassword(environment, id);
        return get(environment, id);
    }

    /**
     * Deletes a person, with the person's devices. Of a person who is gone from the corporate directory, it deletes
     * what is left here. Of a person whose entries can't be read, it deletes all that belongs to them here: a person of
     * the corporate directory then begins anew.
     *
     * @throws Problem.NotFound when there is none
     * @throws Problem.RequestFailed for a person who is still in the corporate directory
     */
    public void delete(Environment environment, UUID id) {
        Optional<FoundPerson> found;
        try {
            found = lookup.find(environment, id);
        } catch (Problem.Corrupt e) {
            deletePerson.delete(environment, id);
            return;
        }
        if (found.isEmpty()) {
            boolean isLeft = enrolments
                    .find(environment, id)
                    .filter(left -> CorporatePeople.isTheirs(environment, left))
                    .isPresent();
            if (!isLeft) {
                throw Enrolments.unknown(id);
            }
            deletePerson.leave(environment, id);
        } else if (found.get() instanceof FoundPerson.Corporate) {
            throw CorporatePeople.elsewhere();
        } else {
            deletePerson.delete(environment, id);
        }
    }

    /**
     * Follows a change over LDAP: the person's entry has this name now. A person whose entry is not directly below
     * {@code ou=People} is deleted, with their devices. Does nothing for a person who is deleted already.
     */
    public void follow(Environment environment, UUID id, DN name) {
        if (environment.people().equals(name.getParent())) {
            lookup.follow(environment, id, name);
        } else {
            deletePerson.leave(environment, id);
        }
    }

    /**
     * Finishes what a stop has left half done: people who were being deleted, and enrolments that no identity belongs to.
     *
     * @param olderThan younger enrolments may belong to a person who is being created; zero where none can be
     * @param unreadable receives the entries that can't be read; they stay
     */
    public void sweep(Environment environment, Duration olderThan, UnreadableEntries unreadable) {
        deletePerson.sweep(environment, olderThan, unreadable);
    }

    static Problem.InvalidData taken() {
        return new Problem.InvalidData(new Detail(
                DetailCode.UNIQUENESS_VIOLATION, "username", "There is a user with this user name already."));
    }
}
