package org.oathbound.person.entity;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of a person; every value has been checked.
 *
 * @param given the given name
 * @param family the family name
 */
public record Profile(
        Username username,
        @Nullable String email,
        @Nullable String given,
        @Nullable String family) {

    /** The whole name; the user name for want of one. */
    public String commonName() {
        if (given == null && family == null) {
            return username.value();
        }
        return ((given == null ? "" : given + " ") + (family == null ? "" : family)).strip();
    }

    /** Whether nothing at all differs, the spelling of the user name neither. */
    public boolean isExactly(Profile other) {
        return equals(other) && username.value().equals(other.username.value());
    }
}
