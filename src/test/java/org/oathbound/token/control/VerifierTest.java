package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.token.control.Verification.DEVICE;
import static org.oathbound.token.control.Verification.NOW;
import static org.oathbound.token.control.Verification.PERSON;
import static org.oathbound.token.control.Verification.SECRET;
import static org.oathbound.token.control.Verification.STEP;
import static org.oathbound.token.control.Verification.code;
import static org.oathbound.token.control.Verification.wrong;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.Settings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;

@Tag("slow")
class VerifierTest {

    @TempDir
    Path data;

    private Verification verification;

    @BeforeEach
    void start() {
        verification = new Verification(data);
    }

    @AfterEach
    void stop() {
        verification.close();
    }

    private TokenId hotp() {
        return verification.fob("1", new Counter(5));
    }

    private TokenId totp() {
        return verification.fob("2", new TimeStep(30));
    }

    private Verdict verify(TokenId id, Passcode code) {
        return verification.verify(id, code);
    }

    private void accept(TokenId id, Passcode code) {
        assertThat(verify(id, code)).isInstanceOf(Accepted.class);
    }

    private void reject(TokenId id, Passcode code) {
        assertThat(verify(id, code)).isInstanceOf(Rejected.class);
    }

    private TotpToken totpOf(TokenId id) {
        return (TotpToken) verification.token(id);
    }

    private Pairing pairing() {
        return new Pairing(PERSON, DEVICE, NOW);
    }

    @Nested
    @DisplayName("A code is accepted at most once, across restarts too")
    class OneUse {

        @Test
        void ofHotp() {
            TokenId id = hotp();
            accept(id, code(7));

            for (int restarts = 0; restarts < 2; restarts++) {
                verification.restart();
                assertThat(verification.nextCounter(id)).isEqualTo(8);
                reject(id, code(7 - restarts));
            }
            accept(id, code(8));
        }

        @Test
        void ofTotp() {
            TokenId id = totp();
            accept(id, code(STEP + 1));

            verification.restart();
            assertThat(totpOf(id).lastStep()).isEqualTo(STEP + 1);
            assertThat(totpOf(id).drift()).isEqualTo(1);
            reject(id, code(STEP + 1));
            reject(id, code(STEP));
            accept(id, code(STEP + 2));
        }

        @Test
        void theCodeThatActivatedCanNotSignOn() {
            TokenId id = hotp();
            assertThat(verification.verify(id, code(6), Purpose.ACTIVATION)).isInstanceOf(Accepted.class);

            reject(id, code(6));
            reject(id, code(5));
            accept(id, code(7));
        }

        @Test
        void theCodesOfAResynchronisationCanNotSignOn() {
            TokenId id = hotp();
            assertThat(verification
                            .verifier()
                            .resynchronise(verification.environment(), id, any -> true, code(40), code(41)))
                    .isInstanceOf(Accepted.class);

            reject(id, code(40));
            reject(id, code(41));
            accept(id, code(42));
        }

        @Test
        void whatWaitsIsStillWaitingAfterARestart() {
            TokenId id = hotp();
            assertThat(verify(id, code(45))).isInstanceOf(NeedsNext.class);

            verification.restart();

            assertThat(verification.nextCounter(id)).isEqualTo(5);
            accept(id, code(46));
            assertThat(verification.nextCounter(id)).isEqualTo(47);
        }

        /** The published sample: the code 40 ahead, then the next. */
        @Test
        void thePublishedSecretIsActivatedFarAhead() {
            TokenId id = verification.fob("2308734700397", SECRET, HashAlgorithm.SHA_1, 8, new Counter(456_789));

            assertThat(verification.verify(id, typed("70714254"), Purpose.ACTIVATION_WITH_RESYNC))
                    .isInstanceOf(NeedsNext.class);
            assertThat(verification.verify(id, typed("68079661"), Purpose.ACTIVATION_WITH_RESYNC))
                    .isInstanceOf(Accepted.class);
            reject(id, typed("70714254"));
            reject(id, typed("57107121"));
        }
    }

