package org.oathbound.token.control;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

/** What the audit says of a code that was judged: everything but the code. */
final class Judgement {

    private Judgement() {}

    /**
     * The event of a verdict.
     *
     * @param whose says which token was meant; where that leaves one pairing, the event names its person and device
     */
    static AuditEvent of(Environment environment, TokenId id, Predicate<Metadata> whose, Verdict verdict) {
        AuditEvent event = event(environment, id, outcome(verdict));
        if (verdict instanceof Rejected rejected) {
            event = event.reason(rejected.reason().name());
        }
        Pairing pairing = pairing(token(verdict).metadata(), whose);
        return pairing == null ? event : event.person(pairing.person()).device(pairing.device());
    }

    /** The event of an attempt that came to no verdict. */
    static AuditEvent none(Environment environment, TokenId id, Problem problem) {
        String reason = problem instanceof Problem.Corrupt ? "CORRUPT" : "UNAVAILABLE";
        return event(environment, id, Outcome.FAILURE).reason(reason);
    }

    private static AuditEvent event(Environment environment, TokenId id, Outcome outcome) {
        return new AuditEvent(Action.OATH_TOKEN_VERIFY, outcome)
                .in(environment.id())
                .object(id);
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case Accepted accepted -> Outcome.ACCEPTED;
            case NeedsNext needsNext -> Outcome.NEEDS_NEXT;
            case Rejected rejected -> Outcome.REJECTED;
            case Locked locked -> Outcome.LOCKED;
        };
    }

    private static Token token(Verdict verdict) {
        return switch (verdict) {
            case Accepted(Token advanced) -> advanced;
            case NeedsNext(Token waiting) -> waiting;
            case Rejected rejected -> rejected.counted();
            case Locked locked -> locked.token();
        };
    }

    /** A fob may be shared: then only the predicate knows which of its people is meant. */
    private static @Nullable Pairing pairing(Metadata metadata, Predicate<Metadata> whose) {
        List<Pairing> meant = metadata.pairings().stream()
                .filter(pairing -> whose.test(metadata.with(pairing)))
                .toList();
        return meant.size() == 1 ? meant.getFirst() : null;
    }
}
