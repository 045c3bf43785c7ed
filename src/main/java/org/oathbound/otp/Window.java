package org.oathbound.otp;

/**
 * The moving factors, counters or time steps, at which a code is looked for: from the first to the last, both included.
 * None if the last is one less than the first.
 */
public record Window(long first, long last) {

    /**
     * The last moving factor there is. RFC 4226 counts to 2^64 - 1; we stop where the next expected counter still fits
     * into a {@code long}, and a token that has come so far accepts nothing more.
     */
    public static final long LAST = Long.MAX_VALUE - 1;

    /** @throws IllegalArgumentException if a bound is no moving factor, or they are in the wrong order */
    public Window {
        if (first < 0 || last > LAST || last < first - 1) {
            throw new IllegalArgumentException("No window: from " + first + " to " + last + ".");
        }
    }

    /**
     * The look-ahead window of HOTP (RFC 4226, sections 7.2 and 7.4): the expected counter itself and the next
     * {@code lookAhead} after it, so one more than {@code lookAhead} in all.
     *
     * @param nextCounter the next expected counter, from 0
     * @param lookAhead the RFC's s, from 0
     */
    public static Window ahead(long nextCounter, int lookAhead) {
        return clipped(nextCounter, plus(nextCounter, notNegative(lookAhead)));
    }

    /**
     * The window of TOTP (RFC 6238, sections 5.2 and 6): a time step and as many before as after it, those before time
     * began left out.
     *
     * @param step the step the token's clock is believed to stand at: that of now plus the drift
     * @param distance how many steps to either side, from 0
     */
    public static Window around(long step, int distance) {
        long first = Math.max(step, 0) - notNegative(distance);
        return clipped(Math.max(first, 0), plus(step, distance));
    }

    /** What of this window lies after this moving factor: it and everything before it have been used. */
    public Window after(long used) {
        return used < first ? this : clipped(Math.min(used, LAST) + 1, last);
    }

    /** What of this window lies in the other one too. */
    public Window within(Window bounds) {
        long from = Math.max(first, bounds.first);
        return clipped(from, Math.min(last, bounds.last));
    }

    private static Window clipped(long first, long last) {
        return new Window(first, Math.max(last, first - 1));
    }

    private static long plus(long factor, int distance) {
        return factor > LAST - distance ? LAST : factor + distance;
    }

    private static int notNegative(int distance) {
        if (distance < 0) {
            throw new IllegalArgumentException(
                    "A window reaches 0 or more from where it stands, not " + distance + ".");
        }
        return distance;
    }
}