    private static Passcode typed(String text) {
        return Passcode.parse(text).orElseThrow();
    }

    @Nested
    @DisplayName("Each judgement is one read and one write, a compare-and-set of every moving value")
    class OneWrite {

        private void costs(int reads, int writes) {
            assertThat(verification.watch().reads()).isEqualTo(reads);
            assertThat(verification.watch().writes()).isEqualTo(writes);
            verification.watch().forget();
        }

        @Test
        void whateverItsVerdict() {
            TokenId id = hotp();
            verification.watch().forget();

            reject(id, wrong());
            costs(1, 1);
            assertThat(verify(id, code(45))).isInstanceOf(NeedsNext.class);
            costs(1, 1);
            accept(id, code(46));
            costs(1, 1);
            for (int i = 0; i < 3; i++) {
                reject(id, wrong());
                costs(1, 1);
            }
        }

        @Test
        void noneWhileItIsLocked() {
            TokenId id = hotp();
            lock(id);
            ReadOnlyEntry before = verification.entry(id);
            verification.watch().forget();

            assertThat(verify(id, code(5))).isInstanceOf(Locked.class);

            costs(1, 0);
            assertThat(verification.entry(id)).isEqualTo(before);
        }

        @Test
        void namesEveryOldValue() throws Exception {
            TokenId id = totp();
            // With a failure, something that waits and a lock that is over, so that there is a value of each.
            verification.lockout(2, Duration.ofSeconds(1));
            reject(id, wrong());
            reject(id, wrong());
            verification.clock.move(Duration.ofSeconds(1));
            verification.replaceUnseen(id, Schema.WAITING, "20261122120000.000Z " + (STEP + 40));
            for (Passcode code : List.of(wrong(), code(STEP))) {
                ReadOnlyEntry before = verification.entry(id);
                int judged = verification.modifications().size();

                verify(id, code);

                assertThat(verification.modifications()).hasSize(judged + 1);
                Modification[] judgement =
                        verification.modifications().get(judged).getModifications();
                assertThat(judgement).noneMatch(one -> one.getModificationType().equals(ModificationType.REPLACE));
                assertThat(judgement[0])
                        .isEqualTo(new Modification(
                                ModificationType.DELETE, Schema.REVISION, before.getAttributeValue(Schema.REVISION)));
                for (String moving : List.of(
                        Schema.REVISION,
                        Schema.TOTP_LAST_TIME_STEP,
                        Schema.TOTP_DRIFT,
                        Schema.FAILURE_COUNT,
                        Schema.LOCKED_UNTIL)) {
                    assertThat(judgement)
                            .contains(new Modification(
                                    ModificationType.DELETE, moving, before.getAttributeValue(moving)));
                }
                verification.clock.move(Duration.ofSeconds(2));
            }
            ReadOnlyEntry after = verification.entry(id);
            assertThat(after.hasAttribute(Schema.WAITING)).isFalse();
            assertThat(after.hasAttribute(Schema.LOCKED_UNTIL)).isFalse();
        }

        @Test
        void deletesOneTemporaryCodeByItsName() throws Exception {
            List<Passcode> codes = verification
                    .personalTokens()
                    .createTemporary(verification.environment(), pairing(), 3, NOW.plusSeconds(3600));

            accept(PersonalTokens.idFor(verification.environment(), DEVICE), codes.get(1));

            List<Modification> ofCodes = Arrays.stream(verification
                            .modifications()
                            .get(verification.modifications().size() - 1)
                            .getModifications())
                    .filter(one -> one.getAttributeName().equalsIgnoreCase(Schema.UNUSED))
                    .toList();
            assertThat(ofCodes).containsExactly(new Modification(ModificationType.DELETE, Schema.UNUSED, "1"));
        }

        @Test
        void whoIsOvertakenJudgesAgainOnWhatIsThereNow() {
            TokenId id = hotp();
            verification.watch().forget();
            verification.watch().overtakeNext(() -> accept(id, code(5)));

            reject(id, code(5));

            costs(3, 3);
            assertThat(verification.nextCounter(id)).isEqualTo(6);
            assertThat(verification.failureState(id).failures())
                    .as("it is used")
                    .isZero();
        }

