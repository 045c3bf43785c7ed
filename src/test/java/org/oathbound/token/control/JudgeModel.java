package org.oathbound.token.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Lockout;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Windows;
import org.oathbound.token.entity.Windows.Codes;

/**
 * The rules of judging once more, as sets of moving factors and as slow as it likes: what the judge must come to. It
 * shares no line with it, and knows of HMACs only that a factor has a code.
 */
final class JudgeModel {

    /** What the token is. */
    enum Kind {
        HOTP,
        TOTP,
        TEMPORARY
    }

    /** What a code comes to. */
    enum Outcome {
        ACCEPTED,
        NEEDS_NEXT,
        REJECTED,
        NOT_COUNTED,
        LOCKED
    }

    private static final int FARTHEST_LEARNED = 60;
    private static final Duration WAITS_FOR = Duration.ofMinutes(5);
    private static final Duration LONGEST_LOCK = Duration.ofDays(1);

    final Kind kind;
    private final int timeStep;
    private final Validity validity;
    private final int base;
    private final LongFunction<String> codes;

    /** The highest factor that is used. */
    long used;

    final SortedSet<Long> unused = new TreeSet<>();
    int drift;
    int failures;
    boolean lost;

    @Nullable
    Instant lockedUntil;

    @Nullable
    Instant restoredAt;

    @Nullable
    Instant waitingSince;

    @Nullable
    Instant lastUsedAt;

    SortedSet<Long> waiting = new TreeSet<>();

    /** The last five that were accepted. */
    NavigableSet<Long> accepted = new TreeSet<>();

    /** @param base what its drift began with */
    JudgeModel(Kind kind, long used, int timeStep, Validity validity, int base, LongFunction<String> codes) {
        this.kind = kind;
        this.used = used;
        this.timeStep = timeStep;
        this.validity = validity;
        this.base = base;
        this.drift = base;
        this.codes = codes;
    }

    Outcome judge(String code, Windows windows, Lockout lockout, Instant now) {
        if (isLocked(now)) {
            return Outcome.LOCKED;
        }
        if (isOutOfForce(now)) {
            return Outcome.NOT_COUNTED;
        }
        if (kind == Kind.TEMPORARY) {
            return temporary(code, lockout, now);
        }
        boolean needsTwo = windows.codes() == Codes.TWO || restoredAt != null;
        SortedSet<Long> close = at(code, near(windows, now), windows);
        SortedSet<Long> anywhere = at(code, far(windows, now), windows);
        if (waitingSince != null && Duration.between(waitingSince, now).abs().compareTo(WAITS_FOR) < 0) {
            Optional<Long> before = waiting.stream()
                    .filter(factor -> codes.apply(factor + 1).equals(code))
                    .min(Comparator.naturalOrder());
            if (before.isPresent()) {
                return resynchronised(before.get() + 1, waitingSince, now);
            }
            boolean again =
                    waiting.stream().anyMatch(factor -> codes.apply(factor).equals(code));
            if (needsTwo) {
                return restoredAt != null && !again ? first(code, anywhere, lockout, now) : wrong(code, lockout, now);
            }
            return close.isEmpty() ? wrong(code, lockout, now) : advanced(close.first(), now);
        }
        if (!needsTwo && !close.isEmpty()) {
            return advanced(close.first(), now);
        }
        return needsTwo || windows.codes() != Codes.ONE
                ? first(code, anywhere, lockout, now)
                : wrong(code, lockout, now);
    }

    private boolean wasAccepted(String code) {
        return accepted.stream().anyMatch(factor -> codes.apply(factor).equals(code));
    }

    private Outcome wrong(String code, Lockout lockout, Instant now) {
        return wasAccepted(code) ? Outcome.NOT_COUNTED : failed(lockout, now);
    }

    Outcome judge(String first, String second, Windows windows, Lockout lockout, Instant now) {
        if (isLocked(now)) {
            return Outcome.LOCKED;
        }
        if (isOutOfForce(now)) {
            return kind == Kind.TEMPORARY ? failed(lockout, now) : Outcome.NOT_COUNTED;
        }
        Optional<Long> found = kind == Kind.TEMPORARY
                ? Optional.empty()
                : at(first, far(windows, now), windows).stream()
                        .filter(factor -> codes.apply(factor + 1).equals(second))
                        .findFirst();
        if (found.isPresent()) {
            return resynchronised(found.get() + 1, now, now);
        }
        boolean isOld = kind != Kind.TEMPORARY && wasAccepted(first) && wasAccepted(second);
        return isOld ? Outcome.NOT_COUNTED : failed(lockout, now);
    }

