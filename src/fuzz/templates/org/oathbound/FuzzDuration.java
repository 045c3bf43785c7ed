package org.oathbound;

/** An annotation wants a constant; the build writes it. */
public final class FuzzDuration {

    /** How long a method is fuzzed. */
    public static final String EACH = "${fuzz.duration}";

    private FuzzDuration() {}
}
