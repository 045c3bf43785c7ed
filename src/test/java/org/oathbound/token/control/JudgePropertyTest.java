package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.control.JudgeModel.Kind;
import org.oathbound.token.control.JudgeModel.Outcome;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.FailureState.Waiting;
import org.oathbound.token.entity.Judge;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;
import org.oathbound.token.entity.Windows;
import org.oathbound.token.entity.Windows.Codes;

/**
 * Random lives of tokens. {@code -Djudge.seed=…} lives one of them again, the one that a failure has named.
 */
@DisplayName("Whatever comes, nothing goes back, nothing is accepted twice, and nothing is refused without a reason")
@Tag("slow")
class JudgePropertyTest {

    private static final int LIVES = 1_000;
    private static final int EVENTS = 60;
    private static final List<Codes> CODES = List.of(Codes.values());
    private static final SharedSecret SECRET = SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA");
    private static final Instant BIRTH = Instant.parse("2026-11-22T12:00:10Z");

    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void inEveryLife(Kind kind) {
        Codebook codes = new Codebook(kind == Kind.TEMPORARY ? 8 : 6);
        Long wanted = Long.getLong("judge.seed");
        if (wanted != null) {
            new Life(kind, wanted, codes).run();
            return;
        }
        long seed = System.nanoTime();
        for (int i = 0; i < LIVES; i++) {
            new Life(kind, seed + i, codes).run();
        }
        for (Outcome outcome : Outcome.values()) {
            boolean possible = kind != Kind.TEMPORARY || outcome != Outcome.NEEDS_NEXT;
            assertThat(outcomes.getOrDefault(outcome, 0))
                    .as("%s among %s", outcome, outcomes)
                    .isGreaterThanOrEqualTo(possible ? LIVES : 0);
        }
    }

    /** The codes of the one secret. */
    private static final class Codebook {

        private final Hotp hotp;
        private final int digits;
        private final Map<Long, String> known = new HashMap<>();

        Codebook(int digits) {
            this.digits = digits;
            this.hotp = new Hotp(SECRET, HashAlgorithm.SHA_1, digits);
        }

        String at(long factor) {
            return known.computeIfAbsent(factor, one -> hotp.generate(one).text());
        }

        String random(Random random) {
            int value = random.nextInt(digits == 8 ? 100_000_000 : 1_000_000);
            return ("%0" + digits + "d").formatted(value);
        }
    }

    /** One token, its owner, and everything else that happens. */
    private final class Life {

        private final long seed;
        private final Random random;
        private final Kind kind;
        private final Codebook codes;
        private final JudgeModel model;
        private final Set<Long> accepted = new HashSet<>();
        private final List<String> sent = new ArrayList<>();
        private final int timeStep;
        private final int base;
        private Instant now = BIRTH;
        private Entry entry;
        private Token token;
        private Duration fast;
        private long pressed;

        Life(Kind kind, long seed, Codebook codes) {
            this.kind = kind;
            this.seed = seed;
            this.random = new Random(seed);
            this.codes = codes;
            this.timeStep = random.nextBoolean() ? 30 : 60;
            long counter = random.nextInt(100);
            this.pressed = counter - 1;
            Validity validity = validity();
            this.base = kind == Kind.TOTP && chance(30) ? random.nextInt(-5_000, 5_000) : 0;
            this.entry = begin(kind, counter, new TimeStep(timeStep, -1, base), validity);
            int drift = base
                    + (kind == Kind.TOTP && chance(30)
                            ? (random.nextBoolean() ? 1 : -1) * (57 + random.nextInt(4))
                            : 0);
            entry.setAttribute(Schema.TOTP_DRIFT, Integer.toString(drift));
            this.fast = Duration.ofSeconds((long) timeStep * drift);
            this.token = TokenEntry.token(entry);
            long used = kind == Kind.TOTP ? -1 : counter - 1;
            this.model = new JudgeModel(kind, used, timeStep, validity, base, codes::at);
            model.drift = drift;
            if (token instanceof TemporaryToken temporary) {
                model.unused.addAll(temporary.unused());
            }
        }

        private Validity validity() {
            if (kind == Kind.TEMPORARY) {
                return new Validity(null, now.plusSeconds(random.nextInt(10_000)));
            }
            return new Validity(
                    chance(20) ? now.plusSeconds(random.nextInt(1_000)) : null,
                    chance(20) ? now.plusSeconds(random.nextInt(10_000, 40_000)) : null);
        }

