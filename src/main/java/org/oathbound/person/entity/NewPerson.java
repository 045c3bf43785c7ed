package org.oathbound.person.entity;

import org.jspecify.annotations.Nullable;

/**
 * A person who is to be created; every value has been checked.
 *
 * @param password as it is typed; none for somebody who can't sign on by one
 * @param mfaEnabled null for what the environment has for new people
 */
public record NewPerson(
        Profile profile,
        @Nullable String password,
        @Nullable Boolean mfaEnabled) {

    /** Without the password. */
    @Override
    public String toString() {
        return "NewPerson[profile=" + profile + ", mfaEnabled=" + mfaEnabled + "]";
    }
}
