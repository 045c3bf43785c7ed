package org.oathbound.report.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.report.control.ReportLine.NotActivated;
import org.oathbound.report.control.ReportLine.OathToken;
import org.oathbound.report.control.ReportLine.State;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.NewToken.Label;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Verdict.Accepted;

@Tag("slow")
class ReportsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration WITHIN = Duration.ofDays(90);

    @TempDir
    private static java.nio.file.Path keys;

    private final TestClock clock = new TestClock(NOW);
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private DevicesFixture parts;
    private Reports reports;
    private UUID jane;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        parts = new DevicesFixture(directory, new Seals(KeySets.in(keys)), clock);
        reports = ReportsFixture.reports(directory, parts);
        jane = parts.person(environment, "jane").id();
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private UUID pair(UUID person, Kind kind, Status status, @Nullable UUID replaces) {
        return parts.pairing
                .pair(environment, person, new NewDevice(kind, status, "my key", replaces))
                .device()
                .device()
                .id();
    }

    private UUID pair(UUID person, String serialNumber, Status status) {
        return pair(person, new Fob(new SerialNumber(serialNumber)), status, null);
    }

    private void totp(String serialNumber, @Nullable Instant expiresAt, UUID batch) {
        parts.tokens.create(
                environment,
                new NewToken(
                        new SerialNumber(serialNumber),
                        Secrets.of(serialNumber),
                        HashAlgorithm.SHA_1,
                        6,
                        new TimeStep(30),
                        new Label(1, "Feitian", "c200", expiresAt),
                        Validity.ALWAYS),
                new JobRow(batch, 0));
    }

    private static Passcode code(String serialNumber, long factor) {
        return Secrets.code(serialNumber, factor);
    }

    private void fail(UUID device, int times) {
        for (int i = 0; i < times; i++) {
            parts.verify(environment, jane, device, code("X", 500_000), Purpose.SIGN_ON);
            clock.move(Duration.ofHours(25));
        }
    }

    private TokenId id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private List<OathToken> tokens() {
        List<OathToken> lines = new ArrayList<>();
        reports.oathTokens(environment, clock.instant(), lines::add);
        return lines;
    }

    private OathToken line(String serialNumber) {
        List<OathToken> lines = tokens().stream()
                .filter(line -> serialNumber.equals(line.serialNumber()))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private List<NotActivated> notActivated() {
        List<NotActivated> lines = new ArrayList<>();
        reports.notActivated(environment, clock.instant(), lines::add);
        return lines;
    }

    private List<OathToken> ending() {
        List<OathToken> lines = new ArrayList<>();
        reports.ending(environment, WITHIN, clock.instant(), lines::add);
        return lines;
    }

    private void spoil(DN container, String name, String attribute, String value) {
        ReadOnlyEntry seen = directory
                .page(container, Filter.createPresenceFilter("objectClass"), null, 1_000, Order.ASCENDING)
                .entries()
                .stream()
                .filter(entry -> entry.getDN().contains(name))
                .findFirst()
                .orElseThrow();
        Entry spoilt = seen.duplicate();
        spoilt.setAttribute(attribute, value);
        assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();
    }

    @Nested
    @DisplayName("A report has a line for each token and each person who has it, as both stood")
    class Tokens {

        @Test
        void aLostOneIsNotInStock() {
            parts.fob(environment, "GONE1");
            parts.lostTokens.lose(environment, id("GONE1"));

            assertThat(line("GONE1").state()).isEqualTo(State.LOST);
        }

        @Test
        void stockHasOneWithoutAPerson() {
            parts.fob(environment, "STOCK1");

            OathToken line = line("STOCK1");

            assertThat(line.state()).isEqualTo(State.STOCK);
            assertThat(line.tokenId()).isEqualTo(id("STOCK1").toString());
            assertThat(line.type()).isEqualTo("HOTP");
            assertThat(line.counter()).isZero();
            assertThat(line.drift()).isNull();
            assertThat(line.username()).isNull();
            assertThat(line.userId()).isNull();
            assertThat(line.deviceId()).isNull();
            assertThat(line.lastUsedAt()).isNull();
            assertThat(line.expired()).isNull();
        }

        @Test
        void aFobThatTwoShareHasTwo() {
            parts.fob(environment, "SHARED1");
            UUID john = parts.person(environment, "john").id();
            UUID janes = pair(jane, "SHARED1", Status.ACTIVE);
            UUID johns = pair(john, "SHARED1", Status.ACTIVATION_REQUIRED);

            assertThat(tokens())
                    .extracting(OathToken::username, OathToken::userId, OathToken::deviceId, OathToken::state)
                    .containsExactlyInAnyOrder(
                            tuple("jane", jane, janes, State.ACTIVE),
                            tuple("john", john, johns, State.ACTIVATION_REQUIRED));
        }

        @Test
        void saysHowATotpTokenStands() {
            UUID batch = UUID.randomUUID();
            totp("TIME1", NOW.plus(Duration.ofDays(700)), batch);
            UUID device = pair(jane, "TIME1", Status.ACTIVE);
            long ahead = NOW.getEpochSecond() / 30 + 1;
            assertThat(parts.verify(environment, jane, device, code("TIME1", ahead), Purpose.SIGN_ON))
                    .isInstanceOf(Accepted.class);

            assertThat(line("TIME1"))
                    .isEqualTo(new OathToken(
                            "TIME1",
                            id("TIME1").toString(),
                            "TOTP",
                            State.ACTIVE,
                            null,
                            "jane",
                            jane,
                            device,
                            NOW,
                            NOW.plus(Duration.ofDays(700)),
                            false,
                            1,
                            null,
                            "Feitian",
                            "c200",
                            batch,
                            null));
        }

        @Test
        void saysUntilWhenWrongPasswordsLockItsHolder() {
            parts.fob(environment, "LOCKED1");
            pair(jane, "LOCKED1", Status.ACTIVE);
            parts.persons.setPassword(environment, jane, "correct horse battery staple");
            for (int i = 0; i < 10; i++) {
                parts.passwords.check(
                        environment, parts.persons.read(environment, "jane").orElseThrow(), "wrong");
            }

            assertThat(line("LOCKED1").state()).isEqualTo(State.ACTIVE);
            assertThat(line("LOCKED1").passwordLockedUntil()).isAfter(NOW);
            clock.move(Duration.ofDays(1));
            assertThat(line("LOCKED1").passwordLockedUntil()).isNull();
        }

        @Test
        void saysWhichCounterOfAnHotpTokenComesNext() {
            parts.fob(environment, "COUNT1");
            UUID device = pair(jane, "COUNT1", Status.ACTIVE);
            parts.verify(environment, jane, device, code("COUNT1", 7), Purpose.SIGN_ON);

            assertThat(line("COUNT1").counter()).isEqualTo(8);
        }

        @Test
        void noneForWhatIsNoFobAnyMoreOrNeverWas() {
            parts.fob(environment, "GONE1");
            parts.tokens.revoke(environment, id("GONE1"));
            pair(jane, new App(), Status.ACTIVATION_REQUIRED, null);
            pair(jane, new Temporary(3, NOW.plusSeconds(3_600)), Status.ACTIVE, null);

            assertThat(tokens()).isEmpty();
        }

        @Test
        void nobodyHasWhatIsOnlyBeingPaired() {
            parts.fob(environment, "BEGUN1");
            parts.pairings.begin(environment, id("BEGUN1"), new Pairing(jane, UUID.randomUUID(), NOW));

            assertThat(line("BEGUN1").state()).isEqualTo(State.STOCK);
            assertThat(line("BEGUN1").userId()).isNull();
        }
    }

    @Nested
    @DisplayName("Of several states that hold the first counts")
    class States {

        private UUID device;

        @BeforeEach
        void pairs() {
            parts.fob(environment, "STATE1");
            device = pair(jane, "STATE1", Status.ACTIVATION_REQUIRED);
        }

        private void activate() {
            parts.verification.activate(environment, jane, device, code("STATE1", 0), false);
        }

        @Test
        void activationRequiredUntilACodeHasCome() {
            assertThat(line("STATE1").state()).isEqualTo(State.ACTIVATION_REQUIRED);

            activate();

            assertThat(line("STATE1").state()).isEqualTo(State.ACTIVE);
        }

        @Test
        void lockedForAWhile() {
            activate();
            fail(device, 2);
            parts.verify(environment, jane, device, code("STATE1", 500_000), Purpose.SIGN_ON);

            assertThat(line("STATE1").state()).isEqualTo(State.LOCKED);
            assertThat(line("STATE1").lockedUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(2)));

            clock.move(Duration.ofMinutes(2));
            assertThat(line("STATE1").state()).isEqualTo(State.ACTIVE);
            assertThat(line("STATE1").lockedUntil()).isNull();
        }

        @Test
        void lockedUntilAnAdministratorUnlocksIt() {
            activate();
            fail(device, 20);

            assertThat(line("STATE1").state()).isEqualTo(State.LOCKED);
            assertThat(line("STATE1").lockedUntil()).isNull();
        }

        @Test
        void blockedByAnAdministrator() {
            activate();
            fail(device, 20);
            parts.changes.block(environment, jane, device);

            assertThat(line("STATE1").state()).isEqualTo(State.BLOCKED);
        }

        @Test
        void blockedByWhatTakesItsPlace() {
            activate();
            parts.fob(environment, "STATE2");
            pair(jane, new Fob(new SerialNumber("STATE2")), Status.ACTIVATION_REQUIRED, device);

            assertThat(line("STATE1").state()).isEqualTo(State.BLOCKED);
            assertThat(line("STATE2").state()).isEqualTo(State.ACTIVATION_REQUIRED);
        }
    }

    @Nested
    @DisplayName("Writers go on meanwhile, and a token stands in a report once")
    class Meanwhile {

        private static final int MANY = 1_201;

        @BeforeEach
        void fill() {
            IntStream.range(0, MANY).forEach(i -> parts.fob(environment, "M" + i));
        }

        @Test
        void allOfManyPages() {
            assertThat(tokens()).hasSize(MANY).doesNotHaveDuplicates();
        }

        @Test
        void thoseThatStayWhileOthersComeAndGo() {
            List<@Nullable String> seen = new ArrayList<>();
            reports.oathTokens(environment, NOW, line -> {
                String serialNumber = line.serialNumber();
                seen.add(serialNumber);
                if (seen.size() <= MANY && serialNumber != null && serialNumber.endsWith("7")) {
                    parts.tokens.revoke(environment, id(serialNumber));
                    parts.fob(environment, "NEW" + seen.size());
                }
            });

            assertThat(seen)
                    .doesNotHaveDuplicates()
                    .containsAll(IntStream.range(0, MANY)
                            .filter(i -> i % 10 != 7)
                            .mapToObj(i -> "M" + i)
                            .toList());
        }
    }

    @Nested
    @DisplayName("What can't be read is a line that says so, and stops nothing")
    class Unreadable {

        private UUID device;

        @BeforeEach
        void pairs() {
            parts.fob(environment, "GOOD1");
            parts.fob(environment, "BAD1");
            device = pair(jane, "BAD1", Status.ACTIVATION_REQUIRED);
        }

        private void assertBad() {
            assertThat(line("BAD1").state()).isEqualTo(State.UNREADABLE);
            assertThat(line("BAD1").tokenId()).isEqualTo(id("BAD1").toString());
            assertThat(line("GOOD1").state()).isEqualTo(State.STOCK);
        }

        @Test
        void aTokenOfAnUnknownHash() {
            spoil(environment.tokens(), id("BAD1").toString(), Schema.HMAC_ALGORITHM, "1.2.3");

            assertBad();
        }

        @Test
        void aTokenWithAPairingThatIsNone() {
            spoil(environment.tokens(), id("BAD1").toString(), Schema.PAIRING, "nonsense");

            assertBad();
        }

        @Test
        void theDevice() {
            spoil(environment.devices(), device.toString(), Schema.DEVICE_TYPE, "PIGEON");

            assertBad();
            assertThat(line("BAD1").username()).isEqualTo("jane");
            assertThat(notActivated())
                    .containsExactly(new NotActivated(
                            "jane", jane, null, null, device.toString(), null, State.UNREADABLE, null, null, null));
        }

        @Test
        void theDevicesToken() {
            spoil(environment.tokens(), id("BAD1").toString(), Schema.HMAC_ALGORITHM, "1.2.3");

            assertThat(notActivated()).extracting(NotActivated::state).containsExactly(State.UNREADABLE);
            assertThat(notActivated()).extracting(NotActivated::username).containsExactly("jane");
        }

        @Test
        void theListOfThePersonsDevices() {
            spoil(environment.enrolments(), jane.toString(), Schema.DEVICES, "nonsense");

            assertBad();
            assertThat(line("BAD1").userId()).isEqualTo(jane);
            assertThat(line("BAD1").username()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {Schema.POPULATION, Schema.ID})
        void thePersonAloneIsALineWithoutAName(String attribute) {
            spoil(environment.people(), "jane", attribute, "nonsense");

            assertThat(line("BAD1").state()).isEqualTo(State.ACTIVATION_REQUIRED);
            assertThat(line("BAD1").userId()).isEqualTo(jane);
            assertThat(line("BAD1").username()).isNull();
        }
    }

    @Nested
    @DisplayName("Who has not activated his device is told, of every type")
    class Waiting {

        @Test
        void untilHeHas() {
            parts.fob(environment, "WAIT1");
            UUID fob = pair(jane, "WAIT1", Status.ACTIVATION_REQUIRED);
            clock.move(Duration.ofDays(1));
            UUID app = pair(jane, new App(), Status.ACTIVATION_REQUIRED, null);

            assertThat(notActivated())
                    .containsExactlyInAnyOrder(
                            new NotActivated(
                                    "jane",
                                    jane,
                                    "WAIT1",
                                    Device.Type.OATH_TOKEN,
                                    fob.toString(),
                                    "my key",
                                    State.ACTIVATION_REQUIRED,
                                    null,
                                    NOW,
                                    null),
                            new NotActivated(
                                    "jane",
                                    jane,
                                    null,
                                    Device.Type.TOTP,
                                    app.toString(),
                                    "my key",
                                    State.ACTIVATION_REQUIRED,
                                    null,
                                    NOW.plus(Duration.ofDays(1)),
                                    null));

            parts.verification.activate(environment, jane, fob, code("WAIT1", 0), false);
            assertThat(notActivated()).extracting(NotActivated::deviceId).containsExactly(app.toString());
        }

        @Test
        void alsoThatHisIsBlocked() {
            parts.fob(environment, "WAIT1");
            UUID fob = pair(jane, "WAIT1", Status.ACTIVATION_REQUIRED);
            parts.changes.block(environment, jane, fob);

            assertThat(notActivated()).extracting(NotActivated::state).containsExactly(State.BLOCKED);
        }

        @Test
        void notOfSomebodyWhoIsDeleted() {
            parts.fob(environment, "WAIT1");
            pair(jane, "WAIT1", Status.ACTIVATION_REQUIRED);
            parts.persons.delete(environment, jane);

            assertThat(notActivated()).isEmpty();
        }
    }

    @Nested
    @DisplayName("Tokens near their end are told with who has them, and those that have ended")
    class Ending {

        @Test
        void thoseBeforeTheEndOfTheTimeThatIsAskedFor() {
            totp("PAST1", NOW.minusSeconds(1), UUID.randomUUID());
            totp("NOW1", NOW, UUID.randomUUID());
            totp("SOON1", NOW.plus(WITHIN).minusMillis(1), UUID.randomUUID());
            totp("LATER1", NOW.plus(WITHIN), UUID.randomUUID());
            totp("NEVER1", null, UUID.randomUUID());
            pair(jane, "SOON1", Status.ACTIVE);

            assertThat(ending())
                    .extracting(OathToken::serialNumber, OathToken::expired, OathToken::username)
                    .containsExactlyInAnyOrder(
                            tuple("PAST1", true, null), tuple("NOW1", true, null), tuple("SOON1", false, "jane"));
        }
    }
}
