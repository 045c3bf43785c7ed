package org.oathbound.token.entity;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Lockout;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.otp.Window;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.FailureState.Waiting;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;
import org.oathbound.token.entity.Windows.Codes;

/**
 * Judges codes of one token at one moment: pure, without a clock or a directory. What is right, what is counted and what
 * waits is decided here for every interface.
 */
public final class Judge {

    private final Token token;
    private final Hotp codes;
    private final Windows windows;
    private final Lockout lockout;
    private final Instant now;
    private final @Nullable UUID line;

    /** Of a code that is meant for this token. */
    public Judge(Token token, SharedSecret secret, Windows windows, Lockout lockout, Instant now) {
        this(token, secret, windows, lockout, now, null);
    }

    /**
     * A judge of one token, with what is counted against it.
     *
     * @param secret the token's, opened
     * @param line whose typed line the code stands in, which may be meant for another token; null for none
     */
    public Judge(Token token, SharedSecret secret, Windows windows, Lockout lockout, Instant now, @Nullable UUID line) {
        this.token = token;
        this.codes =
                new Hotp(secret, token.metadata().algorithm(), token.metadata().digits());
        this.windows = windows;
        this.lockout = lockout;
        this.now = now;
        this.line = line;
    }

    /** Judges one code. */
    public Verdict judge(Passcode code) {
        FailureState failureState = token.failureState();
        if (failureState.isLocked(now)) {
            return locked(isInForce() && isNear(code));
        }
        if (!isInForce()) {
            return notCounted(Reason.OVER);
        }
        if (token instanceof TemporaryToken temporary) {
            return temporary(temporary, code);
        }
        CodePositions track = CodePositions.of(token, windows, now);
        Waiting waiting = failureState.waiting();
        return waiting == null || waiting.isOver(now) ? first(track, code) : second(track, code, waiting);
    }

    /** Judges two codes that were sent at once: both must fit, the second directly behind the first. */
    public Verdict judge(Passcode first, Passcode second) {
        if (token.failureState().isLocked(now)) {
            return locked(false);
        }
        if (!isInForce()) {
            return notCounted(Reason.OVER);
        }
        if (token instanceof TemporaryToken) {
            return rejected(Reason.NO_MATCH);
        }
        CodePositions track = CodePositions.of(token, windows, now);
        return both(first, second, track, track.reason());
    }

    /**
     * The same of a TOTP token whose clock is said to be further away than what is learned may be: the drift becomes the base of what
     * is learned. No time step before the token came in, for its code may have been used elsewhere.
     *
     * @param base the token's time less the server's, in time steps
     * @throws Problem.InvalidData when the token has no clock
     */
    public Verdict judge(Passcode first, Passcode second, int base) {
        if (!(token instanceof TotpToken totp)) {
            throw new Problem.InvalidData(
                    DetailCode.CONSTRAINT_VIOLATION, "drift", "A drift is a TOTP token's; this one has no clock.");
        }
        if (token.failureState().isLocked(now)) {
            return locked(false);
        }
        if (!isInForce()) {
            return notCounted(Reason.OVER);
        }
        return both(first, second, CodePositions.of(totp.withBase(base), windows, now), Reason.NO_MATCH);
    }

    private Verdict both(Passcode first, Passcode second, CodePositions track, Reason otherwise) {
        OptionalLong found = codes.findPair(first, second, track.far());
        if (found.isPresent()) {
            return new Accepted(track.resynchronised(found.getAsLong() + 1, null));
        }
        return wasAccepted(first) && wasAccepted(second) ? used() : rejected(otherwise);
    }

    private boolean isInForce() {
        return token.metadata().isInForce(now);
    }

    /** Whether one of the last codes that were accepted is the same. Whoever sends it again guesses nothing. */
    private boolean wasAccepted(Passcode code) {
        boolean found = false;
        for (long factor : token.failureState().accepted()) {
            found |= codes.find(code, Window.ahead(factor, 0)).isPresent();
        }
        return found;
    }

    private Verdict notFound(Passcode code, Reason reason) {
        return wasAccepted(code) ? used() : rejected(reason);
    }

