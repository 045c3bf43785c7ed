package org.oathbound.token.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Duration;
import java.time.Instant;
import org.oathbound.token.entity.Verdict;

/**
 * A judgement that was made and is not stored yet: nothing is counted, so it must not reach a client. It shows which of several
 * devices a code is to be verified with.
 */
public final class Foreseen {

    private static final Duration FRESH_FOR = Duration.ofSeconds(5);

    private final Question question;
    private final ReadOnlyEntry seen;
    private final Verdict verdict;
    private final Instant at;

    Foreseen(Question question, ReadOnlyEntry seen, Verdict verdict, Instant at) {
        this.question = question;
        this.seen = seen;
        this.verdict = verdict;
        this.at = at;
    }

    public Verdict verdict() {
        return verdict;
    }

    Question question() {
        return question;
    }

    ReadOnlyEntry seen() {
        return seen;
    }

    boolean isFresh(Instant now) {
        return !now.isBefore(at) && now.isBefore(at.plus(FRESH_FOR));
    }
}
