package org.oathbound.seedfile.entity;

/** The person to whom a row gives its token. */
public record Owner(String username, Status status) {

    /** The first status of the person's device. */
    public enum Status {
        ACTIVE,
        ACTIVATION_REQUIRED,
        /** Active, and blocked until an administrator unblocks it. */
        BLOCKED
    }
}
