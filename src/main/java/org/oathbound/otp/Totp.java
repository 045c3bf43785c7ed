package org.oathbound.otp;

import java.time.Duration;
import java.time.Instant;

/**
 * TOTP is HOTP with time as its moving factor (RFC 6238, section 4.2), so {@link Hotp} computes and finds its codes; this
 * is the rest. T0 is 1970-01-01T00:00:00Z.
 *
 * @param timeStep the RFC's X: whole seconds, at least one
 */
public record Totp(Duration timeStep) {

    /** @throws IllegalArgumentException if the time step is not positive or not of whole seconds */
    public Totp {
        if (timeStep.toSeconds() < 1 || timeStep.toNanosPart() != 0) {
            throw new IllegalArgumentException("A time step is one or more whole seconds, not " + timeStep + ".");
        }
    }

    /**
     * The RFC's T: how many whole time steps have passed.
     *
     * @throws IllegalArgumentException if the instant lies before T0: a clock that wrong must not judge a code
     */
    public long stepAt(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            throw new IllegalArgumentException("Time steps are counted from 1970 on; " + instant + " is earlier.");
        }
        return instant.getEpochSecond() / timeStep.toSeconds();
    }
}
