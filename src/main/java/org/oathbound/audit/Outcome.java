package org.oathbound.audit;

/** How an attempt ended, as it stands in a line; the names never change. */
public enum Outcome {
    SUCCESS("success"),
    /** It was allowed, and did not happen or is not known to have: what was sent is not right, or something broke. */
    FAILURE("failure"),
    /** It was not allowed: an unknown caller, no permission, too often. */
    REFUSED("refused"),
    /** A code was right, and is no good any more. */
    ACCEPTED("accepted"),
    /** A code was right but does not suffice: the next one completes it. */
    NEEDS_NEXT("needs-next"),
    /** A code was not accepted. */
    REJECTED("rejected"),
    /** A code was not looked at, for the token is locked. */
    LOCKED("locked");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
