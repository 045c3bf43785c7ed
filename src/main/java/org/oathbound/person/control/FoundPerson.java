package org.oathbound.person.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.UUID;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;

/**
 * A person's two entries, as they were read.
 *
 * @param enrolment says where the identity stands
 */
record FoundPerson(Enrolment enrolment, ReadOnlyEntry identity) {

    UUID id() {
        return enrolment.person();
    }

    Person person() {
        return PersonEntry.person(enrolment, identity);
    }
}
