package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
 * @param accepted the counters or time steps of the last codes that were accepted, {@value #MAX_ACCEPTED} at most,
 *     ascending
 * @param lines what typed lines have counted, for each person who has typed one since the last success
 */
public record FailureState(
        int failures,
        @Nullable Instant lockedUntil,
        @Nullable Waiting waiting,
        @Nullable Instant restoredAt,
        @Nullable Instant lastUsedAt,
        List<Long> accepted,
        List<LineFailures> lines) {

    /** So many failures in a row lock a token until an administrator unlocks it. */
    public static final int MAX_FAILURES = 20;

    static final int MAX_ACCEPTED = 5;

    /** No code has been tried yet. */
    public static final FailureState FRESH = new FailureState(0, null, null, null, null, List.of(), List.of());

    public FailureState {
        accepted = accepted.stream().sorted().toList(); // LDAP keeps no order
        lines = List.copyOf(lines);
    }

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

    /**
     * After one failure more; from the limit on it is locked, each time twice as long.
     *
     * @param line whose typed line it was, which names no device; null where the code was one of this device
     */
    FailureState failed(@Nullable UUID line, Lockout lockout, Instant now) {
        int count = failures + 1;
        Instant until = count < lockout.limit() ? null : now.plus(lockout.after(count));
        List<LineFailures> counted = line == null ? lines : LineFailures.counted(lines, line);
        return new FailureState(count, until, null, restoredAt, lastUsedAt, accepted, counted);
    }

    /** The same, and the right code that did not suffice waits for the next. */
    FailureState waits(List<Long> factors, @Nullable UUID line, Lockout lockout, Instant now) {
        FailureState failed = failed(line, lockout, now);
        return new FailureState(
                failed.failures,
                failed.lockedUntil,
                new Waiting(factors, now),
                restoredAt,
                lastUsedAt,
                accepted,
                failed.lines);
    }

    /** After a success: nothing is left of what was before it, but which codes were accepted. */
    FailureState succeeded(Instant now, Long... factors) {
        Stream<Long> before =
                accepted.stream().sorted(Comparator.reverseOrder()).limit(MAX_ACCEPTED - factors.length);
        List<Long> latest = Stream.concat(before, Stream.of(factors)).sorted().toList();
        return new FailureState(0, null, null, null, now, latest, List.of());
    }

    /** The state after an administrator has unlocked the token. */
    public FailureState unlocked() {
        return new FailureState(0, null, null, restoredAt, lastUsedAt, accepted, LineFailures.settled(lines));
    }

    /**
     * Takes back what the person's typed lines have counted here, because one of them was right with another device: as much
     * of it as {@link LineFailures} lets. Below the limit it is not locked any more.
     */
    public FailureState takenBack(UUID person, Lockout lockout) {
        int less = LineFailures.toTakeBack(lines, person);
        if (less == 0) {
            return this;
        }
        int left = Math.max(0, failures - less);
        return new FailureState(
                left,
                left < lockout.limit() ? null : lockedUntil,
                waiting,
                restoredAt,
                lastUsedAt,
                accepted,
                LineFailures.takenBack(lines, person));
    }
}
