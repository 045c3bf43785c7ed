package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.TestClock;
import org.oathbound.Warnings;
import org.oathbound.audit.Heard;
import org.oathbound.device.entity.Credential.Joined;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.person.control.PersonQuery;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;

@DisplayName(
        "An entry that can't be read is named, counted and left out, and can be removed; nothing else is touched by it")
@Tag("slow")
class UnreadableDevicesTest {

    private static final String PASSWORD = "correct horse";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    static Path keys;

    private final TestClock clock = new TestClock(NOW);
    private final Heard heard = new Heard();
    private final Warnings warnings = new Warnings();
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private DevicesFixture parts;
    private UUID jane;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        parts = new DevicesFixture(directory, new Seals(KeySets.in(keys)), heard, clock);
        jane = parts.person(environment, "jane").id();
        parts.persons.setPassword(environment, jane, PASSWORD);
    }

    @AfterEach
    void stop() {
        warnings.close();
        directory.close();
    }

    private UUID pair(UUID person, Kind kind) {
        return parts.pairing
                .pair(environment, person, new NewDevice(kind, Status.ACTIVE, null, null))
                .device()
                .device()
                .id();
    }

    private UUID pairFob(UUID person, String serialNumber) {
        parts.fob(environment, serialNumber);
        return pair(person, new Fob(new SerialNumber(serialNumber)));
    }

    private TokenId id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private DN token(String serialNumber) {
        return token(id(serialNumber));
    }

    private DN token(TokenId token) {
        return new DN(new RDN(Schema.TOKEN_IDENTIFIER, token.toString()), environment.tokens());
    }

    private DN enrolment(UUID person) {
        return new DN(new RDN(Schema.ID, person.toString()), environment.enrolments());
    }

    private DN device(UUID device) {
        return DeviceEntry.dn(environment, device);
    }

    private DN identity(UUID person) {
        return parts.persons.get(environment, person).identity();
    }

    /** @param value null to take the attribute away */
    private DN spoil(DN name, String attribute, @Nullable String value) {
        ReadOnlyEntry seen = directory.read(name).orElseThrow();
        Entry spoilt = seen.duplicate();
        spoilt.removeAttribute(attribute);
        if (value != null) {
            spoilt.setAttribute(attribute, value);
        }
        assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();
        return name;
    }

    private static String code(long counter) {
        return Secrets.code("1", counter).text();
    }

    private static Passcode passcode(long counter) {
        return Passcode.parse(code(counter)).orElseThrow();
    }

    private int sweep(UnreadableEntries unreadable) {
        parts.persons.sweep(environment, FIVE_MINUTES, unreadable);
        return parts.sweep.sweep(environment, FIVE_MINUTES, unreadable);
    }

    private List<UUID> listed(UUID person) {
        return parts.devices.list(environment, person).stream()
                .map(found -> found.device().id())
                .toList();
    }

    /** What can be unreadable of one of her devices. */
    enum Part {
        TOKEN,
        PAIRING,
        DEVICE,
        DEVICE_OF_NOBODY
    }

    private DN spoil(Part part, String serialNumber, UUID device) {
        return switch (part) {
            case TOKEN -> spoil(token(serialNumber), Schema.OTP_LENGTH, null);
            case PAIRING -> spoil(token(serialNumber), Schema.PAIRING, "rubbish");
            case DEVICE -> spoil(device(device), Schema.DEVICE_STATUS, "RUBBISH");
            case DEVICE_OF_NOBODY -> spoil(device(device), Schema.PERSON_ID, "nobody");
        };
    }

    @Nested
    @DisplayName("A sweep goes on past it")
    class Sweeps {

        @Test
        void andNamesEachOfThemOnce() {
            UUID ann = parts.person(environment, "ann").id();
            UUID bea = parts.person(environment, "bea").id();
            UUID cleo = parts.person(environment, "cleo").id();
            List<DN> spoilt = new ArrayList<>();
            for (String serialNumber : List.of("1", "2", "3", "4")) {
                spoilt.add(spoil(Part.TOKEN, serialNumber, pairFob(ann, serialNumber)));
            }
            spoilt.add(spoil(Part.PAIRING, "5", pairFob(ann, "5")));
            spoilt.add(spoil(Part.DEVICE, "6", pairFob(jane, "6")));
            spoilt.add(spoil(Part.DEVICE_OF_NOBODY, "7", pairFob(jane, "7")));
            pairFob(bea, "8");
            spoilt.add(spoil(enrolment(bea), Schema.DEVICES, "rubbish"));
            pairFob(cleo, "9");
            spoilt.add(spoil(identity(cleo), Schema.ID, "rubbish"));
            List<ReadOnlyEntry> before = spoilt.stream()
                    .map(name -> directory.read(name).orElseThrow())
                    .toList();
            UUID cutOff = cutOff();
            clock.move(Duration.ofHours(1));

            UnreadableEntries unreadable = new UnreadableEntries();
            int swept = sweep(unreadable);

            assertThat(swept).isEqualTo(1);
            assertThat(directory.read(device(cutOff))).isEmpty();
            assertThat(unreadable.count()).isEqualTo(spoilt.size());
            assertThat(spoilt).allSatisfy(name -> assertThat(warnings.with(name.toString()))
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("WARNING")));
            assertThat(spoilt.stream().map(name -> directory.read(name).orElseThrow()))
                    .containsExactlyElementsOf(before);
            assertThat(listed(cleo)).hasSize(1);
        }

        @Test
        void anIdentityThatCanNotBeReadMayBeThatOfWhoeverHasNone() {
            DN identity = identity(jane);
            parts.enrolments.change(environment, jane, seen -> seen.withIdentity(environment.people()));
            spoil(identity, Schema.ID, "rubbish");
            clock.move(Duration.ofHours(1));

            sweep(new UnreadableEntries());

            assertThat(directory.read(enrolment(jane))).isPresent();
        }

        /** A device that no list names. */
        private UUID cutOff() {
            UUID device = pairFob(jane, "CUTOFF");
            parts.enrolments.change(environment, jane, seen -> seen.without(device));
            return device;
        }
    }

    @Nested
    @DisplayName("A page leaves it out, and the next page begins behind it")
    class Pages {

        @Test
        void ofTokens() {
            for (int i = 0; i < 9; i++) {
                parts.fob(environment, "T" + i);
            }
            List<DN> spoilt = List.of(
                    spoil(token("T1"), Schema.OTP_LENGTH, null),
                    spoil(token("T2"), Schema.CREATED_AT, null),
                    spoil(token("T3"), Schema.ORIGIN, "rubbish"),
                    spoil(token("T4"), Schema.PAIRING, "rubbish"),
                    spoil(token("T5"), Schema.PAIRING, "rub bi sh"));

            List<String> found = new ArrayList<>();
            @Nullable String after = null;
            do {
                Page<Token> page = parts.tokens.page(environment, new TokenQuery(), after, 1);
                page.items()
                        .forEach(one -> found.add(one.metadata().serialNumber().value()));
                after = page.last();
            } while (after != null);

            assertThat(found).containsExactlyInAnyOrder("T0", "T6", "T7", "T8");
            assertThat(spoilt).allSatisfy(name -> assertThat(warnings.with(name.toString()))
                    .hasSize(1));
            assertThatThrownBy(() -> parts.tokens.find(environment, id("T1"))).isInstanceOf(Problem.Corrupt.class);
            assertThatThrownBy(() -> parts.fob(environment, "T1")).isInstanceOf(Problem.InvalidData.class);
        }

        @ParameterizedTest
        @EnumSource
        void ofDevices(Part part) {
            UUID first = pairFob(jane, "1");
            UUID second = pairFob(jane, "2");
            UUID third = pairFob(jane, "3");
            DN spoilt = spoil(part, "2", second);

            List<UUID> found = new ArrayList<>();
            @Nullable String after = null;
            do {
                Page<PairedDevice> page = parts.devices.page(environment, new DeviceQuery(), after, 1);
                page.items().stream().map(one -> one.device().id()).forEach(found::add);
                after = page.last();
            } while (after != null);

            assertThat(found).containsExactlyInAnyOrder(first, third);
            assertThat(warnings.with(spoilt.toString())).hasSize(1);
            assertThatThrownBy(() -> parts.devices.get(environment, jane, second))
                    .isInstanceOf(Problem.Corrupt.class);
        }

        @Test
        void ofUsers() {
            UUID ann = parts.person(environment, "ann").id();
            UUID bea = parts.person(environment, "bea").id();
            UUID cleo = parts.person(environment, "cleo").id();
            parts.person(environment, "zoe");
            List<DN> spoilt = List.of(
                    spoil(enrolment(ann), Schema.DEVICES, "rubbish"),
                    spoil(identity(bea), Schema.ID, "rubbish"),
                    spoil(identity(cleo), Schema.POPULATION, "rubbish"));

            List<String> found = new ArrayList<>();
            @Nullable String after = null;
            do {
                Page<Person> page = parts.persons.page(environment, new PersonQuery(), after, 1);
                page.items().stream().map(one -> one.username().value()).forEach(found::add);
                after = page.last();
            } while (after != null);

            assertThat(found).containsExactly("jane", "zoe");
            assertThat(spoilt).allSatisfy(name -> assertThat(warnings.with(name.toString()))
                    .hasSize(1));
            assertThatThrownBy(() -> parts.persons.get(environment, ann)).isInstanceOf(Problem.Corrupt.class);
            assertThatThrownBy(() -> parts.person(environment, "bea")).isInstanceOf(Problem.InvalidData.class);
        }
    }

    @Nested
    @DisplayName("It can be removed")
    class Removal {

        @ParameterizedTest
        @EnumSource
        void asADevice(Part part) {
            UUID spoilt = pairFob(jane, "1");
            UUID other = pairFob(jane, "2");
            spoil(part, "1", spoilt);

            parts.changes.delete(environment, jane, spoilt);

            assertThat(directory.read(device(spoilt))).isEmpty();
            assertThat(parts.enrolments.get(environment, jane).lists(spoilt)).isFalse();
            assertThat(listed(jane)).containsExactly(other);
        }

        @ParameterizedTest
        @EnumSource
        void withItsTokenWhichWasMadeForIt(Part part) {
            UUID app = pair(jane, new App());
            DN made = token(PersonalTokens.idFor(environment, app));
            switch (part) {
                case TOKEN -> spoil(made, Schema.OTP_LENGTH, null);
                case PAIRING -> spoil(made, Schema.PAIRING, "rubbish");
                case DEVICE -> spoil(device(app), Schema.DEVICE_STATUS, "RUBBISH");
                case DEVICE_OF_NOBODY -> {
                    spoil(device(app), Schema.PERSON_ID, "nobody");
                    spoil(device(app), Schema.TOKEN_ID, "rubbish");
                }
            }

            parts.changes.delete(environment, jane, app);

            assertThat(directory.read(device(app))).isEmpty();
            assertThat(directory.read(made)).isEmpty();
        }

        @Test
        void asADeviceThatNoListNames() {
            UUID device = pairFob(jane, "1");
            parts.enrolments.change(environment, jane, seen -> seen.without(device));
            spoil(device(device), Schema.DEVICE_STATUS, "RUBBISH");

            parts.changes.delete(environment, jane, device);

            assertThat(directory.read(device(device))).isEmpty();
            assertThat(parts.tokens
                            .find(environment, id("1"))
                            .orElseThrow()
                            .metadata()
                            .pairings())
                    .isEmpty();
        }

        @Test
        void butNotByTheNameOfAnotherPerson() {
            UUID device = pairFob(jane, "1");
            UUID ann = parts.person(environment, "ann").id();
            spoil(device(device), Schema.DEVICE_STATUS, "RUBBISH");

            assertThatThrownBy(() -> parts.changes.delete(environment, ann, device))
                    .isInstanceOf(Problem.NotFound.class);
            assertThat(directory.read(device(device))).isPresent();
        }

        @ParameterizedTest
        @EnumSource(names = {"TOKEN", "PAIRING"})
        void asAToken(Part part) {
            UUID device = pairFob(jane, "1");
            UUID other = pairFob(jane, "2");
            spoil(part, "1", device);

            assertThat(parts.tokens.revoke(environment, id("1"))).isTrue();

            assertThat(parts.tokens.find(environment, id("1"))).isEmpty();
            clock.move(Duration.ofHours(1));
            sweep(new UnreadableEntries());
            assertThat(directory.read(device(device))).isEmpty();
            assertThat(listed(jane)).containsExactly(other);
        }

        @Test
        void asATokenThatWasMadeForADeviceWhichIsGone() {
            UUID app = pair(jane, new App());
            TokenId made = PersonalTokens.idFor(environment, app);
            spoil(token(made), Schema.PAIRING, "rubbish");
            directory.delete(device(app));

            assertThat(parts.tokens.revoke(environment, made)).isTrue();
        }

        @Test
        void asAPersonWhoseEnrolmentItIs() {
            UUID app = pair(jane, new App());
            DN identity = identity(jane);
            spoil(enrolment(jane), Schema.DEVICES, "rubbish " + app);

            parts.persons.delete(environment, jane);

            assertThat(directory.read(enrolment(jane))).isEmpty();
            assertThat(directory.read(identity)).isEmpty();
            assertThat(directory.read(device(app))).isEmpty();
            parts.person(environment, "jane");
        }

        @Test
        void asAPersonWhoseEnrolmentDoesNotEvenNameHer() {
            DN identity = identity(jane);
            spoil(enrolment(jane), Schema.IDENTITY, null);

            parts.persons.delete(environment, jane);

            assertThat(directory.read(enrolment(jane))).isEmpty();
            assertThat(directory.read(identity)).isEmpty();
        }

        @Test
        void asAPersonWhoseIdentityItIs() {
            DN identity = identity(jane);
            UUID app = pair(jane, new App());
            spoil(identity, Schema.ID, "rubbish");

            parts.persons.delete(environment, jane);

            assertThat(directory.read(enrolment(jane))).isEmpty();
            assertThat(directory.read(identity)).isEmpty();
            assertThat(directory.read(device(app))).isEmpty();
        }

        @Test
        void withThePersonWhoseDeviceItIs() {
            UUID app = pair(jane, new App());
            DN made = token(PersonalTokens.idFor(environment, app));
            spoil(device(app), Schema.DEVICE_STATUS, "RUBBISH");

            parts.persons.delete(environment, jane);

            assertThat(directory.read(device(app))).isEmpty();
            assertThat(directory.read(made)).isEmpty();
        }
    }

    @Nested
    @DisplayName("Its owner signs on with her other devices, and with nothing less")
    class SigningOn {

        private @Nullable Boolean tried(String line) {
            return parts.signIn
                    .signIn(environment, parts.persons.read(environment, "jane"), new Joined(line))
                    .map(SignIn.SignedIn::withCode)
                    .orElse(null);
        }

        /** HOTP codes of one secret: those of the other fob are those of a later counter. */
        private void use(UUID device, long counter) {
            parts.verify(environment, jane, device, passcode(counter), Purpose.SIGN_ON);
        }

        @ParameterizedTest
        @EnumSource
        void whateverOfOneCanNotBeRead(Part part) {
            UUID spoilt = pairFob(jane, "1");
            UUID other = pairFob(jane, "2");
            use(spoilt, 0);
            spoil(part, "1", spoilt);

            assertThat(listed(jane)).containsExactly(other);
            assertThat(tried(PASSWORD)).isNull();
            assertThat(tried(PASSWORD + Secrets.code("2", 3).text())).isTrue();
            assertThat(tried(PASSWORD + Secrets.code("2", 3).text())).isNull();
            assertThatThrownBy(() -> use(spoilt, 4)).isInstanceOf(Problem.Corrupt.class);
        }

        @Test
        void whenTheSecretOfOneDoesNotOpen() {
            UUID spoilt = pairFob(jane, "1");
            pairFob(jane, "2");
            spoil(token("1"), Schema.LIFE, null);

            assertThat(tried(PASSWORD + Secrets.code("2", 3).text())).isTrue();
            assertThat(tried(PASSWORD)).isNull();
            assertThatThrownBy(() -> use(spoilt, 4)).isInstanceOf(Problem.Corrupt.class);
        }

        @ParameterizedTest
        @EnumSource
        void aCodeIsRequiredStillWhenItWasHerOnlyOne(Part part) {
            UUID only = pairFob(jane, "1");
            spoil(part, "1", only);

            assertThat(tried(PASSWORD)).isNull();
            assertThat(tried(PASSWORD + code(0))).isNull();
        }

        /** Whether a code of it was ever accepted can't be known: so one was. */
        @ParameterizedTest
        @EnumSource
        void aDeviceThatNeededNoActivationCountsAsUsed(Part part) {
            parts.secrets.generate(environment, jane, true);
            UUID generated =
                    parts.enrolments.get(environment, jane).devices().getFirst().device();
            assertThat(tried(PASSWORD)).isFalse();
            DN made = token(PersonalTokens.idFor(environment, generated));
            switch (part) {
                case TOKEN -> spoil(made, Schema.OTP_LENGTH, null);
                case PAIRING -> spoil(made, Schema.PAIRING, "rubbish");
                case DEVICE, DEVICE_OF_NOBODY -> spoil(part, "", generated);
            }

            assertThat(tried(PASSWORD)).isNull();
            assertThatThrownBy(() -> parts.secrets.generate(environment, jane, true))
                    .isInstanceOf(Problem.Forbidden.class);
        }

        @Test
        void aDeviceThatIsGoneAddsNoDoubt() {
            parts.secrets.generate(environment, jane, true);
            UUID gone =
                    parts.enrolments.get(environment, jane).devices().getFirst().device();
            directory.delete(device(gone));

            assertThat(tried(PASSWORD)).isFalse();
        }

        @Test
        void withALineOfTheAuditAlsoWhenItsTokenWasReadBefore() {
            UUID spoilt = pairFob(jane, "1");
            spoil(token("1"), Schema.LIFE, null);
            PairedDevice usable =
                    parts.devices.list(environment, jane).stream().findFirst().orElseThrow();
            assertThat(usable.device().id()).isEqualTo(spoilt);
            heard.told().clear();

            assertThatThrownBy(() -> parts.verification.verify(
                            environment, parts.enrolments.get(environment, jane), usable, passcode(0), Purpose.SIGN_ON))
                    .isInstanceOf(Problem.Corrupt.class);
            assertThat(heard.texts())
                    .containsExactly("entry.corrupt refused DOES_NOT_OPEN", "oathToken.verify failure CORRUPT");
        }

        @Test
        void nobodyWhoseEnrolmentCanNotBeRead() {
            spoil(enrolment(jane), Schema.DEVICES, "rubbish");

            assertThatThrownBy(() -> tried(PASSWORD)).isInstanceOf(Problem.Corrupt.class);
        }
    }

    @Test
    @DisplayName("A fob that several share serves those whose devices can be read")
    void aSharedFob() {
        UUID ann = parts.person(environment, "ann").id();
        UUID janes = pairFob(jane, "1");
        UUID anns = pair(ann, new Fob(new SerialNumber("1")));
        spoil(device(janes), Schema.DEVICE_STATUS, "RUBBISH");

        assertThat(parts.verification.verify(environment, id("1"), passcode(0))).isInstanceOf(Accepted.class);
        assertThat(listed(ann)).containsExactly(anns);
    }
}
