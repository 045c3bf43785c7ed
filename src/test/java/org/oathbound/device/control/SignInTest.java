package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.Together;
import org.oathbound.device.control.SignIn.SignedIn;
import org.oathbound.device.entity.Credential;
import org.oathbound.device.entity.Credential.Joined;
import org.oathbound.device.entity.Credential.Password;
import org.oathbound.device.entity.Credential.Separate;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.OathSettings.Bind;
import org.oathbound.environment.StoredSettings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Validity;

@DisplayName("One line lets in: a password, or a password and a code, as the environment's settings say")
@Tag("slow")
class SignInTest {

    private static final String PASSWORD = "correct horse";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WholeDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private DevicesFixture all;
    private SignIn signIn;
    private Person jane;

    @BeforeEach
    void start(@TempDir Path data) {
        all = new DevicesFixture(directory, new Seals(KeySets.in(data)), clock);
        signIn = all.signIn;
        jane = all.person(environment, "jane");
        all.persons.setPassword(environment, jane.id(), PASSWORD);
    }

    private UUID pair(String serialNumber, int digits) {
        all.tokens.create(
                environment,
                new NewToken(
                        new SerialNumber(serialNumber),
                        Secrets.of(serialNumber),
                        HashAlgorithm.SHA_1,
                        digits,
                        new Counter(0),
                        new NewToken.Label(null, null, null, null),
                        Validity.ALWAYS));
        return all.pairing
                .pair(
                        environment,
                        jane.id(),
                        new NewDevice(new Fob(new SerialNumber(serialNumber)), Device.Status.ACTIVE, null, null))
                .device()
                .device()
                .id();
    }

    private static String code(String serialNumber, long counter, int digits) {
        return new Hotp(Secrets.of(serialNumber), HashAlgorithm.SHA_1, digits)
                .generate(counter)
                .text();
    }

    private static Passcode passcode(String serialNumber, long counter) {
        return Passcode.parse(code(serialNumber, counter, 6)).orElseThrow();
    }

    private void set(Bind bind, boolean autoResync, boolean codeAlone) {
        OathSettings usual = OathSettings.DEFAULT;
        new StoredSettings(directory, all.settings, clock)
                .replace(
                        environment,
                        new OathSettings(
                                usual.hotp(),
                                usual.totp(),
                                autoResync,
                                true,
                                usual.enrolByPassword(),
                                usual.serialNumberPunctuation(),
                                bind,
                                codeAlone,
                                false));
    }

    /** Whether he is let in with a code; null when he is not let in. */
    private @Nullable Boolean tried(Credential credential) {
        return signIn.signIn(environment, all.persons.read(environment, "jane"), credential)
                .map(SignedIn::withCode)
                .orElse(null);
    }

    private @Nullable Boolean joined(String text) {
        return tried(new Joined(text));
    }

    private Token token(UUID device) {
        return all.devices.get(environment, jane.id(), device).token();
    }

    private int failures(UUID device) {
        return token(device).failureState().failures();
    }

    private long next(UUID device) {
        return ((Token.HotpToken) token(device)).nextCounter();
    }

    private int passwordFailures() {
        return Optional.ofNullable(enrolment().getAttributeValueAsInteger(Schema.PASSWORD_FAILURES))
                .orElse(0);
    }

    private ReadOnlyEntry enrolment() {
        return directory
                .read(new DN(new RDN(Schema.ID, jane.id().toString()), environment.enrolments()))
                .orElseThrow();
    }

    @Nested
    @DisplayName("Who has no device yet")
    class NotEnrolled {

        @Test
        void comesInByThePassword() {
            assertThat(joined(PASSWORD)).isFalse();
            assertThat(tried(new Password(PASSWORD))).isFalse();
        }

        @Test
        void doesNotWhereACodeIsAlwaysRequired() {
            set(Bind.PASSWORD_AND_CODE, true, false);
            assertThat(joined(PASSWORD)).isNull();
            assertThat(joined(PASSWORD + "755224")).isNull();
            assertThat(tried(new Separate(PASSWORD, "755224"))).isNull();
        }

        @Test
        void isCountedByTheWrongPassword() {
            assertThat(joined("wrong")).isNull();
            assertThat(passwordFailures()).isEqualTo(1);
        }

        @Test
        void doesNotComeInByACodeThatIsJudgedNowhere() {
            assertThat(tried(new Separate(PASSWORD, "755224"))).isNull();
        }
    }

