package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.environment.Settings;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.Judge;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.StoredToken;
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
 * Verifies codes, for every interface: load, judge, store, answer. A judgement is one compare-and-set on the token's
 * entry; when another writer was faster, the code is judged again by the new entry. When the write fails, or its
 * outcome is unknown, there is no verdict: {@link Problem.Unavailable}, for a right code as for a wrong one.
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
     * Verifies a code of the token that serves a device. One read and one write, unless another request changes the
     * token meanwhile.
     *
     * @throws Problem.NotFound when there is no such token, or it does not serve that device
     */
    public Verdict verify(Environment environment, TokenId token, UUID device, Passcode code, Purpose purpose) {
        return settle(Question.of(environment, token, device, code, purpose), Optional::empty);
    }

    /** The same with a token that was read a moment ago: one write. */
    public Verdict verify(Environment environment, StoredToken read, UUID device, Passcode code, Purpose purpose) {
        Question question = Question.of(environment, read.token().metadata().id(), device, code, purpose);
        return settle(question, () -> stored(read.entry(), judge(question, read)));
    }

    /**
     * Judges a code of a token that was read a moment ago, and stores nothing.
     *
     * @param person who has typed the line that the code stands in
     */
    public Foreseen foresee(
            Environment environment, StoredToken read, UUID device, UUID person, Passcode code, Purpose purpose) {
        Question question = Question.of(environment, read.token().metadata().id(), device, code, purpose)
                .inLineOf(person);
        Instant now = clock.instant();
        return new Foreseen(question, read.entry(), judge(question, read), now);
    }

    /**
     * Stores what was foreseen, and counts it. Where the token has changed since, or 5 seconds are over, it is judged again, on what
     * is there now.
     *
     * @throws Problem.NotFound when the token is gone, or does not serve that device any more
     */
    public Verdict verify(Foreseen foreseen) {
        return settle(
                foreseen.question(),
                () -> foreseen.isFresh(clock.instant())
                        ? stored(foreseen.seen(), foreseen.verdict())
                        : Optional.empty());
    }

    /**
     * Takes the first or the second of two consecutive codes, to correct what is stored of a fob.
     *
     * @param whose whether this is a token that the caller means
     * @throws Problem.NotFound when there is no such token
     */
    public Verdict resynchronise(Environment environment, TokenId token, Predicate<Metadata> whose, Passcode code) {
        return settle(
                new Question(
                        environment, token, fob(whose), Purpose.RESYNCHRONISATION, null, judge -> judge.judge(code)),
                Optional::empty);
    }

    /** The same with two consecutive codes at once. */
    public Verdict resynchronise(
            Environment environment, TokenId token, Predicate<Metadata> whose, Passcode first, Passcode second) {
        return settle(
                new Question(
                        environment,
                        token,
                        fob(whose),
                        Purpose.RESYNCHRONISATION,
                        null,
                        judge -> judge.judge(first, second)),
                Optional::empty);
    }

    /**
     * The same of a TOTP fob whose clock is further away than what is learned may be.
     *
     * @param base the token's time less the server's, in time steps: what is learned from now on stays near it
     * @throws Problem.InvalidData when the token has no clock
     */
    public Verdict resynchronise(
            Environment environment,
            TokenId token,
            Predicate<Metadata> whose,
            Passcode first,
            Passcode second,
            int base) {
        return settle(
                new Question(
                        environment,
                        token,
                        fob(whose),
                        Purpose.RESYNCHRONISATION,
                        null,
                        judge -> judge.judge(first, second, base)),
                Optional::empty);
    }

    /**
     * The line is written before the client learns of the verdict.
     *
     * @param first stores a judgement of the token as it was read before; empty when that does not stand
     */
    private Verdict settle(Question question, Supplier<Optional<Verdict>> first) {
        Verdict verdict;
        try {
            verdict = first.get()
                    .orElseGet(() -> Contention.settle(() -> {
                        StoredToken seen = read(question);
                        return stored(seen.entry(), judge(question, seen));
                    }));
        } catch (Problem.Corrupt | Problem.Unavailable e) {
            audit.record(Judgement.none(question.environment(), question.token(), e));
            throw e;
        }
        audit.record(Judgement.of(question.environment(), question.token(), question.whose(), verdict));
        warn(question.token(), verdict);
        return verdict;
    }

    private StoredToken read(Question question) {
        ReadOnlyEntry entry = directory
                .read(question.dn())
                .filter(found -> !TokenEntry.isRevoked(found))
                .orElseThrow(() -> Tokens.unknown(question.token()));
        return new StoredToken(entry, lifecycle.token(question.environment(), question.dn(), entry));
    }

    private Verdict judge(Question question, StoredToken seen) {
        Token token = seen.token();
        if (!question.whose().test(token.metadata())) {
            throw Tokens.unknown(question.token());
        }
        Settings inForce = settings.of(question.environment());
        return question.judgement()
                .apply(new Judge(
                        token,
                        lifecycle.secret(question.environment(), question.dn(), seen.entry()),
                        Windows.of(token, inForce, question.purpose()),
                        lockout(token, inForce),
                        GeneralizedTime.now(clock),
                        question.line()));
    }

    /** Takes back what typed lines of the person have counted on a token; false where that was nothing. */
    public boolean takeBack(Environment environment, TokenId id, UUID person) {
        return Contention.settle(() -> {
            DN dn = TokenEntry.dn(environment, id);
            Optional<ReadOnlyEntry> seen = directory.read(dn).filter(found -> !TokenEntry.isRevoked(found));
            if (seen.isEmpty()) {
                return Optional.of(false);
            }
            Token token = lifecycle.token(environment, dn, seen.get());
            FailureState before = token.failureState();
            FailureState after = before.takenBack(person, lockout(token, settings.of(environment)));
            boolean isSame = after.equals(before);
            return isSame || directory.modifyIfUnchanged(seen.get(), MovingValues.with(seen.get(), token.with(after)))
                    ? Optional.of(!isSame)
                    : Optional.empty();
        });
    }

    /** A clock that jumped can make a token unusable for long, and its holder is not told why. */
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