        @Test
        void aRightCodeSurvivesAWrongOneThatOvertookIt() {
            TokenId id = hotp();
            verification.watch().overtakeNext(() -> reject(id, wrong()));

            accept(id, code(5));

            assertThat(verification.failureState(id).failures()).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            Schema.HOTP_COUNTER + ", 17",
            Schema.FAILURE_COUNT + ", 1",
            Schema.WAITING + ", 20261122120000.000Z 60",
            Schema.LOCKED_UNTIL + ", 20261122120009.000Z"
        })
        void aChangeThatLeftTheRevisionAloneIsSeen(String attribute, String value) {
            TokenId id = hotp();
            verification.lockout(2, Duration.ofSeconds(1));
            reject(id, wrong());
            reject(id, wrong());
            verification.clock.move(Duration.ofSeconds(2));
            verification.replaceUnseen(id, Schema.WAITING, "20261122120000.000Z 40");
            verification.watch().forget();
            verification.watch().overtakeNext(() -> verification.replaceUnseen(id, attribute, value));

            reject(id, code(16));

            assertThat(verification.watch().reads()).isEqualTo(2);
        }

        @Test
        void whoAlwaysLosesIsToldSoAfterFiveSeconds() {
            TokenId id = hotp();
            Runnable[] faster = new Runnable[1];
            faster[0] = () -> {
                ReadOnlyEntry seen = verification.entry(id);
                assertThat(verification.directory().modifyIfUnchanged(seen, seen.duplicate()))
                        .isTrue();
                verification.watch().overtakeNext(faster[0]);
            };
            verification.watch().overtakeNext(faster[0]);
            long begun = System.nanoTime();

            assertThatThrownBy(() -> verify(id, code(5))).isInstanceOf(Problem.Unavailable.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
            verification.watch().overtakeNext(() -> {});
            accept(id, code(5));
        }
    }

    private void lock(TokenId id) {
        for (int i = 0; i < Settings.DEFAULT.fobs().limit(); i++) {
            reject(id, wrong());
        }
    }

    @Nested
    @DisplayName("Every attempt counts before its answer, at every interface on one budget")
    class Attempts {

        @Test
        void countsAreStored() {
            TokenId id = hotp();
            reject(id, wrong());

            verification.restart();

            assertThat(verification.failureState(id).failures()).isEqualTo(1);
            assertThat(((Rejected) verify(id, wrong())).attemptsRemaining()).isEqualTo(1);
        }

        @Test
        void allPurposesAndAllPeopleShareThem() {
            TokenId id = hotp();
            UUID colleagues = UUID.randomUUID();
            Environment environment = verification.environment();
            verification.pairings().begin(environment, id, new Pairing(UUID.randomUUID(), colleagues, NOW));

            verification.verify(id, wrong(), Purpose.ACTIVATION);
            verification.verifier().verify(environment, id, colleagues, wrong(), Purpose.SIGN_ON_AT_ONCE);
            verification.verifier().resynchronise(environment, id, any -> true, wrong(), code(5));

            assertThat(verify(id, code(5))).isInstanceOf(Locked.class);
            assertThat(verification.verifier().verify(environment, id, colleagues, code(5), Purpose.ACTIVATION))
                    .isInstanceOf(Locked.class);
            assertThat(verification.verifier().resynchronise(environment, id, any -> true, code(5), code(6)))
                    .isInstanceOf(Locked.class);
            assertThat(verification.verifier().resynchronise(environment, id, any -> true, code(5)))
                    .isInstanceOf(Locked.class);
        }

