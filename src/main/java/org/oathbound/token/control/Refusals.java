package org.oathbound.token.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

/** Verdicts other than acceptance as PingOne's errors. They do not tell why a code is not accepted. */
public final class Refusals {

    private Refusals() {}

    /**
     * The problem to throw.
     *
     * @param target the field that the code came in
     * @param now the moment from which a lock's end is counted
     * @throws IllegalArgumentException for {@link Accepted}, which refuses nothing
     */
    public static Problem of(Verdict refused, String target, Instant now) {
        return switch (refused) {
            case NeedsNext needsNext ->
                new Problem.InvalidData(
                        DetailCode.EXTRA_OTP_REQUIRED,
                        target,
                        "An extra OTP is required: the code may be far away, so read out the next code too.");
            case Rejected rejected ->
                new Problem.InvalidData(new Detail(
                        DetailCode.INVALID_OTP,
                        target,
                        "Wrong OTP was provided",
                        Map.of("attemptsRemaining", rejected.attemptsRemaining())));
            case Locked locked -> new Problem.RequestFailed(lockedOut(locked.until(), now));
            case Accepted accepted -> throw new IllegalArgumentException("It refuses nothing: " + accepted.getClass());
        };
    }

    private static Detail lockedOut(@Nullable Instant until, Instant now) {
        return until == null
                ? new Detail(
                        DetailCode.PASSWORD_LOCKED_OUT,
                        null,
                        "The token is locked until an administrator unlocks it: too many codes were wrong.")
                : new Detail(
                        DetailCode.PASSWORD_LOCKED_OUT,
                        null,
                        "The token is locked until " + until + ": too many codes were wrong.",
                        Map.of("retryAfter", secondsUntil(until, now)));
    }

    /** Rounded up, so that a client that waits this long is not too early. */
    private static long secondsUntil(Instant until, Instant now) {
        return Math.max(1, Duration.between(now, until).plusNanos(999_999_999).toSeconds());
    }
}
