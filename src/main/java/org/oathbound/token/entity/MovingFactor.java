package org.oathbound.token.entity;

/** What makes each code of a token differ from the one before: a counter (RFC 4226) or the time (RFC 6238). */
public sealed interface MovingFactor {

    /**
     * Moves by one with each code.
     *
     * @param next RFC 4226's C: the counter of the next code that is expected, 0 or more
     */
    record Counter(long next) implements MovingFactor {}

    /**
     * Moves with the time.
     *
     * @param seconds RFC 6238's X: how long one code lasts
     * @param lastStep the last time step whose code may have been used elsewhere; −1 when none was
     * @param drift the token's time less the server's, in time steps, as it comes: the base of what is learned
     */
    record TimeStep(int seconds, long lastStep, int drift) implements MovingFactor {

        /** What is learned of a drift differs from its base by no more time steps than this, either way. */
        public static final int MAX_LEARNED = 60;

        /** A base lies between this and its negative: a clock that is a year away, with steps of 30 s. */
        public static final int MAX_BASE = 1_000_000;

        /** The moving factor of an unused token. */
        public TimeStep(int seconds) {
            this(seconds, -1, 0);
        }
    }
}