        @Test
        void theLockOutlivesARestartAndEndsInTime() {
            TokenId id = hotp();
            lock(id);

            verification.restart();

            assertThat(verify(id, code(5)))
                    .isEqualTo(new Locked(verification.token(id), NOW.plus(Duration.ofMinutes(2)), true));
            verification.clock.move(Duration.ofMinutes(2));
            reject(id, wrong());
            assertThat(verification.failureState(id).lockedUntil())
                    .isEqualTo(NOW.plus(Duration.ofMinutes(2)).plus(Duration.ofMinutes(4)));
        }

        @Test
        void theTwentiethLocksUntilItIsUnlocked() {
            TokenId id = hotp();
            for (int i = 0; i < FailureState.MAX_FAILURES; i++) {
                reject(id, wrong());
                verification.clock.move(Duration.ofDays(2));
            }

            assertThat(verify(id, code(5))).isEqualTo(new Locked(verification.token(id), null, true));
            verification.restart();
            assertThat(verification
                            .tokens()
                            .unlock(verification.environment(), id)
                            .failureState())
                    .isEqualTo(FailureState.FRESH);
            accept(id, code(5));
        }

        @Test
        void unlockingForgetsWhatWaitsAndMovesNothing() {
            TokenId id = hotp();
            accept(id, code(9));
            assertThat(verify(id, code(45))).isInstanceOf(NeedsNext.class);

            verification.tokens().unlock(verification.environment(), id);

            assertThat(verification.failureState(id))
                    .isEqualTo(new FailureState(0, null, null, null, NOW, List.of(9L), List.of()));
            assertThat(verification.nextCounter(id)).isEqualTo(10);
            reject(id, code(46 + 100));
            verification.watch().forget();
            verification.tokens().unlock(verification.environment(), id);
            verification.tokens().unlock(verification.environment(), id);
            assertThat(verification.watch().writes()).isEqualTo(1);
        }

        @Test
        void theLimitAndTheCoolDownAreThoseOfTheTokensKind() {
            verification.settings(
                    OathSettings.DEFAULT,
                    new Lockout(1, Duration.ofSeconds(30)),
                    new Lockout(2, Duration.ofSeconds(70)));
            TokenId fob = hotp();
            verification.personalTokens().createForApp(verification.environment(), pairing());
            TokenId app = PersonalTokens.idFor(verification.environment(), DEVICE);

            assertThat(((Rejected) verify(fob, wrong())).attemptsRemaining()).isZero();
            assertThat(((Rejected) verify(app, wrong())).attemptsRemaining()).isEqualTo(1);
            reject(app, wrong());

            assertThat(verification.failureState(fob).lockedUntil()).isEqualTo(NOW.plusSeconds(30));
            assertThat(verification.failureState(app).lockedUntil()).isEqualTo(NOW.plusSeconds(70));
        }
    }

    @Nested
    @DisplayName("When the write can't be made there is no verdict, for a right code as for a wrong one")
    class NoWrite {

        @Test
        void andNothingTellsThemApart() throws Exception {
            TokenId id = hotp();
            verification.failDisk();

            List<String> told = new ArrayList<>();
            for (Passcode code : List.of(code(5), wrong(), code(45), code(5), wrong())) {
                assertThatThrownBy(() -> verify(id, code))
                        .isInstanceOfSatisfying(
                                Problem.Unavailable.class,
                                problem -> told.add(problem.getMessage() + problem.details() + problem.retryAfter()));
            }
            assertThat(told.stream().distinct()).hasSize(1);
            assertThat(verification.nextCounter(id)).isEqualTo(5);
            assertThat(verification.failureState(id)).isEqualTo(FailureState.FRESH);
        }
    }

    @Nested
    @DisplayName("Only a token that lives and serves the device is verified")
    class Whose {