    @Nested
    @DisplayName("Once he has one, a code stands behind the password")
    class Enrolled {

        private UUID device;

        @BeforeEach
        void enrol() {
            device = pair("AB1", 6);
        }

        @Test
        void bothLetIn() {
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isTrue();
            assertThat(next(device)).isEqualTo(1);
        }

        @Test
        void eachForItself() {
            assertThat(tried(new Separate(PASSWORD, code("AB1", 0, 6)))).isTrue();
            assertThat(tried(new Separate(PASSWORD, code("AB1", 0, 6)))).isNull();
            assertThat(failures(device)).isZero();
        }

        @Test
        void oneAloneDoesNot() {
            assertThat(joined(PASSWORD)).isNull();
            assertThat(tried(new Password(PASSWORD))).isNull();
            assertThat(joined(code("AB1", 0, 6))).isNull();
            assertThat(tried(new Separate("", code("AB1", 0, 6)))).isNull();
            assertThat(next(device)).isZero();
        }

        @Test
        void aCodeWorksOnce() {
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isTrue();
            for (int i = 0; i < 30; i++) {
                assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            }
            assertThat(failures(device))
                    .as("a line that is repeated is no guess")
                    .isZero();
            assertThat(joined(PASSWORD + code("AB1", 1, 6))).isTrue();
        }

        @Test
        void aWrongPasswordConsumesNoCodeAndCountsOnce() {
            assertThat(joined("wrong" + code("AB1", 0, 6))).isNull();
            assertThat(next(device)).isZero();
            assertThat(failures(device)).isZero();
            assertThat(passwordFailures()).isEqualTo(1);
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isTrue();
            assertThat(passwordFailures()).isZero();
        }

        @Test
        void aWrongCodeCountsWithTheRightPassword() {
            assertThat(joined(PASSWORD + "000000")).isNull();
            assertThat(failures(device)).isEqualTo(1);
            assertThat(passwordFailures()).isZero();
        }

        @Test
        void aWrongCodeWithAWrongPasswordIsThePasswordsFault() {
            assertThat(joined("wrong" + "000000")).isNull();
            assertThat(failures(device)).isZero();
            assertThat(passwordFailures()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "75522\u0664",
                    "\uff17\uff15\uff15\uff12\uff12\uff14",
                    "755 224",
                    "75522x",
                    " 755224 ",
                    "+75522"
                })
        void whatIsNotAsciiDigitsIsJudgedNowhere(String suffix) {
            assertThat(joined(PASSWORD + suffix)).isNull();
            assertThat(failures(device)).isZero();
            assertThat(next(device)).isZero();
        }

        @Test
        void afterTenWrongPasswordsNothingIsJudged() {
            for (int i = 0; i < 10; i++) {
                assertThat(joined("wrong" + code("AB1", 0, 6))).isNull();
            }
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            assertThat(next(device)).isZero();
            clock.move(Duration.ofMinutes(2));
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isTrue();
        }

        @Test
        void aLockedTokenLetsNobodyIn() {
            for (int i = 0; i < 3; i++) {
                assertThat(joined(PASSWORD + "000000")).isNull();
            }
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            assertThat(failures(device)).isEqualTo(3);
            assertThat(next(device)).isZero();
        }

        @Test
        void aCodeFarAwayIsRefusedAndTheNextLetsIn() {
            assertThat(joined(PASSWORD + code("AB1", 40, 6))).isNull();
            assertThat(failures(device)).isEqualTo(1);
            assertThat(next(device)).isZero();
            clock.move(Duration.ofMinutes(4));
            assertThat(joined(PASSWORD + code("AB1", 41, 6))).isTrue();
            assertThat(next(device)).isEqualTo(42);
        }

        @Test
        void notAfterFiveMinutes() {
            assertThat(joined(PASSWORD + code("AB1", 40, 6))).isNull();
            clock.move(Duration.ofMinutes(5));
            assertThat(joined(PASSWORD + code("AB1", 41, 6))).isNull();
        }

        @Test
        void notWhereTheEnvironmentDoesNotAllowIt() {
            set(Bind.CODE_ONCE_ENROLLED, false, false);
            assertThat(joined(PASSWORD + code("AB1", 40, 6))).isNull();
            assertThat(joined(PASSWORD + code("AB1", 41, 6))).isNull();
            assertThat(failures(device)).isEqualTo(2);
        }

