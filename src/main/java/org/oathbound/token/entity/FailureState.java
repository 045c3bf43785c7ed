package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Lockout;

/**
 * How a token stands with those who have tried it.
 *
 * @param failures codes in a row that did not suffice
 * @param lockedUntil until when no code is judged; null when none was refused so often
 * @param waiting what the last code left, when its direct successor would complete it
 * @param restoredAt when a backup with this token was restored: which codes were used before is not known, so it takes
 *     two in a row; null once that was done
 * @param lastUsedAt when a code was last accepted
 */
public record FailureState(
        int failures,
        @Nullable Instant lockedUntil,
        @Nullable Waiting waiting,
        @Nullable Instant restoredAt,
        @Nullable Instant lastUsedAt) {

    /** So many failures in a row lock a token until an administrator unlocks it. */
    public static final int MAX_FAILURES = 20;

    /** No code has been tried yet. */
    public static final FailureState FRESH = new FailureState(0, null, null, null, null);

    /**
     * A right code that was too far away, or that had to be one of two.
     *
     * @param factors the counters or time steps at which it stands; few, and nearly always one
     * @param since when it was sent
     */
    public record Waiting(List<Long> factors, Instant since) {

        private static final Duration LASTS = Duration.ofMinutes(5);

        public Waiting {
            factors = List.copyOf(factors);
        }

        /** Either way: a clock that has gone back does not make it last. */
        boolean isOver(Instant now) {
            return Duration.between(since, now).abs().compareTo(LASTS) >= 0;
        }
    }

    /** Whether no code is judged at this moment. */
    public boolean isLocked(Instant now) {
        return isLockedForGood() || (lockedUntil != null && now.isBefore(lockedUntil));
    }

    /** Whether no time ends the lock. */
    public boolean isLockedForGood() {
        return failures >= MAX_FAILURES;
    }

    boolean isRestored() {
        return restoredAt != null;
    }

    /** After one failure more; from the limit on it is locked, each time twice as long. */
    FailureState failed(Lockout lockout, Instant now) {
        int count = failures + 1;
        Instant until = count < lockout.limit() ? null : now.plus(lockout.after(count));
        return new FailureState(count, until, null, restoredAt, lastUsedAt);
    }

    /** The same, and the right code that did not suffice waits for the next. */
    FailureState waits(List<Long> factors, Lockout lockout, Instant now) {
        FailureState failed = failed(lockout, now);
        return new FailureState(failed.failures, failed.lockedUntil, new Waiting(factors, now), restoredAt, lastUsedAt);
    }

    /** After a success: nothing is left of what was before it. */
    FailureState succeeded(Instant now) {
        return new FailureState(0, null, null, null, now);
    }

    /** The state after an administrator has unlocked the token. */
    public FailureState unlocked() {
        return new FailureState(0, null, null, restoredAt, lastUsedAt);
    }
}
