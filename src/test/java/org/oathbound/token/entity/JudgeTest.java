package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.token.entity.TokenSamples.LOCKOUT;
import static org.oathbound.token.entity.TokenSamples.NOW;
import static org.oathbound.token.entity.TokenSamples.SECRET;
import static org.oathbound.token.entity.TokenSamples.STEP;
import static org.oathbound.token.entity.TokenSamples.code;
import static org.oathbound.token.entity.TokenSamples.hotp;
import static org.oathbound.token.entity.TokenSamples.longCode;
import static org.oathbound.token.entity.TokenSamples.restored;
import static org.oathbound.token.entity.TokenSamples.temporary;
import static org.oathbound.token.entity.TokenSamples.totp;
import static org.oathbound.token.entity.TokenSamples.wrong;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.environment.Lockout;
import org.oathbound.otp.Passcode;
import org.oathbound.token.entity.FailureState.Waiting;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;
import org.oathbound.token.entity.Windows.Codes;

class JudgeTest {

    private static final Windows ONE = new Windows(10, 100, Codes.ONE);
    private static final Windows HOTP = new Windows(10, 100, Codes.ONE_OR_TWO);
    private static final Windows TOTP = new Windows(2, 60, Codes.ONE_OR_TWO);
    private static final Windows RESYNC = new Windows(10, 100, Codes.TWO);
    private static final Windows TOTP_RESYNC = new Windows(2, 60, Codes.TWO);

    private static Verdict judge(Token token, Passcode code, Windows windows, Instant now) {
        return new Judge(token, SECRET, windows, LOCKOUT, now).judge(code);
    }

    private static Verdict judge(Token token, Passcode code, Windows windows) {
        return judge(token, code, windows, NOW);
    }

