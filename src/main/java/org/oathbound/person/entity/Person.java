package org.oathbound.person.entity;

import com.unboundid.ldap.sdk.DN;
import java.time.Instant;
import java.util.UUID;

/** A person: immutable, as identity and enrolment stood in the directory when they were read. */
public record Person(Enrolment enrolment, Profile profile, UUID population, Instant createdAt, Instant updatedAt) {

    public UUID id() {
        return enrolment.person();
    }

    public Username username() {
        return profile.username();
    }

    /** The name of the person's identity entry. */
    public DN identity() {
        return enrolment.identity();
    }
}