    private Verdict first(CodePositions track, Passcode code) {
        if (!takesTwo()) {
            OptionalLong near = codes.find(code, track.near());
            if (near.isPresent()) {
                return new Accepted(track.advanced(near.getAsLong()));
            }
            if (windows.codes() == Codes.ONE) {
                return notFound(code, track.reason());
            }
        }
        List<Long> far = codes.findAll(code, track.far());
        return far.isEmpty() ? notFound(code, track.reason()) : needsNext(far);
    }

    private Verdict second(CodePositions track, Passcode code, Waiting waiting) {
        OptionalLong next = successor(code, waiting);
        if (next.isPresent()) {
            return new Accepted(track.resynchronised(next.getAsLong(), waiting.since()));
        }
        if (!takesTwo()) {
            OptionalLong near = codes.find(code, track.near());
            return near.isPresent() ? new Accepted(track.advanced(near.getAsLong())) : notFound(code, track.reason());
        }
        // After a restore any right code waits, so another one is a first one again; the same one is none.
        List<Long> far = token.failureState().isRestored() ? codes.findAll(code, track.far()) : List.of();
        boolean same = far.stream().anyMatch(waiting.factors()::contains);
        return far.isEmpty() || same ? notFound(code, track.reason()) : needsNext(far);
    }

    /** A restore leaves it open which codes were used: then one never suffices, at whatever interface. */
    private boolean takesTwo() {
        return windows.codes() == Codes.TWO || token.failureState().isRestored();
    }

    private OptionalLong successor(Passcode code, Waiting waiting) {
        OptionalLong found = OptionalLong.empty();
        for (long factor : waiting.factors()) {
            OptionalLong next = codes.find(code, Window.ahead(factor + 1, 0));
            found = found.isPresent() ? found : next;
        }
        return found;
    }

    private Verdict temporary(TemporaryToken temporary, Passcode code) {
        if (isOver(temporary)) {
            return notCounted(Reason.OVER);
        }
        List<Long> found = unused(temporary, code);
        if (found.isEmpty()) {
            return notFound(code, Reason.NO_MATCH);
        }
        NavigableSet<Long> left = new TreeSet<>(temporary.unused());
        left.remove(found.getFirst());
        return new Accepted(new TemporaryToken(
                temporary.metadata(),
                temporary.failureState().succeeded(now, found.getFirst()),
                left,
                temporary.validUntil()));
    }

    private boolean isOver(TemporaryToken temporary) {
        return !now.isBefore(temporary.validUntil()) || temporary.failureState().isRestored();
    }

    private List<Long> unused(TemporaryToken temporary, Passcode code) {
        return codes.findAll(code, TemporaryCodes.WINDOW).stream()
                .filter(temporary.unused()::contains)
                .toList();
    }

    /** Whether one code would suffice, were the token not locked. */
    private boolean isNear(Passcode code) {
        return switch (token) {
            case TemporaryToken temporary ->
                !isOver(temporary) && !unused(temporary, code).isEmpty();
            case Token fob ->
                codes.find(code, CodePositions.of(fob, windows, now).near()).isPresent();
        };
    }

    private Verdict needsNext(List<Long> factors) {
        FailureState waiting = token.failureState().waits(factors, line, lockout, now);
        return waiting.isLocked(now) ? rejected(Reason.LIMIT_REACHED) : new NeedsNext(token.with(waiting));
    }

    private Verdict rejected(Reason reason) {
        FailureState failed = token.failureState().failed(line, lockout, now);
        return new Rejected(token.with(failed), reason, Math.max(0, lockout.limit() - failed.failures()));
    }

    private Verdict used() {
        return notCounted(Reason.USED);
    }

    /** What is left to try is said as if it were counted, but at the limit, which it does not reach. */
    private Verdict notCounted(Reason reason) {
        return new Rejected(
                token,
                reason,
                Math.max(1, lockout.limit() - token.failureState().failures() - 1));
    }

    private Verdict locked(boolean fits) {
        FailureState failureState = token.failureState();
        @Nullable Instant until = failureState.isLockedForGood() ? null : failureState.lockedUntil();
        return new Locked(token, until, fits);
    }
}
