package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;

/** A person's enrolment and identity, as they were read: a sign-in reads both once and hands them down. */
public sealed interface FoundPerson {

    /** Says where the identity stands. */
    Enrolment enrolment();

    /** The entry that the enrolment was read from; empty for a person of a corporate directory who has none yet. */
    Optional<ReadOnlyEntry> stored();

    Person person();

    /** The entry that queries for people are matched against. */
    Entry queried();

    default UUID id() {
        return enrolment().person();
    }

    /** A person of ours: two entries. */
    record Own(StoredEnrolment read, ReadOnlyEntry identity) implements FoundPerson {

        @Override
        public Enrolment enrolment() {
            return read.enrolment();
        }

        @Override
        public Optional<ReadOnlyEntry> stored() {
            return Optional.of(read.entry());
        }

        @Override
        public Person person() {
            return PersonEntry.person(enrolment(), identity);
        }

        @Override
        public Entry queried() {
            return identity;
        }
    }

    /**
     * A person of a corporate directory.
     *
     * @param enrolment as it is stored, or as it would begin
     * @param population that such people are in
     */
    record Corporate(Optional<ReadOnlyEntry> stored, Enrolment enrolment, CorporatePerson identity, UUID population)
            implements FoundPerson {

        @Override
        public Person person() {
            return new Person(enrolment, identity.profile(), population, identity.createdAt(), identity.updatedAt());
        }

        @Override
        public Entry queried() {
            return PersonEntry.queried(identity.name(), identity.id(), identity.profile());
        }
    }
}