    void unlock() {
        failures = 0;
        lockedUntil = null;
        forgetWaiting();
    }

    void restore(Instant now) {
        restoredAt = now;
        forgetWaiting();
    }

    boolean isLocked(Instant now) {
        return failures >= 20 || (lockedUntil != null && now.isBefore(lockedUntil));
    }

    private boolean isOutOfForce(Instant now) {
        Instant from = validity.from();
        Instant until = validity.until();
        return lost || (from != null && now.isBefore(from)) || (until != null && !until.isAfter(now));
    }

    /** Whether it would be accepted by itself, were it not for the lock. */
    boolean fits(String code, Windows windows, Instant now) {
        if (isOutOfForce(now)) {
            return false;
        }
        return kind == Kind.TEMPORARY
                ? restoredAt == null
                        && unused.stream()
                                .anyMatch(factor -> codes.apply(factor).equals(code))
                : !at(code, near(windows, now), windows).isEmpty();
    }

    /** The factors close by, used ones too. */
    LongStream near(Windows windows, Instant now) {
        return kind == Kind.HOTP
                ? LongStream.rangeClosed(used + 1, used + 1 + windows.near())
                : LongStream.rangeClosed(time(now) - windows.near(), time(now) + windows.near());
    }

    private LongStream far(Windows windows, Instant now) {
        if (kind == Kind.HOTP) {
            return LongStream.rangeClosed(used + 1, used + 1 + windows.far());
        }
        return LongStream.rangeClosed(time(now) - windows.far(), time(now) + windows.far())
                .filter(step -> Math.abs(step - step(now) - base) <= FARTHEST_LEARNED
                        || Math.abs(step - time(now)) <= windows.near());
    }

    private SortedSet<Long> at(String code, LongStream factors, Windows windows) {
        long blocked = restoredAt == null || kind == Kind.HOTP
                ? used
                : Math.max(used, step(restoredAt) + Math.max(0, drift + windows.near()));
        return factors.filter(factor -> factor > blocked)
                .filter(factor -> codes.apply(factor).equals(code))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Outcome temporary(String code, Lockout lockout, Instant now) {
        Optional<Long> found = unused.stream()
                .filter(factor -> codes.apply(factor).equals(code))
                .findFirst();
        if (restoredAt != null) {
            return Outcome.NOT_COUNTED;
        } else if (found.isEmpty()) {
            return wrong(code, lockout, now);
        }
        unused.remove(found.get());
        return succeeded(now, found.get());
    }

    private Outcome advanced(long factor, Instant now) {
        long ahead = factor - step(now); // the device's clock is at least so far ahead
        drift = bounded(ahead < drift ? drift - 1 : ahead);
        used = factor;
        return succeeded(now, factor);
    }

    /** The device shows a code for one step only, and people type late, never early. */
    private Outcome resynchronised(long second, Instant firstAt, Instant now) {
        drift = bounded(Math.max(second - step(now), second - 1 - step(firstAt)));
        used = second;
        return succeeded(now, second - 1, second);
    }

    private int bounded(long wanted) {
        return kind == Kind.TOTP
                ? (int) Math.max(base - FARTHEST_LEARNED, Math.min(base + FARTHEST_LEARNED, wanted))
                : 0;
    }

    private Outcome succeeded(Instant now, long... factors) {
        while (accepted.size() + factors.length > 5) {
            accepted.pollFirst();
        }
        LongStream.of(factors).forEach(accepted::add);
        unlock();
        restoredAt = null;
        lastUsedAt = now;
        return Outcome.ACCEPTED;
    }

    private Outcome first(String code, SortedSet<Long> factors, Lockout lockout, Instant now) {
        if (factors.isEmpty()) {
            return wrong(code, lockout, now);
        }
        Outcome outcome = failed(lockout, now);
        if (isLocked(now)) {
            return outcome;
        }
        waiting = factors;
        waitingSince = now;
        return Outcome.NEEDS_NEXT;
    }

    private Outcome failed(Lockout lockout, Instant now) {
        failures++;
        forgetWaiting();
        Duration coolDown = lockout.coolDown();
        for (int i = lockout.limit(); i < failures; i++) {
            coolDown = coolDown.plus(coolDown);
        }
        lockedUntil = failures < lockout.limit()
                ? null
                : now.plus(coolDown.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : coolDown);
        return Outcome.REJECTED;
    }

    private void forgetWaiting() {
        waiting = new TreeSet<>();
        waitingSince = null;
    }

    private long time(Instant now) {
        return step(now) + drift;
    }

    private long step(Instant instant) {
        return Math.floorDiv(Objects.requireNonNull(instant).getEpochSecond(), timeStep);
    }
}