        void run() {
            try {
                for (int i = 0; i < EVENTS; i++) {
                    live();
                    attempt();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("In a life as %s, -Djudge.seed=%d".formatted(kind, seed), e);
            }
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private void live() {
            now = now.plusMillis(random.nextInt(90_000));
            if (chance(10)) {
                now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            }
            if (chance(3)) {
                now = now.plus(Duration.ofSeconds(random.nextInt(-3_000, 3_000)));
            }
            if (chance(1)) {
                now = now.plus(Duration.ofHours(random.nextInt(-100, 100)));
            }
            if (chance(5)) {
                driftOff();
            }
            if (chance(15)) {
                token = TokenEntry.token(entry); // a restart
            }
            if (chance(3)) {
                store(token.with(token.failureState().unlocked()));
                model.unlock();
            }
            if (chance(kind == Kind.TEMPORARY ? 0 : 2) || chance(1)) {
                restore();
            }
            if (kind != Kind.TEMPORARY && chance(model.lost ? 20 : 2)) {
                loseOrFind();
            }
            assertThat(state()).isEqualTo(expected());
        }

        private void loseOrFind() {
            model.lost = !model.lost;
            Attributes.put(entry, Schema.LOST_AT, model.lost ? now : null);
            token = TokenEntry.token(entry);
        }

        /** The owner's device goes wrong, as far as a little more than is allowed. */
        private void driftOff() {
            int steps = (int) (fast.toSeconds() / timeStep) + random.nextInt(-3, 4);
            fast = Duration.ofSeconds((long) timeStep * Math.max(base - 63, Math.min(base + 63, steps)));
        }

        private void restore() {
            entry.setAttribute(Schema.RESTORED_AT, GeneralizedTime.of(now));
            entry.removeAttribute(Schema.WAITING);
            token = TokenEntry.token(entry);
            model.restore(now);
        }

        private void store(Token changed) {
            entry = MovingValues.with(entry, changed);
            assertThat(TokenEntry.token(entry)).isEqualTo(changed);
            token = changed;
        }

        private void attempt() {
            int near = random.nextInt(4);
            Windows windows = new Windows(near, near + random.nextInt(30), CODES.get(random.nextInt(CODES.size())));
            Lockout lockout = new Lockout(1 + random.nextInt(12), Duration.ofSeconds(1 + random.nextInt(100)));
            Judge judge = new Judge(token, SECRET, windows, lockout, now);
            boolean twice = chance(6);
            if (twice) {
                long factor = press();
                String first = codes.at(factor);
                String second = chance(80) ? codes.at(factor + 1) : code();
                check(
                        judge.judge(passcode(first), passcode(second)),
                        model.judge(first, second, windows, lockout, now));
                pressed = Math.max(pressed, factor + 1);
                sent.add(second);
            } else {
                boolean owners = chance(65);
                long factor = press();
                String code = owners ? codes.at(factor) : code();
                boolean suffices = owners && suffices(factor, windows);
                Verdict verdict = judge.judge(passcode(code));
                if (verdict instanceof Locked locked) {
                    assertThat(locked.fits()).isEqualTo(model.fits(code, windows, now));
                }
                Outcome outcome = check(verdict, model.judge(code, windows, lockout, now));
                if (suffices) {
                    assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
                }
                sent.add(code);
            }
        }

        /** A code of the owner's device that is close by, new, and wanted alone: no rule stands against it. */
        private boolean suffices(long factor, Windows windows) {
            if (model.isLocked(now)
                    || model.restoredAt != null
                    || model.lost
                    || !token.metadata().validity().includes(now)) {
                return false;
            }
            if (token instanceof TemporaryToken temporary) {
                return temporary.unused().contains(factor) && now.isBefore(temporary.validUntil());
            }
            boolean isNew = factor > model.used;
            return isNew
                    && windows.codes() != Codes.TWO
                    && model.near(windows, now).anyMatch(one -> one == factor);
        }

        /** What the owner's device shows. */
        private long press() {
            if (kind == Kind.TOTP) {
                return Math.floorDiv(now.plus(fast).getEpochSecond(), timeStep);
            } else if (kind == Kind.TEMPORARY) {
                return random.nextInt(10);
            }
            pressed += chance(80) ? 1 : 1 + random.nextInt(chance(80) ? 4 : 35);
            return pressed;
        }

        /** What somebody else sends. */
        private String code() {
            if (!sent.isEmpty() && chance(50)) {
                return sent.get(random.nextInt(sent.size()));
            }
            return chance(50) ? codes.random(random) : codes.at(Math.max(0, press() + random.nextInt(-40, 40)));
        }

        private Outcome check(Verdict verdict, Outcome wanted) {
            long before = moved(token);
            NavigableSet<Long> unused = unused(token);
            int drift = drift(token);
            Outcome outcome = outcome(verdict);
            outcomes.merge(outcome, 1, Integer::sum);
            assertThat(outcome).isEqualTo(wanted);
            Token after = stored(verdict);
            if (verdict instanceof Locked) {
                assertThat(after).isEqualTo(token);
            } else {
                store(after);
            }
            assertThat(state()).isEqualTo(expected());

            assertThat(moved(token)).isGreaterThanOrEqualTo(before);
            assertThat(unused).containsAll(unused(token));
            assertThat(drift(token)).isBetween(base - 60, base + 60);
            if (outcome == Outcome.ACCEPTED) {
                assertThat(token.failureState().failures()).isZero();
                unused.removeAll(unused(token));
                long factor = kind == Kind.TEMPORARY ? unused.first() : moved(token);
                assertThat(accepted.add(factor))
                        .as("%d is accepted once", factor)
                        .isTrue();
            } else {
                assertThat(moved(token)).isEqualTo(before);
                assertThat(unused(token)).isEqualTo(unused);
                assertThat(drift(token)).isEqualTo(drift);
            }
            return outcome;
        }

        private List<@Nullable Object> state() {
            FailureState failureState = token.failureState();
            Waiting waiting = failureState.waiting();
            List<@Nullable Object> state = new ArrayList<>();
            state.add(moved(token));
            state.add(unused(token));
            state.add(drift(token));
            state.add(failureState.failures());
            state.add(failureState.lockedUntil());
            state.add(failureState.restoredAt());
            state.add(failureState.lastUsedAt());
            state.add(failureState.accepted());
            state.add(waiting == null ? new TreeSet<>() : new TreeSet<>(waiting.factors()));
            state.add(waiting == null ? null : waiting.since());
            return state;
        }

        private List<@Nullable Object> expected() {
            List<@Nullable Object> state = new ArrayList<>();
            state.add(kind == Kind.TEMPORARY ? -1 : model.used);
            state.add(model.unused);
            state.add(model.drift);
            state.add(model.failures);
            state.add(model.lockedUntil);
            state.add(model.restoredAt);
            state.add(model.lastUsedAt);
            state.add(List.copyOf(model.accepted));
            state.add(model.waiting);
            state.add(model.waitingSince);
            return state;
        }
    }

    private static long moved(Token token) {
        if (token instanceof HotpToken hotp) {
            return hotp.nextCounter() - 1;
        }
        return token instanceof TotpToken totp ? totp.lastStep() : -1;
    }

    private static int drift(Token token) {
        return token instanceof TotpToken totp ? totp.drift() : 0;
    }

    private static NavigableSet<Long> unused(Token token) {
        return token instanceof TemporaryToken temporary ? new TreeSet<>(temporary.unused()) : new TreeSet<>();
    }

    private static Outcome outcome(Verdict verdict) {
        if (verdict instanceof Accepted) {
            return Outcome.ACCEPTED;
        } else if (verdict instanceof NeedsNext) {
            return Outcome.NEEDS_NEXT;
        }
        if (verdict instanceof Rejected rejected) {
            return rejected.reason().isCounted() ? Outcome.REJECTED : Outcome.NOT_COUNTED;
        }
        return Outcome.LOCKED;
    }

    private static Token stored(Verdict verdict) {
        if (verdict instanceof Accepted accepted) {
            return accepted.advanced();
        } else if (verdict instanceof NeedsNext needsNext) {
            return needsNext.waiting();
        } else if (verdict instanceof Rejected rejected) {
            return rejected.counted();
        }
        return ((Locked) verdict).token();
    }

    private static Passcode passcode(String text) {
        return Passcode.parse(text).orElseThrow();
    }

    private static Entry begin(Kind kind, long counter, TimeStep timeStep, Validity validity) {
        Environment environment =
                new Environment(new UUID(0, 1), new DN(new RDN("dc", "example"), new DN(new RDN("dc", "com"))));
        SerialNumber serialNumber = new SerialNumber("1");
        NewToken token = new NewToken(
                serialNumber,
                SECRET,
                HashAlgorithm.SHA_1,
                kind == Kind.TEMPORARY ? 8 : 6,
                kind == Kind.TOTP ? timeStep : new Counter(counter),
                new NewToken.Label(null, null, null, null),
                kind == Kind.TEMPORARY ? Validity.ALWAYS : validity);
        Entry entry = TokenEntry.begin(
                TokenEntry.dn(environment, TokenId.of(environment.id(), serialNumber)),
                token,
                new TokenEntry.Secret("life", "sealed", "key"),
                kind == Kind.TOTP ? 0 : counter,
                null,
                BIRTH);
        if (kind == Kind.TEMPORARY) {
            entry.addAttribute(Schema.TOKEN_USE, Use.TEMPORARY.name());
            entry.addAttribute(Schema.EXPIRES_AT, GeneralizedTime.of(Objects.requireNonNull(validity.until())));
            Attributes.put(
                    entry,
                    Schema.UNUSED,
                    new TreeSet<>(LongStream.range(0, 10).boxed().toList()));
        }
        return entry;
    }
}
