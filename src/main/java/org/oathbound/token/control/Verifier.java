package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Contention;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.environment.Settings;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Judge;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;
import org.oathbound.token.entity.Windows;

/**
 * Verifies codes, for every interface: load, judge, store, answer. A judgement is one compare-and-set on the token's entry, and
 * whoever loses it to another judges again on what is there then. When the write can't be made, or is not known to have
 * been, there is no verdict: {@link Problem.Unavailable}, for a right code as for a wrong one.
 */
@ApplicationScoped
public class Verifier {

    private static final Logger LOG = System.getLogger(Verifier.class.getName());

    private final Directory directory;
    private final TokenLifecycle lifecycle;
    private final CurrentSettings settings;
    private final Audit audit;
    private final Clock clock;

    @Inject
    public Verifier(Directory directory, TokenLifecycle lifecycle, CurrentSettings settings, Audit audit, Clock clock) {
        this.directory = directory;
        this.lifecycle = lifecycle;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Verifies a code of the token that serves a device. One read and one write, where nobody else is at that token.
     *
     * @throws Problem.NotFound when there is no such token, or it does not serve that device
     */
    public Verdict verify(Environment environment, TokenId token, UUID device, Passcode code, Purpose purpose) {
        return settle(environment, token, metadata -> metadata.serves(device), purpose, judge -> judge.judge(code));
    }

    /**
     * What {@link #verify} would say now. Nothing is stored or counted by it, so nobody may learn of it: it only shows which
     * of several devices a code is to be verified with.
     */
    public Verdict foresee(Environment environment, TokenId token, UUID device, Passcode code, Purpose purpose) {
        Predicate<Metadata> whose = metadata -> metadata.serves(device);
        return judge(environment, token, read(environment, token), whose, purpose)
                .judge(code);
    }

    /**
     * Takes the first or the second of two consecutive codes, to correct what is stored of a fob.
     *
     * @param whose whether this is a token that the caller means
     * @throws Problem.NotFound when there is no such token
     */
    public Verdict resynchronise(Environment environment, TokenId token, Predicate<Metadata> whose, Passcode code) {
        return settle(environment, token, fob(whose), Purpose.RESYNCHRONISATION, judge -> judge.judge(code));
    }

    /** The same with two consecutive codes at once. */
    public Verdict resynchronise(
            Environment environment, TokenId token, Predicate<Metadata> whose, Passcode first, Passcode second) {
        return settle(environment, token, fob(whose), Purpose.RESYNCHRONISATION, judge -> judge.judge(first, second));
    }

    /** The line is written before anybody learns of the verdict. */
    private Verdict settle(
            Environment environment,
            TokenId id,
            Predicate<Metadata> whose,
            Purpose purpose,
            Function<Judge, Verdict> judgement) {
        Verdict verdict;
        try {
            verdict = judged(environment, id, whose, purpose, judgement);
        } catch (Problem.Corrupt | Problem.Unavailable e) {
            audit.record(Judgement.none(environment, id, e));
            throw e;
        }
        audit.record(Judgement.of(environment, id, whose, verdict));
        warn(id, verdict);
        return verdict;
    }

    private Verdict judged(
            Environment environment,
            TokenId id,
            Predicate<Metadata> whose,
            Purpose purpose,
            Function<Judge, Verdict> judgement) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen = read(environment, id);
            return stored(seen, judgement.apply(judge(environment, id, seen, whose, purpose)));
        });
    }

    private ReadOnlyEntry read(Environment environment, TokenId id) {
        return directory
                .read(TokenEntry.dn(environment, id))
                .filter(entry -> !TokenEntry.isRevoked(entry))
                .orElseThrow(() -> Tokens.unknown(id));
    }

    private Judge judge(
            Environment environment, TokenId id, ReadOnlyEntry seen, Predicate<Metadata> whose, Purpose purpose) {
        DN dn = TokenEntry.dn(environment, id);
        Token token = lifecycle.token(environment, dn, seen);
        if (!whose.test(token.metadata())) {
            throw Tokens.unknown(id);
        }
        Settings inForce = settings.of(environment);
        return new Judge(
                token,
                lifecycle.secret(environment, dn, seen),
                Windows.of(token, inForce, purpose),
                lockout(token, inForce),
                GeneralizedTime.now(clock));
    }

    /** A clock that jumped can leave a token useless for long, and whoever holds it is not told why. */
    private void warn(TokenId id, Verdict verdict) {
        if (verdict instanceof Rejected rejected && rejected.reason() == Reason.AHEAD_OF_CLOCK) {
            LOG.log(
                    Level.WARNING,
                    "The codes of {0} count as used up to a time that is still to come: this clock was forward then, or is"
                            + " back now. It accepts none before that time; docs/operations.md says what to do.",
                    id);
        } else if (verdict instanceof Locked locked
                && locked.outlasts(Lockout.LONGEST_COOL_DOWN, GeneralizedTime.now(clock))) {
            LOG.log(
                    Level.WARNING,
                    "The token {0} is locked for longer than any cool-down takes: this clock was forward then, or is back"
                            + " now. It can be unlocked; docs/operations.md says more.",
                    id);
        }
    }

    /** Empty when another writer was faster. */
    private Optional<Verdict> stored(ReadOnlyEntry seen, Verdict verdict) {
        return judged(verdict)
                        .map(token -> directory.modifyIfUnchanged(seen, MovingValues.with(seen, token)))
                        .orElse(true)
                ? Optional.of(verdict)
                : Optional.empty();
    }

    private static Optional<Token> judged(Verdict verdict) {
        return switch (verdict) {
            case Accepted(Token advanced) -> Optional.of(advanced);
            case NeedsNext(Token waiting) -> Optional.of(waiting);
            case Rejected rejected -> Optional.of(rejected.counted());
            case Locked locked -> Optional.empty(); // nothing was judged
        };
    }

    private static Lockout lockout(Token token, Settings settings) {
        return token.metadata().use() == Use.APP ? settings.apps() : settings.fobs();
    }

    private static Predicate<Metadata> fob(Predicate<Metadata> whose) {
        return whose.and(metadata -> metadata.use() == Use.FOB);
    }
}