        @Test
        void aBlockedDeviceIsJudgedNowhereAndStillACodeIsRequired() {
            all.changes.block(environment, jane.id(), device);
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            assertThat(joined(PASSWORD)).isNull();
            assertThat(next(device)).isZero();
        }

        @Test
        void whoLosesTheLastDeviceDoesNotGetInByThePassword() {
            all.unpairing.unpair(
                    environment, jane.id(), device, token(device).metadata().id());
            assertThat(joined(PASSWORD)).isNull();
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
        }

        @Test
        void theCodeAloneOnlyWhereThatIsSwitchedOn() {
            set(Bind.CODE_ONCE_ENROLLED, true, true);
            assertThat(joined(code("AB1", 0, 6))).isTrue();
            assertThat(joined(code("AB1", 0, 6))).isNull();
            assertThat(failures(device)).isZero();
            assertThat(joined("000000")).isNull();
            assertThat(failures(device)).isEqualTo(1);
            assertThat(passwordFailures()).isZero();
            assertThat(tried(new Separate("", code("AB1", 1, 6)))).isTrue();
        }

        @Test
        void thePasswordAloneWhereThatIsAllThatCounts() {
            set(Bind.PASSWORD, true, false);
            assertThat(joined(PASSWORD)).isFalse();
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            assertThat(next(device)).isZero();
        }

        @Test
        void aCodeThatIsSentForItselfIsJudgedEvenThere() {
            set(Bind.PASSWORD, true, false);
            assertThat(tried(new Separate(PASSWORD, "000000"))).isNull();
            assertThat(tried(new Separate(PASSWORD, code("AB1", 0, 6)))).isTrue();
        }

        @Test
        void eitherWayWhileHeIsLetInWithoutACode() {
            set(Bind.CODE_ONCE_ENROLLED, true, false);
            all.enrolments.change(
                    environment,
                    jane.id(),
                    enrolment -> enrolment.withBypassUntil(clock.instant().plusSeconds(60)));
            assertThat(joined(PASSWORD)).isFalse();
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isTrue();
        }

