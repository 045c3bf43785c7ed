package org.oathbound.person.control;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.oathbound.audit.Audit;
import org.oathbound.audit.Heard;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.oauth.control.MapConfig;
import org.oathbound.password.QuickHash;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;

/** The person component's beans as the container would wire them. */
public final class PersonsFixture {

    private PersonsFixture() {}

    /** With nobody who learns of deleted people. */
    public static Persons persons(WholeDirectory directory) {
        return persons(directory, deleted -> {});
    }

    /** With somebody who learns of deleted people, while they are being deleted. */
    public static Persons persons(WholeDirectory directory, Consumer<PersonDeleted> observer) {
        return persons(directory, observer, Clock.systemUTC());
    }

    public static Persons persons(WholeDirectory directory, Consumer<PersonDeleted> observer, Clock clock) {
        return persons(directory, observer, new Heard(), clock);
    }

    public static Persons persons(
            WholeDirectory directory, Consumer<PersonDeleted> observer, Audit audit, Clock clock) {
        return persons(directory, nowhereElse(directory), observer, audit, clock);
    }

    public static Persons persons(
            WholeDirectory directory,
            CorporateDirectories corporate,
            Consumer<PersonDeleted> observer,
            Audit audit,
            Clock clock) {
        Enrolments enrolments = enrolments(directory, corporate, clock);
        Identities identities = new Identities(directory, directory);
        FindPerson lookup = new FindPerson(enrolments, identities, people(directory, corporate, clock));
        return new Persons(
                enrolments,
                identities,
                lookup,
                new ChangePerson(directory, enrolments, identities, lookup, new QuickHash(), clock),
                new DeletePerson(enrolments, identities, new Told(observer), audit, clock),
                corporate,
                new CurrentSettings(directory),
                clock);
    }

    public static Passwords passwords(WholeDirectory directory, Clock clock) {
        return passwords(directory, nowhereElse(directory), clock);
    }

    public static Passwords passwords(WholeDirectory directory, CorporateDirectories corporate, Clock clock) {
        CorporatePeople people = people(directory, corporate, clock);
        Enrolments enrolments = new Enrolments(directory, directory, directory, people);
        return new Passwords(
                directory,
                enrolments,
                people,
                new QuickHash(),
                new PaddingEntries(directory),
                new CurrentSettings(directory),
                clock);
    }

    public static Enrolments enrolments(WholeDirectory directory) {
        return enrolments(directory, nowhereElse(directory), Clock.systemUTC());
    }

    public static Enrolments enrolments(WholeDirectory directory, CorporateDirectories corporate, Clock clock) {
        return new Enrolments(directory, directory, directory, people(directory, corporate, clock));
    }

    /** The corporate directories that these properties name. */
    public static CorporateDirectories corporate(WholeDirectory directory, Map<String, String> properties) {
        return new CorporateDirectories(new MapConfig(properties), directory, new Environments(directory, directory));
    }

    private static CorporateDirectories nowhereElse(WholeDirectory directory) {
        return corporate(directory, Map.of());
    }

    private static CorporatePeople people(WholeDirectory directory, CorporateDirectories corporate, Clock clock) {
        return new CorporatePeople(corporate, new CurrentSettings(directory), clock);
    }

    public static Bypass bypass(WholeDirectory directory, CurrentSettings settings, Clock clock) {
        return new Bypass(enrolments(directory), settings, clock);
    }

    /** A person with nothing but a user name. */
    public static Person create(Persons persons, Environment environment, String username) {
        return persons.create(
                environment, new NewPerson(new Profile(new Username(username), null, null, null), null, null));
    }

    /** An event that goes to one observer. */
    private record Told(Consumer<PersonDeleted> observer) implements Event<PersonDeleted> {

        @Override
        public void fire(PersonDeleted event) {
            observer.accept(event);
        }

        @Override
        public <U extends PersonDeleted> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends PersonDeleted> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<PersonDeleted> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends PersonDeleted> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends PersonDeleted> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
