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
     */
    record TimeStep(int seconds) implements MovingFactor {}
}