        @Test
        void ofManyAtOnceOneLetsIn() throws Exception {
            Callable<Boolean> attempt = () -> {
                try {
                    return Boolean.TRUE.equals(joined(PASSWORD + code("AB1", 0, 6)));
                } catch (Problem.Unavailable e) {
                    assertThat(e).hasMessageContaining("Too many"); // not judged, and not counted
                    return false;
                }
            };
            List<Boolean> let = Together.call(Collections.nCopies(16, attempt));
            assertThat(let).containsOnlyOnce(true);
            assertThat(next(device)).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("Of several devices it is the one that the code fits")
    class Several {

        private UUID eight;
        private UUID six;

        @BeforeEach
        void enrol() {
            eight = pair("AB8", 8);
            six = pair("AB6", 6);
        }

        @Test
        void byItsLength() {
            assertThat(joined(PASSWORD + code("AB6", 0, 6))).isTrue();
            assertThat(next(eight)).isZero();
            assertThat(failures(eight)).isZero();
            assertThat(joined(PASSWORD + code("AB8", 0, 8))).isTrue();
            assertThat(next(six)).isEqualTo(1);
            assertThat(failures(six)).isZero();
        }

        @Test
        void acceptedBeforeOneThatNeedsTheNext() {
            // Its code at counter 15 is one that the second device shows far away.
            String serialNumber = IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "AC" + i)
                    .filter(candidate -> IntStream.range(15, 100)
                            .anyMatch(far -> code("AB6", far, 6).equals(code(candidate, 15, 6))))
                    .findFirst()
                    .orElseThrow();
            UUID other = pair(serialNumber, 6);
            all.verifier.resynchronise(
                    environment,
                    token(other).metadata().id(),
                    metadata -> true,
                    passcode(serialNumber, 10),
                    passcode(serialNumber, 11));
            assertThat(joined(PASSWORD + code(serialNumber, 15, 6))).isTrue();
            assertThat(next(other)).isEqualTo(16);
            assertThat(failures(six)).isZero();
        }

        @Test
        void aWrongCodeCountsAtEachBehindTheRightPassword() {
            UUID other = pair("AB7", 8);
            assertThat(joined(PASSWORD + "00000000")).isNull();
            assertThat(List.of(failures(eight), failures(other), failures(six))).containsExactly(1, 1, 0);
            assertThat(passwordFailures()).isZero();
        }

        @Test
        void noLineWithoutTheRightPasswordCountsOnADevice() {
            for (String line : List.of("00000000", "wrong00000000", "wrong000000", "x" + code("AB8", 0, 8))) {
                assertThat(joined(line)).isNull();
            }
            assertThat(List.of(failures(eight), failures(six))).containsExactly(0, 0);
            assertThat(passwordFailures()).isEqualTo(4);
        }

        @Test
        void aSuccessTakesBackWhatLinesHaveCountedOnTheSpare() {
            UUID spare = pair("AB7", 6);
            all.verifier.resynchronise(
                    environment,
                    token(spare).metadata().id(),
                    metadata -> true,
                    passcode("AB7", 50),
                    passcode("AB7", 51));
            set(Bind.CODE_ONCE_ENROLLED, false, false);
            for (int round = 0; round < 3; round++) {
                assertThat(joined(PASSWORD + "000000")).isNull();
                assertThat(joined(PASSWORD + "000001")).isNull();
                assertThat(failures(spare)).isEqualTo(2);
                assertThat(joined(PASSWORD + code("AB6", round, 6))).isTrue();
                assertThat(List.of(failures(six), failures(spare))).containsExactly(0, 0);
            }
            assertThat(joined(PASSWORD + code("AB7", 52, 6))).isTrue();
        }

        @Test
        void aCodeThatFitsALockedFobCountsNowhere() {
            UUID spare = pair("AB7", 6);
            all.verifier.resynchronise(
                    environment,
                    token(spare).metadata().id(),
                    metadata -> true,
                    passcode("AB7", 50),
                    passcode("AB7", 51));
            set(Bind.CODE_ONCE_ENROLLED, false, false);
            for (int i = 0; i < 3; i++) {
                all.verify(
                        environment, jane.id(), spare, Passcode.parse("000000").orElseThrow(), Purpose.SIGN_ON);
            }
            assertThat(token(spare).failureState().isLocked(clock.instant())).isTrue();
            for (int i = 0; i < 30; i++) {
                assertThat(joined(PASSWORD + code("AB7", 52, 6))).isNull();
            }
            assertThat(failures(six)).isZero();
            assertThat(joined(PASSWORD + code("AB6", 0, 6))).isTrue();
        }
    }

    @Nested
    @DisplayName("Nobody, and who is locked or disabled, cost as much: a hash and a write")
    class Cost {

        private long writes() {
            return Directories.paddingWrites(directory);
        }

        @Test
        void nobody() {
            long before = writes();
            assertThat(signIn.signIn(environment, Optional.empty(), new Joined(PASSWORD)))
                    .isEmpty();
            assertThat(writes()).isEqualTo(before + 1);
        }

        @Test
        void whoIsLocked() {
            for (int i = 0; i < 10; i++) {
                assertThat(joined("wrong")).isNull();
            }
            long before = writes();
            assertThat(joined(PASSWORD)).isNull();
            assertThat(writes()).isEqualTo(before + 1);
        }

        @Test
        void whoIsDisabled() {
            pair("AB1", 6);
            all.enrolments.setEnabled(environment, jane.id(), false, clock.instant());
            long before = writes();
            assertThat(joined(PASSWORD)).isNull();
            assertThat(joined(PASSWORD + code("AB1", 0, 6))).isNull();
            assertThat(joined("wrong" + code("AB1", 0, 6))).isNull();
            assertThat(writes()).isEqualTo(before + 3);
        }

        @Test
        void whoseTokenIsLocked() {
            UUID device = pair("AB1", 6);
            for (int i = 0; i < 3; i++) {
                assertThat(joined(PASSWORD + "000000")).isNull();
            }
            long before = writes();
            assertThat(joined(PASSWORD + "000000")).isNull();
            assertThat(failures(device)).isEqualTo(3);
            assertThat(writes()).isEqualTo(before + 1);
        }
    }

    @Test
    void nothingThatWasTypedIsPrinted() {
        assertThat(List.of(new Joined(PASSWORD), new Password(PASSWORD), new Separate(PASSWORD, "755224"))
                        .toString())
                .doesNotContain(PASSWORD, "755224");
        assertThat(new Joined(PASSWORD + "755224").split(6).toString()).doesNotContain(PASSWORD, "755224");
    }
}
