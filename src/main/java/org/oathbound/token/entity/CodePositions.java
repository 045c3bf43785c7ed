package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.Totp;
import org.oathbound.otp.Window;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Verdict.Reason;

/** Where a token's codes lie at one moment, and what it becomes when one of them is accepted. */
sealed interface CodePositions {

    /** What is still good, close by. */
    Window near();

    /** What is still good, at all. */
    Window far();

    /** The token after one code. */
    Token advanced(long factor);

    /**
     * The token after two codes in a row.
     *
     * @param factor that of the second
     * @param firstAt when the first came; null when both came now
     */
    Token resynchronised(long factor, @Nullable Instant firstAt);

    /** Why a code that is not found is not. */
    Reason reason();

    static CodePositions of(Token token, Windows windows, Instant now) {
        return switch (token) {
            case HotpToken hotp -> new Counters(hotp, windows, now);
            case TotpToken totp -> new Steps(totp, windows, now);
            case TemporaryToken temporary ->
                throw new IllegalArgumentException(
                        "The codes of " + temporary.metadata().id() + " have no order.");
        };
    }

    /** Counters: ahead only (RFC 4226 section 7.2). */
    record Counters(HotpToken token, Windows windows, Instant now) implements CodePositions {

        @Override
        public Window near() {
            return Window.ahead(token.nextCounter(), windows.near());
        }

        @Override
        public Window far() {
            return Window.ahead(token.nextCounter(), windows.far());
        }

        @Override
        public Token advanced(long factor) {
            return at(token.failureState().succeeded(now, factor), factor);
        }

        @Override
        public Token resynchronised(long factor, @Nullable Instant firstAt) {
            return at(token.failureState().succeeded(now, factor - 1, factor), factor);
        }

        private Token at(FailureState succeeded, long factor) {
            return new HotpToken(token.metadata(), succeeded, factor + 1);
        }

        @Override
        public Reason reason() {
            return Reason.NO_MATCH;
        }
    }

    /** Time steps: around the token's time (RFC 6238 section 5.2), and behind the last that was accepted. */
    record Steps(TotpToken token, Windows windows, Instant now) implements CodePositions {

        @Override
        public Window near() {
            return Window.around(time(), windows.near()).after(used());
        }

        @Override
        public Window far() {
            return reachable().after(used());
        }

        /** As far as the drift may go; what is close by is always in it. */
        private Window reachable() {
            Window close = Window.around(time(), windows.near());
            Window bounds = Window.around(step(now) + token.base(), TimeStep.MAX_LEARNED);
            return Window.around(time(), windows.far())
                    .within(new Window(Math.min(close.first(), bounds.first()), Math.max(close.last(), bounds.last())));
        }

        /**
         * A code is typed when it has been shown, never before: one from ahead proves how far ahead the token's clock is. One from
         * behind may have been typed late: one step.
         */
        @Override
        public Token advanced(long factor) {
            long drift = factor > time() ? factor - step(now) : token.drift() + Long.signum(factor - time());
            return at(token.failureState().succeeded(now, factor), factor, drift);
        }

        /** The larger difference is the closer one, for the same reason. */
        @Override
        public Token resynchronised(long factor, @Nullable Instant firstAt) {
            long drift = factor - step(now);
            return at(
                    token.failureState().succeeded(now, factor - 1, factor),
                    factor,
                    firstAt == null ? drift : Math.max(drift, factor - 1 - step(firstAt)));
        }

        @Override
        public Reason reason() {
            return used() >= reachable().last() ? Reason.AHEAD_OF_CLOCK : Reason.NO_MATCH;
        }

        private Token at(FailureState succeeded, long factor, long drift) {
            long learned = Math.clamp(drift - token.base(), -TimeStep.MAX_LEARNED, TimeStep.MAX_LEARNED);
            return new TotpToken(
                    token.metadata(),
                    succeeded,
                    token.timeStep(),
                    factor,
                    (int) (token.base() + learned),
                    token.base());
        }

        /** The last step that can't be used: after a restore, all that could have been accepted until then. */
        private long used() {
            Instant restoredAt = token.failureState().restoredAt();
            return restoredAt == null
                    ? token.lastStep()
                    : Math.max(token.lastStep(), step(restoredAt) + Math.max(0, (long) token.drift() + windows.near()));
        }

        private long time() {
            return step(now) + token.drift();
        }

        private long step(Instant instant) {
            return new Totp(Duration.ofSeconds(token.timeStep())).stepAt(instant);
        }
    }
}
