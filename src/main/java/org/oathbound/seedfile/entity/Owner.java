package org.oathbound.seedfile.entity;

/** Whom a row gives its token to. */
public record Owner(String username, Status status) {

    /** What the person's device is from the first moment. */
    public enum Status {
        ACTIVE,
        ACTIVATION_REQUIRED,
        /** Active, and blocked until an administrator unblocks it. */
        BLOCKED
    }
}