    private static Token accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Accepted.class);
        return ((Accepted) verdict).advanced();
    }

    private static Token waiting(Verdict verdict) {
        assertThat(verdict).isInstanceOf(NeedsNext.class);
        return ((NeedsNext) verdict).waiting();
    }

    private static Token rejected(Verdict verdict, Reason reason) {
        assertThat(verdict).isInstanceOf(Rejected.class);
        assertThat(((Rejected) verdict).reason()).isEqualTo(reason);
        return ((Rejected) verdict).counted();
    }

    private static Token rejected(Verdict verdict) {
        return rejected(verdict, Reason.NO_MATCH);
    }

    private static void used(Token token, Verdict verdict) {
        assertThat(rejected(verdict, Reason.USED)).isEqualTo(token);
    }

    private static long next(Token token) {
        return ((HotpToken) token).nextCounter();
    }

    private static TotpToken totpOf(Token token) {
        return (TotpToken) token;
    }

    @Nested
    @DisplayName("No code of a lost token is judged")
    class Lost {

        private final Token token = TokenSamples.lost(5);

        @Test
        void rightOnesAreOverAndNotCounted() {
            assertThat(rejected(judge(token, code(5), ONE), Reason.OVER)).isEqualTo(token);
            assertThat(rejected(judge(token, wrong(), ONE), Reason.OVER)).isEqualTo(token);
            Judge two = new Judge(token, SECRET, RESYNC, LOCKOUT, NOW);
            assertThat(rejected(two.judge(code(5), code(6)), Reason.OVER)).isEqualTo(token);
        }
    }

    @Nested
    @DisplayName("HOTP looks ahead only, by a window (RFC 4226 section 7.2)")
    class LookAhead {

        @ParameterizedTest
        @ValueSource(longs = {5, 6, 15})
        void acceptsWhatIsExpectedAndWhatIsALittleAhead(long counter) {
            assertThat(next(accepted(judge(hotp(5), code(counter), ONE)))).isEqualTo(counter + 1);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 4, 16})
        void refusesWhatWasUsedAndWhatIsFarAhead(long counter) {
            assertThat(next(rejected(judge(hotp(5), code(counter), ONE)))).isEqualTo(5);
        }

        @Test
        void acceptsNoCodeTwice() {
            Token after = accepted(judge(hotp(5), code(7), ONE));

            rejected(judge(after, code(5), ONE));
            rejected(judge(after, code(6), ONE));
            used(after, judge(after, code(7), ONE));
            accepted(judge(after, code(8), ONE));
        }

        @Test
        void countsNoneOfTheLastFiveThatWereAccepted() {
            Token token = hotp(5);
            for (long counter = 5; counter <= 10; counter++) {
                token = accepted(judge(token, code(counter), ONE));
            }
            assertThat(token.failureState().accepted()).containsExactly(6L, 7L, 8L, 9L, 10L);
            Token failed = rejected(judge(token, code(5), ONE));
            assertThat(failed.failureState().failures()).isEqualTo(1);
            for (long counter = 6; counter <= 10; counter++) {
                used(failed, judge(failed, code(counter), ONE));
            }
        }

        @Test
        void leavesWhatWaitsWhereAUsedOneComes() {
            Token waiting = waiting(judge(accepted(judge(hotp(5), code(5), ONE)), code(50), HOTP));
            used(waiting, judge(waiting, code(5), HOTP));
            accepted(judge(waiting, code(51), HOTP));
        }

        @Test
        void takesNoCodeOfAnotherLength() {
            rejected(judge(hotp(5), longCode(5), ONE));
        }

        @Test
        void remembersWhenItWasUsed() {
            assertThat(accepted(judge(hotp(5), code(5), ONE)).failureState())
                    .isEqualTo(new FailureState(0, null, null, null, NOW, List.of(5L), List.of()));
        }
    }

    @Nested
    @DisplayName("TOTP looks both ways around now and the drift, behind the last accepted step (RFC 6238 section 5.2)")
    class Steps {

        @ParameterizedTest
        @CsvSource({"0, -2", "0, 0", "0, 2", "7, 5", "7, 9", "-7, -9", "-7, -5"})
        void acceptsFromWindowToWindow(int drift, int offset) {
            assertThat(totpOf(accepted(judge(totp(-1, drift), code(STEP + offset), TOTP)))
                            .lastStep())
                    .isEqualTo(STEP + offset);
        }

        @ParameterizedTest
        @CsvSource({"0, -3", "0, 3", "7, 4", "7, 10", "-7, -10", "-7, -4"})
        void notASecondLonger(int drift, int offset) {
            rejected(judge(totp(-1, drift), code(STEP + offset), new Windows(2, 60, Codes.ONE)));
        }

        @ParameterizedTest
        @CsvSource({"2026-11-22T12:00:59.999Z, true", "2026-11-22T12:01:00Z, false"})
        void aStepsCodeEndsWithTheLastSecondOfItsWindow(Instant now, boolean good) {
            Verdict verdict = judge(totp(-1, 0), code(STEP - 1), TOTP, now);

            assertThat(verdict instanceof Accepted).isEqualTo(good);
        }

        @Test
        void afterAStepItAndEverythingBelowIsUsed() {
            Token after = accepted(judge(totp(-1, 0), code(STEP), TOTP));

            used(after, judge(after, code(STEP), TOTP));
            rejected(judge(after, code(STEP - 1), TOTP));
            accepted(judge(after, code(STEP + 1), TOTP));
        }

        @ParameterizedTest
        @CsvSource({"0, 2, 2", "0, -2, -1", "0, 0, 0", "5, 5, 5", "5, 7, 7", "60, 62, 60", "-60, -62, -60"})
        void driftIsTakenWholeFromAheadAndByOneStepFromBehindNeverPastSixty(int drift, int offset, int after) {
            assertThat(totpOf(accepted(judge(totp(-1, drift), code(STEP + offset), TOTP)))
                            .drift())
                    .isEqualTo(after);
        }

        @Test
        void saysSoWhenTheClockHasGoneBack() {
            Token used = totp(STEP + 1_000, 0);

            assertThat(rejected(judge(used, code(STEP), TOTP), Reason.AHEAD_OF_CLOCK))
                    .isInstanceOf(TotpToken.class);
            rejected(judge(totp(STEP + 59, 0), code(STEP), TOTP), Reason.NO_MATCH);
        }

        @ParameterizedTest
        @CsvSource({"30, 60, AHEAD_OF_CLOCK", "30, 59, NO_MATCH", "-30, 30, AHEAD_OF_CLOCK", "-30, 29, NO_MATCH"})
        void saysSoWhereNoWindowHasAStepLeft(int drift, int lastStep, Reason reason) {
            rejected(judge(totp(STEP + lastStep, drift), wrong(), TOTP), reason);
        }
    }

    @Nested
    @DisplayName("A right code far away waits for the one that directly follows (RFC 4226 section 7.4)")
    class FarAway {

        @Test
        void andIsCompletedByIt() {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            assertThat(next(waiting)).isEqualTo(5);
            assertThat(next(accepted(judge(waiting, code(46), HOTP)))).isEqualTo(47);
        }

        @Test
        void countsAsAFailureUntilThen() {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            assertThat(waiting.failureState().failures()).isEqualTo(1);
            assertThat(accepted(judge(waiting, code(46), HOTP)).failureState().failures())
                    .isZero();
        }

        @ParameterizedTest
        @ValueSource(longs = {44, 45, 47, 60, 4})
        void notByAnyOther(long counter) {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            Token counted = rejected(judge(waiting, code(counter), HOTP));

            assertThat(counted.failureState().waiting()).isNull();
            assertThat(counted.failureState().failures()).isEqualTo(2);
            assertThat(next(counted)).isEqualTo(5);
        }

        @Test
        void whileItWaitsACodeCloseBySuffices() {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            Token after = accepted(judge(waiting, code(6), HOTP));

            assertThat(next(after)).isEqualTo(7);
            assertThat(after.failureState().waiting()).isNull();
        }

        @ParameterizedTest
        @CsvSource({"PT4M59.999S, true", "PT5M, false"})
        void forFiveMinutes(Duration later, boolean good) {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            assertThat(judge(waiting, code(46), HOTP, NOW.plus(later)) instanceof Accepted)
                    .isEqualTo(good);
        }

        @ParameterizedTest
        @CsvSource({"PT4M59.999S, true", "PT5M, false"})
        void noLongerForAClockThatGoesBack(Duration back, boolean good) {
            Token waiting = waiting(judge(hotp(5), code(45), HOTP));

            assertThat(judge(waiting, code(46), HOTP, NOW.minus(back)) instanceof Accepted)
                    .isEqualTo(good);
        }

        @Test
        void isNotLookedForWhereTheCallerCanNotGoOn() {
            rejected(judge(hotp(5), code(45), ONE));
        }

        @Test
        void isFoundUpToTheEndOfItsWindow() {
            waiting(judge(hotp(5), code(105), HOTP));
            rejected(judge(hotp(5), code(106), HOTP));
        }

        @Test
        void theLastFailureBeforeALockWaitsForNothing() {
            Token twice = rejected(judge(rejected(judge(hotp(5), wrong(), HOTP)), wrong(), HOTP));

            Token locked = rejected(judge(twice, code(45), HOTP), Reason.LIMIT_REACHED);

            assertThat(locked.failureState().waiting()).isNull();
            assertThat(locked.failureState().isLocked(NOW)).isTrue();
        }

        @Test
        void ofTotpSetsTheDrift() {
            Token waiting = waiting(judge(totp(STEP, 0), code(STEP + 40), TOTP));

            TotpToken after = totpOf(accepted(judge(waiting, code(STEP + 41), TOTP, NOW.plusSeconds(30))));

            assertThat(after.drift()).isEqualTo(40);
            assertThat(after.lastStep()).isEqualTo(STEP + 41);
        }

        @Test
        void whoTypesTheSecondLateDoesNotSpoilTheDrift() {
            Token waiting = waiting(judge(totp(STEP, 0), code(STEP + 40), TOTP));

            TotpToken after = totpOf(accepted(judge(waiting, code(STEP + 41), TOTP, NOW.plusSeconds(240))));

            assertThat(after.drift()).isEqualTo(40);
        }

        @Test
        void ofTotpIsNeverFurtherThanSixtySteps() {
            waiting(judge(totp(-1, 30), code(STEP + 60), TOTP));
            rejected(judge(totp(-1, 30), code(STEP + 61), TOTP));
            waiting(judge(totp(-1, -30), code(STEP - 60), TOTP));
            rejected(judge(totp(-1, -30), code(STEP - 61), TOTP));
        }

        @Test
        void sameDigitsAtTwoCountersAreBothRemembered() {
            long[] twins = twins();
            Windows windows = new Windows(0, (int) twins[1] + 1, Codes.ONE_OR_TWO);
            Judge first = new Judge(hotp(0), SECRET, windows, LOCKOUT, NOW);

            Token waiting = waiting(first.judge(code(twins[0])));

            assertThat(waiting.failureState().waiting()).isEqualTo(new Waiting(List.of(twins[0], twins[1]), NOW));
            assertThat(next(accepted(new Judge(waiting, SECRET, windows, LOCKOUT, NOW).judge(code(twins[1] + 1)))))
                    .isEqualTo(twins[1] + 2);
        }

        /** Two counters from 1 on with the same code, the nearest such. */
        private static long[] twins() {
            Map<String, Long> seen = new HashMap<>();
            for (long counter = 1; ; counter++) {
                Long before = seen.put(code(counter).text(), counter);
                if (before != null) {
                    return new long[] {before, counter};
                }
            }
        }
    }

    @Nested
    @DisplayName("Resynchronisation takes two codes in a row, wherever they are")
    class Resynchronisation {

        @Test
        void aFirstOneWaitsCloseByToo() {
            Token waiting = waiting(judge(hotp(5), code(5), RESYNC));

            assertThat(next(accepted(judge(waiting, code(6), RESYNC)))).isEqualTo(7);
        }

        @ParameterizedTest
        @ValueSource(longs = {5, 29, 30, 32, 50})
        void aSecondOneThatDoesNotFollowIsWrong(long counter) {
            Token waiting = waiting(judge(hotp(5), code(30), RESYNC));

            Token counted = rejected(judge(waiting, code(counter), RESYNC));

            assertThat(counted.failureState().waiting()).isNull();
            assertThat(counted.failureState().failures()).isEqualTo(2);
        }

        @ParameterizedTest
        @CsvSource({"60, 61", "60, 62", "-60, -61", "-60, -62"})
        void ofTotpAFirstOneWaitsCloseByAtTheEdgeOfTheDriftToo(int drift, int offset) {
            Token waiting = waiting(judge(totp(-1, drift), code(STEP + offset), TOTP_RESYNC));

            assertThat(totpOf(accepted(judge(waiting, code(STEP + offset + 1), TOTP_RESYNC)))
                            .drift())
                    .isEqualTo(drift);
        }

        @ParameterizedTest
        @CsvSource({"5, 6, true", "105, 106, true", "106, 107, false", "4, 5, false", "6, 5, false", "5, 7, false"})
        void twoAtOnceMustBothFit(long first, long second, boolean good) {
            Verdict verdict = new Judge(hotp(5), SECRET, RESYNC, LOCKOUT, NOW).judge(code(first), code(second));

            assertThat(verdict instanceof Accepted).isEqualTo(good);
            assertThat(next(good ? accepted(verdict) : rejected(verdict))).isEqualTo(good ? second + 1 : 5);
        }

        @Test
        void twoAtOnceThatDoNotFitAreOneFailure() {
            Verdict verdict = new Judge(hotp(5), SECRET, RESYNC, LOCKOUT, NOW).judge(code(5), code(7));

            assertThat(rejected(verdict).failureState().failures()).isEqualTo(1);
        }

        @Test
        void ofTotpNeverGoesBelowTheLastStep() {
            Token token = totp(STEP, 0);

            rejected(new Judge(token, SECRET, TOTP_RESYNC, LOCKOUT, NOW).judge(code(STEP - 1), code(STEP)));
            rejected(new Judge(token, SECRET, TOTP_RESYNC, LOCKOUT, NOW).judge(code(STEP), code(STEP + 1)));
            TotpToken after = totpOf(accepted(
                    new Judge(token, SECRET, TOTP_RESYNC, LOCKOUT, NOW).judge(code(STEP + 20), code(STEP + 21))));
            assertThat(after.drift()).isEqualTo(21);
        }

        @Test
        void aClockThatIsHoursAwayIsFoundWhereItIsSaidToBe() {
            long hours = STEP + 960;
            rejected(judgeBoth(totp(-1, 0), hours, null));
            rejected(judgeBoth(totp(-1, 0), hours, -960));

            TotpToken after = totpOf(accepted(judgeBoth(totp(-1, 0), hours, 950)));

            assertThat(after.base()).isEqualTo(950);
            assertThat(after.drift()).isEqualTo(961);
            accepted(judge(after, code(hours + 2), TOTP));
        }

        @Test
        void whatItShowedBeforeItsLastUseOrBeforeItCameInIsRefusedWhereverItsClockIsSaidToBe() {
            rejected(judgeBoth(totp(STEP + 961, 0), STEP + 960, 960));
            rejected(judgeBoth(totp(-1, 0), STEP - 960, -960)); // It came in at STEP.
        }

        @Test
        void aCodeThatIsWrongWhereItsClockIsSaidToBeIsCountedAndMovesNothing() {
            Token counted = rejected(judgeBoth(totp(-1, 3), STEP, 960));

            assertThat(counted.failureState().failures()).isEqualTo(1);
            assertThat(totpOf(counted).base()).isZero();
            assertThat(totpOf(counted).drift()).isEqualTo(3);
        }

        private Verdict judgeBoth(Token token, long first, @Nullable Integer base) {
            Judge judge = new Judge(token, SECRET, TOTP_RESYNC, LOCKOUT, NOW);
            return base == null
                    ? judge.judge(code(first), code(first + 1))
                    : judge.judge(code(first), code(first + 1), base);
        }

        @Test
        void aLockedTokenIsNotJudged() {
            Token locked = locked(hotp(5));

            assertThat(new Judge(locked, SECRET, RESYNC, LOCKOUT, NOW).judge(code(5), code(6)))
                    .isInstanceOf(Locked.class);
        }
    }

    private static Token locked(Token token) {
        Token counted = token;
        for (int i = 0; i < LOCKOUT.limit(); i++) {
            counted = rejected(judge(counted, wrong(), ONE));
        }
        return counted;
    }

    @Nested
    @DisplayName("Failures in a row lead to cool-downs, each twice as long, and at the twentieth to a lock")
    class Failures {

        @Test
        void theyAreCountedDown() {
            Token token = hotp(5);
            for (int remaining = 2; remaining >= 0; remaining--) {
                Verdict verdict = judge(token, wrong(), ONE);
                assertThat(((Rejected) verdict).attemptsRemaining()).isEqualTo(remaining);
                token = rejected(verdict);
            }
        }

        @Test
        void whileItCoolsDownARightCodeIsNotJudged() {
            Token locked = locked(hotp(5));

            assertThat(judge(
                            locked,
                            code(5),
                            ONE,
                            NOW.plus(Duration.ofMinutes(2)).minusMillis(1)))
                    .isEqualTo(new Locked(locked, NOW.plus(Duration.ofMinutes(2)), true));
            accepted(judge(locked, code(5), ONE, NOW.plus(Duration.ofMinutes(2))));
        }

        @Test
        void eachFurtherOneCoolsDownTwiceAsLongUpToADay() {
            Token token = locked(hotp(5));
            Instant now = NOW;
            Duration coolDown = Duration.ofMinutes(2);
            for (int failures = 4; failures < FailureState.MAX_FAILURES; failures++) {
                now = now.plus(coolDown);
                coolDown = coolDown.multipliedBy(2).compareTo(Duration.ofHours(24)) < 0
                        ? coolDown.multipliedBy(2)
                        : Duration.ofHours(24);
                token = rejected(judge(token, wrong(), ONE, now));
                assertThat(token.failureState().lockedUntil()).isEqualTo(now.plus(coolDown));
            }
            assertThat(coolDown).isEqualTo(Duration.ofHours(24));
        }

        @Test
        void theTwentiethLocksForGood() {
            Token token = hotp(5).with(new FailureState(19, null, null, null, null, List.of(), List.of()));

            Token locked = rejected(judge(token, wrong(), ONE));

            assertThat(judge(locked, code(5), ONE, NOW.plus(Duration.ofDays(1_000))))
                    .isEqualTo(new Locked(locked, null, true));
            accepted(judge(locked.with(locked.failureState().unlocked()), code(5), ONE));
        }

        @Test
        void onlyASuccessEndsThem() {
            Token twice = rejected(judge(rejected(judge(hotp(5), wrong(), ONE)), wrong(), ONE));

            assertThat(rejected(judge(twice, wrong(), ONE, NOW.plus(Duration.ofDays(30))))
                            .failureState()
                            .failures())
                    .isEqualTo(3);
            assertThat(accepted(judge(twice, code(5), ONE)).failureState().failures())
                    .isZero();
        }

        @Test
        void aLimitOfOneLocksAtOnce() {
            Lockout strict = new Lockout(1, Duration.ofSeconds(30));

            Verdict verdict = new Judge(hotp(5), SECRET, ONE, strict, NOW).judge(wrong());

            assertThat(rejected(verdict).failureState().lockedUntil()).isEqualTo(NOW.plusSeconds(30));
        }
    }

    @Nested
    @DisplayName("After a restore one code never suffices")
    class Restored {

        private static final Instant RESTORED_AT = NOW.minus(Duration.ofHours(1));

        @Test
        void aRightCodeWaitsAtEveryInterface() {
            Token token = restored(hotp(5), RESTORED_AT);

            Token waiting = waiting(judge(token, code(5), ONE));
            Token after = accepted(judge(waiting, code(6), ONE));

            assertThat(next(after)).isEqualTo(7);
            assertThat(after.failureState().restoredAt()).isNull();
            accepted(judge(after, code(7), ONE));
        }

        @Test
        void notTheSameCodeTwiceAndNotTwoThatAreApart() {
            Token waiting = waiting(judge(restored(hotp(5), RESTORED_AT), code(5), ONE));

            rejected(judge(waiting, code(5), ONE));
            assertThat(waiting(judge(waiting, code(7), ONE)).failureState().restoredAt())
                    .isEqualTo(RESTORED_AT);
        }

        @Test
        void anotherRightCodeIsAFirstOneAgain() {
            Token waiting = waiting(judge(restored(hotp(5), RESTORED_AT), code(5), ONE));

            Token again = waiting(judge(waiting, code(50), ONE));

            assertThat(next(accepted(judge(again, code(51), ONE)))).isEqualTo(52);
        }

        @Test
        void failuresAndTheLockStay() {
            Token locked = locked(restored(hotp(5), RESTORED_AT));

            assertThat(judge(locked, code(5), ONE)).isInstanceOf(Locked.class);
            assertThat(locked.failureState().unlocked().restoredAt()).isEqualTo(RESTORED_AT);
        }

        @Test
        void timeStepsUpToThatMomentCountAsUsed() {
            Token token = restored(totp(-1, 0), NOW);

            rejected(judge(token, code(STEP), TOTP));
            rejected(judge(token, code(STEP + 2), TOTP));
            Token waiting = waiting(judge(token, code(STEP + 3), TOTP, NOW.plusSeconds(90)));
            accepted(judge(waiting, code(STEP + 4), TOTP, NOW.plusSeconds(120)));
        }

        @Test
        void ofATokenThatIsAheadAlsoThoseThatItCouldHaveShown() {
            Token token = restored(totp(-1, 10), NOW);

            rejected(judge(token, code(STEP + 12), TOTP));
            waiting(judge(token, code(STEP + 13), TOTP, NOW.plusSeconds(90)));
        }

        @Test
        void temporaryCodesAreOver() {
            rejected(judge(restored(temporary(0, 1), RESTORED_AT), longCode(0), ONE), Reason.OVER);
        }
    }

    @Nested
    @DisplayName("Temporary codes are good once each, in any order, until their time is over")
    class Temporary {

        @Test
        void eachOnceInAnyOrder() {
            Token left = accepted(judge(temporary(0, 1, 2), longCode(1), ONE));

            assertThat(((TemporaryToken) left).unused()).containsExactly(0L, 2L);
            used(left, judge(left, longCode(1), ONE));
            left = accepted(judge(left, longCode(2), ONE));
            left = accepted(judge(left, longCode(0), ONE));
            assertThat(((TemporaryToken) left).unused()).isEmpty();
            used(left, judge(left, longCode(0), ONE));
        }

        @Test
        void noneThatWasNotGiven() {
            rejected(judge(temporary(0, 1), longCode(2), HOTP));
        }

        @Test
        void deadAtTheirEnd() {
            Instant end = temporary(0).validUntil();

            accepted(judge(temporary(0), longCode(0), ONE, end.minusMillis(1)));
            rejected(judge(temporary(0), longCode(0), ONE, end), Reason.OVER);
        }

        @Test
        void wrongOnesLock() {
            assertThat(judge(locked(temporary(0)), longCode(0), ONE)).isInstanceOf(Locked.class);
        }

        @Test
        void areNotResynchronised() {
            rejected(new Judge(temporary(0, 1), SECRET, RESYNC, LOCKOUT, NOW).judge(longCode(0), longCode(1)));
        }
    }
}