        private void notFound(TokenId id, UUID device) {
            assertThatThrownBy(() -> verification
                            .verifier()
                            .verify(verification.environment(), id, device, code(5), Purpose.SIGN_ON))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void notOneOfAnotherDevice() {
            TokenId id = hotp();

            notFound(id, UUID.randomUUID());

            assertThat(verification.nextCounter(id)).isEqualTo(5);
            assertThat(verification.failureState(id)).isEqualTo(FailureState.FRESH);
        }

        @Test
        void notARevokedOneNorOneThatNeverWas() {
            TokenId id = hotp();
            verification.tokens().revoke(verification.environment(), id);

            notFound(id, DEVICE);
            notFound(new TokenId(UUID.randomUUID()), DEVICE);
            assertThatThrownBy(() ->
                            verification.verifier().resynchronise(verification.environment(), id, any -> true, code(5)))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void notOneThatIsUnpaired() {
            TokenId id = hotp();
            verification.pairings().end(verification.environment(), id, DEVICE);

            notFound(id, DEVICE);
        }

        @Test
        void notThatOfAnotherEnvironment() {
            TokenId id = hotp();
            Environment other = new Environment(
                    UUID.randomUUID(),
                    new DN(
                            new RDN(Schema.OU, "Environments"),
                            verification.directory().suffix()));

            assertThatThrownBy(() -> verification.verifier().verify(other, id, DEVICE, code(5), Purpose.SIGN_ON))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void resynchronisedIsWhatTheCallerMeansAndAFob() {
            TokenId id = hotp();
            verification.personalTokens().createForApp(verification.environment(), pairing());
            TokenId app = PersonalTokens.idFor(verification.environment(), DEVICE);

            assertThatThrownBy(() -> verification
                            .verifier()
                            .resynchronise(verification.environment(), id, any -> false, code(5), code(6)))
                    .isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> verification
                            .verifier()
                            .resynchronise(verification.environment(), app, any -> true, code(5), code(6)))
                    .isInstanceOf(Problem.NotFound.class);
            assertThat(verification.nextCounter(id)).isEqualTo(5);
            assertThat(verification.failureState(app)).isEqualTo(FailureState.FRESH);
        }

        @Test
        void revokedWhileItIsJudged() {
            TokenId id = hotp();
            verification.watch().overtakeNext(() -> verification.tokens().revoke(verification.environment(), id));

            assertThatThrownBy(() -> verify(id, code(5))).isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("Nothing goes back, through lives and owners")
    class NeverBack {

        private void liveAgain(String serialNumber, SharedSecret secret) {
            TokenId id = TokenId.of(verification.environment().id(), new SerialNumber(serialNumber));
            verification.tokens().revoke(verification.environment(), id);
            boolean hotp = serialNumber.equals("1");
            verification.fob(serialNumber, secret, HashAlgorithm.SHA_1, 6, hotp ? new Counter(5) : new TimeStep(30));
        }

        @Test
        void theSameSecretGoesOnWhereItStopped() {
            TokenId id = hotp();
            accept(id, code(7));

            liveAgain("1", SECRET);

            assertThat(verification.nextCounter(id)).isEqualTo(8);
            reject(id, code(7));
            accept(id, code(8));
        }

        @Test
        void ofTotpToo() {
            TokenId id = totp();
            accept(id, code(STEP));

            liveAgain("2", SECRET);

            reject(id, code(STEP));
            reject(id, code(STEP - 1));
            accept(id, code(STEP + 1));
        }

        @Test
        void whatWaitedWaitsNoMore() {
            TokenId id = hotp();
            assertThat(verify(id, code(45))).isInstanceOf(NeedsNext.class);

            liveAgain("1", SECRET);

            assertThat(verify(id, code(46))).isInstanceOf(NeedsNext.class);
        }

        @Test
        void anotherSecretStartsWhereItsFileSays() {
            TokenId id = hotp();
            accept(id, code(7));

            liveAgain("1", SharedSecret.ofHex("6EBD88F71A634C48C4619CD33F6C385C9237C9BA"));

            assertThat(verification.nextCounter(id)).isEqualTo(5);
            reject(id, code(8));
        }

        @Test
        void theNextOwnerStartsWithoutFailuresAndBehindTheLast() {
            TokenId id = hotp();
            accept(id, code(7));
            lock(id);

            verification.pairings().end(verification.environment(), id, DEVICE);

            assertThat(verification.failureState(id))
                    .isEqualTo(new FailureState(0, null, null, null, NOW, List.of(7L), List.of()));
            verification.pairings().begin(verification.environment(), id, pairing());
            reject(id, code(7));
            accept(id, code(8));
        }

        @Test
        void whoLeavesASharedTokenLeavesItsFailures() {
            TokenId id = hotp();
            UUID other = UUID.randomUUID();
            verification.pairings().begin(verification.environment(), id, new Pairing(UUID.randomUUID(), other, NOW));
            lock(id);

            verification.pairings().end(verification.environment(), id, other);

            assertThat(verify(id, code(5))).isInstanceOf(Locked.class);
        }
    }

    @Nested
    @DisplayName("After a restore a code alone does not suffice, at any interface")
    class Restored {

        @ParameterizedTest
        @EnumSource(Purpose.class)
        void itTakesTwoInARow(Purpose purpose) {
            TokenId id = hotp();
            verification.restored(id, NOW);

            assertThat(verification.verify(id, code(5), purpose)).isInstanceOf(NeedsNext.class);
            verification.restart();
            assertThat(verification.verify(id, code(6), purpose)).isInstanceOf(Accepted.class);

            assertThat(verification.entry(id).hasAttribute(Schema.RESTORED_AT)).isFalse();
            accept(id, code(7));
        }

        @Test
        void whateverAutoResyncSays() {
            OathSettings oath = OathSettings.DEFAULT;
            OathSettings withoutResync = new OathSettings(
                    oath.hotp(),
                    oath.totp(),
                    false,
                    oath.bypassMfa(),
                    oath.enrolByPassword(),
                    oath.serialNumberPunctuation(),
                    oath.bind(),
                    oath.codeAlone(),
                    false);
            verification.settings(withoutResync, Settings.DEFAULT.fobs(), Settings.DEFAULT.apps());
            TokenId id = hotp();
            reject(id, code(45));
            verification.restored(id, NOW);

            assertThat(verify(id, code(45))).isInstanceOf(NeedsNext.class);
            accept(id, code(46));
        }

        @Test
        void timeStepsUntilThenAreUsed() {
            TokenId id = totp();
            verification.restored(id, NOW);

            reject(id, code(STEP + 2));
            verification.clock.move(Duration.ofSeconds(90));
            assertThat(verify(id, code(STEP + 3))).isInstanceOf(NeedsNext.class);
            verification.clock.move(Duration.ofSeconds(30));
            accept(id, code(STEP + 4));
        }

        @Test
        void theMarkOutlivesAnUnlockAnUnpairingAndALife() {
            TokenId id = hotp();
            verification.restored(id, NOW);

            verification.tokens().unlock(verification.environment(), id);
            verification.pairings().end(verification.environment(), id, DEVICE);
            verification.tokens().revoke(verification.environment(), id);
            verification.fob("1", SECRET, HashAlgorithm.SHA_1, 6, new Counter(5));

            assertThat(verify(id, code(5))).isInstanceOf(NeedsNext.class);
        }

        @Test
        void temporaryCodesAreOver() {
            List<Passcode> codes = verification
                    .personalTokens()
                    .createTemporary(verification.environment(), pairing(), 2, NOW.plusSeconds(3600));
            TokenId id = PersonalTokens.idFor(verification.environment(), DEVICE);
            verification.restored(id, NOW);

            codes.forEach(code -> reject(id, code));
        }
    }

    @Nested
    @DisplayName("Temporary codes are good once each, in any order, until their time is over")
    class Temporary {

        private TokenId id;
        private List<Passcode> codes;

        @BeforeEach
        void create() {
            codes = verification
                    .personalTokens()
                    .createTemporary(verification.environment(), pairing(), 10, NOW.plusSeconds(3600));
            id = PersonalTokens.idFor(verification.environment(), DEVICE);
        }

        @Test
        void areAllDifferentAndEightDigitsLong() {
            assertThat(codes.stream().map(Passcode::text).distinct())
                    .hasSize(10)
                    .allMatch(text -> text.length() == 8);
        }

        @Test
        void acrossRestarts() {
            for (int used : List.of(9, 0, 4)) {
                accept(id, codes.get(used));
                verification.restart();
                reject(id, codes.get(used));
            }
            assertThat(((TemporaryToken) verification.token(id)).unused()).containsExactly(1L, 2L, 3L, 5L, 6L, 7L, 8L);
        }

        @Test
        void theLastOneLeavesNone() {
            codes.forEach(code -> accept(id, code));

            assertThat(((TemporaryToken) verification.token(id)).unused()).isEmpty();
            reject(id, codes.get(0));
        }

        @Test
        void theirEndIsThatMoment() {
            verification.clock.move(Duration.ofHours(1).minusMillis(1));
            accept(id, codes.get(0));
            verification.clock.move(Duration.ofMillis(1));
            assertThat(verify(id, codes.get(1)))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                            .isEqualTo(Reason.OVER));
        }

        @ParameterizedTest
        @EnumSource(Purpose.class)
        void atEveryInterface(Purpose purpose) {
            assertThat(verification.verify(id, codes.get(3), purpose)).isInstanceOf(Accepted.class);
        }
    }

    @Nested
    @DisplayName("A clock that jumped is warned of")
    class Jumped {

        private final Logger logger = Logger.getLogger(Verifier.class.getName());
        private final List<String> warnings = new ArrayList<>();
        private final Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().equals(Level.WARNING)) {
                    warnings.add(record.getMessage() + Arrays.toString(record.getParameters()));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        @BeforeEach
        void listen() {
            logger.addHandler(handler);
        }

        @AfterEach
        void stopListening() {
            logger.removeHandler(handler);
        }

        @Test
        void whenTheLastStepIsAheadOfEveryWindow() {
            TokenId id = totp();
            verification.clock.move(Duration.ofHours(1));
            accept(id, code(STEP + 120));
            verification.clock.move(Duration.ofHours(-1));

            assertThat(verify(id, code(STEP)))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                            .isEqualTo(Reason.AHEAD_OF_CLOCK));

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains(id.toString())
                    .contains("docs/operations.md");
            verification.clock.move(Duration.ofHours(1).plusSeconds(30));
            accept(id, code(STEP + 121));
        }

        @Test
        void whenALockOutlastsEveryCoolDown() {
            TokenId id = hotp();
            verification.clock.move(Duration.ofDays(400));
            lock(id);
            verification.clock.move(Duration.ofDays(-400));

            assertThat(verify(id, code(5))).isInstanceOf(Locked.class);

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains(id.toString())
                    .contains("docs/operations.md");
            verification.tokens().unlock(verification.environment(), id);
            accept(id, code(5));
        }

        @Test
        void notOfAnOrdinaryWrongCodeOrLock() {
            TokenId fob = hotp();
            lock(fob);
            verify(fob, code(5));
            TokenId app = verification.another("2", new TimeStep(30));
            accept(app, Secrets.code("2", STEP + 2));
            reject(app, Secrets.code("2", STEP + 2));

            assertThat(warnings).isEmpty();
        }

        /** Neither at its finest level does it tell a code. */
        @Test
        void noCodeIsLogged() {
            List<String> all = new ArrayList<>();
            Handler everything = new Handler() {
                @Override
                public void publish(LogRecord record) {
                    all.add(record.getMessage() + Arrays.toString(record.getParameters()) + record.getThrown());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
            Logger ours = Logger.getLogger("org.oathbound");
            Level before = ours.getLevel();
            ours.setLevel(Level.ALL);
            ours.addHandler(everything);
            try {
                TokenId id = totp();
                verification.clock.move(Duration.ofHours(1));
                accept(id, code(STEP + 120));
                verification.clock.move(Duration.ofHours(-1));
                reject(id, wrong());
                assertThat(all).isNotEmpty().noneMatch(line -> Stream.of(code(STEP + 120), wrong())
                        .anyMatch(code -> line.contains(code.text())));
            } finally {
                ours.removeHandler(everything);
                ours.setLevel(before);
            }
        }
    }
}
