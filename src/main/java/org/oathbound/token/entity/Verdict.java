package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What judging a code yields, with the token as it shall stand from now on. */
public sealed interface Verdict {

    /** The code is right, and no good any more. */
    record Accepted(Token advanced) implements Verdict {}

    /** The code is right but does not suffice: the one that directly follows completes it. Counts as a failure. */
    record NeedsNext(Token waiting) implements Verdict {}

    /**
     * The code is not accepted.
     *
     * @param counted the same token as before where the reason {@linkplain Reason#isCounted does not count}
     * @param attemptsRemaining how many codes more may be wrong before the token is locked
     */
    record Rejected(Token counted, Reason reason, int attemptsRemaining) implements Verdict {}

    /**
     * Nothing was judged, for the token is locked; nothing is counted or stored.
     *
     * @param until when codes are judged again; null when an administrator has to unlock it
     * @param fits whether the code would be accepted by itself, were it not locked; no client may learn of it
     */
    record Locked(Token token, @Nullable Instant until, boolean fits) implements Verdict {

        /** Whether it ends, and later than that. */
        public boolean outlasts(Duration time, Instant now) {
            return until != null && until.isAfter(now.plus(time));
        }
    }

    /** Why a code is not accepted; for the audit, never for the client. */
    enum Reason {
        /** It is wrong, or outside of the window, or was used before the last few that were accepted. */
        NO_MATCH,
        /** It is one of the last that were accepted. Not counted: whoever repeats a line guesses nothing. */
        USED,
        /** It is right, but one too many had failed for it to wait for the next. */
        LIMIT_REACHED,
        /**
         * The token is lost, its validity has not begun or is over, or a restore made a temporary one's codes doubtful. Not
         * counted.
         */
        OVER,
        /** The last accepted time step lies ahead of every window: the clock was forward then, or is back now. */
        AHEAD_OF_CLOCK;

        /** Whether it is one failure more. */
        public boolean isCounted() {
            return this != USED && this != OVER;
        }
    }
}
