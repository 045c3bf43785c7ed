package org.oathbound.person.entity;

import org.jspecify.annotations.Nullable;

/**
 * A person who is to be created; every value has been checked.
 *
 * @param password in the clear; none for a person who can't sign on by one
 * @param mustChangePassword whether the password is good for nothing but to be changed by the person
 * @param enabled whether the person signs on at all
 * @param mfaEnabled null for the environment's default
 */
public record NewPerson(
        Profile profile,
        @Nullable String password,
        boolean mustChangePassword,
        boolean enabled,
        @Nullable Boolean mfaEnabled) {

    /** One who is enabled. */
    public NewPerson(Profile profile, @Nullable String password, @Nullable Boolean mfaEnabled) {
        this(profile, password, false, true, mfaEnabled);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewPerson[profile=" + profile + ", mfaEnabled=" + mfaEnabled + "]";
    }
}
