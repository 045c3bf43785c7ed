package org.oathbound.token.entity;

/** How the token that has a serial number compares with another that was to take it. */
public enum Existing {
    /** It has the same secret, type, hash, number of digits and time step. */
    SAME("There is a token with this serial number already, with the same key and parameters."),
    /** It has the same secret; a code of one need not be a code of the other. */
    OTHER_PARAMETERS(
            "There is a token with this serial number already; its key is the same, and its type, hash, number of"
                    + " digits or time step is another."),
    OTHER_KEY(
            "There is a token with this serial number already, with another key: this one does not go in. If there are two,"
                    + " give this one another serial number; if it replaces the other, revoke that one first.");

    private final String message;

    Existing(String message) {
        this.message = message;
    }

    /** What it means, in a sentence for whoever sent the other. */
    public String message() {
        return message;
    }
}
