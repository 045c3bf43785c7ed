package org.oathbound.token.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * When a token's codes may be good at all: {@code StartDate} and {@code ExpiryDate} of PSKC's Policy (RFC 6030 section 5),
 * FreeIPA's {@code ipatokenNotBefore} and {@code ipatokenNotAfter}. Outside of it no code is judged, at no interface.
 *
 * @param from null where it has no beginning
 * @param until null where it has no end
 */
public record Validity(@Nullable Instant from, @Nullable Instant until) {

    /** At all times. */
    public static final Validity ALWAYS = new Validity(null, null);

    /** Whether it has begun, and not ended. */
    public boolean includes(Instant now) {
        return !isOver(now) && (from == null || !now.isBefore(from));
    }

    /**
     * Refuses a token that is over: nobody is given one.
     *
     * @throws Problem.RequestFailed when it has ended
     */
    public void requireNotOver(Instant now) {
        if (isOver(now)) {
            throw new Problem.RequestFailed(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "serialNumber",
                    "The token's validity ended at " + until + ": none of its codes is good any more.");
        }
    }

    /** Whether it has ended. */
    public boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }
}
