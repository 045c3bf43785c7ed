package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.SignIn.SignedIn;
import org.oathbound.device.entity.Credential.Joined;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.Corporation;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.PersonQuery;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.tls.PemPair;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("People live in a corporate directory, which is only read")
@Tag("slow")
class CorporatePeopleTest {

    private static final String PASSWORD = Corporation.PASSWORD;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WholeDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private Corporation corporation;
    private CorporateDirectories corporate;
    private DevicesFixture all;
    private SignIn signIn;
    private UUID ada;
    private @Nullable TokenId fob;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        corporation = new Corporation();
        ada = corporation.hire("ada");
        corporate = PersonsFixture.corporate(directory, corporation.properties());
        all = new DevicesFixture(directory, corporate, new Seals(KeySets.in(data)), new Heard(), clock);
        signIn = all.signIn;
    }

    @AfterEach
    void stop() {
        corporation.close();
    }

    private Optional<FoundPerson> named(String username) {
        return all.persons.read(environment, username);
    }

    private boolean isEnrolled() {
        return all.enrolments.find(environment, ada).isPresent();
    }

    private void pair() {
        fob = TokensFixture.create(all.tokens, environment, "FOB1").metadata().id();
        all.pairing.pair(
                environment, ada, new NewDevice(new Fob(new SerialNumber("FOB1")), Device.Status.ACTIVE, null, null));
    }

    private static String code(long counter) {
        return Secrets.code("FOB1", counter).text();
    }

    private Optional<SignedIn> signIn(String line) {
        return signIn.signIn(environment, named("ada"), new Joined(line));
    }

    private void move(String rdn, @Nullable String parent) throws LDAPException {
        corporation.server().modifyDN(Corporation.dn("ada"), rdn, true, parent);
    }

    private List<String> found(PersonQuery query, int limit) {
        return all.persons.page(environment, query, null, limit).items().stream()
                .map(person -> person.username().value())
                .toList();
    }

    @Nested
    @DisplayName("They are found without being created")
    class Found {

        @Test
        void byPartsOfWhatTheyAreCalledBehindThoseOfOurs() throws Exception {
            corporation.hire("adam");
            corporation.hire("bob");
            all.person(environment, "oradav");
            assertThat(found(new PersonQuery().usernameContains("DA"), 10)).containsExactly("oradav", "ada", "adam");
            assertThat(found(new PersonQuery().usernameContains("DA"), 2)).containsExactly("oradav", "ada");
            assertThat(found(new PersonQuery().familyNameContains("lovel"), 10)).containsExactly("ada", "adam", "bob");
            assertThat(found(new PersonQuery().givenNameContains("da").emailContains("bob@"), 10))
                    .containsExactly("bob");
            assertThat(found(new PersonQuery().usernameContains("*"), 10)).isEmpty();
            assertThat(isEnrolled()).isFalse();
        }

        @Test
        void butAListIsOfOurs() {
            int before = corporation.searches.size();
            assertThat(found(new PersonQuery(), 10)).isEmpty();
            assertThat(found(new PersonQuery().usernameBeginsWith(new Username("a")), 10))
                    .isEmpty();
            assertThat(corporation.searches).hasSize(before);
        }

        @Test
        void byUserNameByIdAndByName() throws LDAPException {
            Person found = named("ADA").orElseThrow().person();
            assertThat(found.id()).isEqualTo(ada);
            assertThat(found.identity()).isEqualTo(new DN(Corporation.dn("ada")));
            assertThat(found.profile().email()).isEqualTo("ada@corp.test");
            assertThat(all.persons.get(environment, ada).username().value()).isEqualTo("ada");
            assertThat(all.persons.read(environment, new DN(Corporation.dn("ada"))))
                    .isPresent();
            assertThat(isEnrolled()).isFalse();
        }

        @Test
        void byQueriesThatNameThem() {
            assertThat(page(new PersonQuery().usernameIs(new Username("ada")))).containsExactly(ada);
            assertThat(page(new PersonQuery().idIs(ada))).containsExactly(ada);
            assertThat(page(new PersonQuery().idIs(ada).emailIs("ADA@corp.test")))
                    .containsExactly(ada);
            assertThat(page(new PersonQuery().idIs(ada).emailIs("else@corp.test")))
                    .isEmpty();
        }

        private List<UUID> page(PersonQuery query) {
            return all.persons.page(environment, query, null, 10).items().stream()
                    .map(Person::id)
                    .toList();
        }

        @Test
        void oursFirst() {
            Person ours = all.person(environment, "ada");
            assertThat(named("ada").orElseThrow().id()).isEqualTo(ours.id()).isNotEqualTo(ada);
        }

        @Test
        void nobodyWhoHasTheIdOfOneOfOurs() throws LDAPException {
            Person ours = all.person(environment, "jane");
            Map<String, String> properties = corporation.properties();
            properties.put("oathbound.people.id-attribute", "employeeNumber");
            corporation
                    .server()
                    .modify(
                            Corporation.dn("ada"),
                            new Modification(
                                    ModificationType.ADD,
                                    "employeeNumber",
                                    ours.id().toString()));
            var persons = PersonsFixture.persons(
                    directory, PersonsFixture.corporate(directory, properties), gone -> {}, new Heard(), clock);
            assertThat(persons.named(environment, "ada")).isEmpty();
            assertThat(persons.read(environment, new DN(Corporation.dn("ada")))).isEmpty();
            assertThat(persons.get(environment, ours.id()).identity()).isEqualTo(ours.identity());
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "a*", "ada)(uid=*", "", " ", "nobody"})
        void byNothingElse(String username) {
            assertThat(named(username)).isEmpty();
        }

        @Test
        void nobodyByANameThatTwoHave() throws Exception {
            corporation
                    .server()
                    .add(
                            "dn: uid=ada,ou=Left," + Corporation.BASE,
                            "objectClass: inetOrgPerson",
                            "uid: ada",
                            "cn: ada",
                            "sn: Else");
            assertThat(named("ada")).isEmpty();
        }

        @Test
        void nobodyWhoDoesNotMatchTheFilter() throws LDAPException {
            Map<String, String> properties = corporation.properties();
            properties.put("oathbound.people.filter", "(&(objectClass=person)(!(employeeType=left)))");
            var persons = PersonsFixture.persons(
                    directory, PersonsFixture.corporate(directory, properties), gone -> {}, new Heard(), clock);
            assertThat(persons.find(environment, ada)).isPresent();
            corporation
                    .server()
                    .modify(Corporation.dn("ada"), new Modification(ModificationType.ADD, "employeeType", "left"));
            assertThat(persons.find(environment, ada)).isEmpty();
            assertThat(persons.read(environment, new DN(Corporation.dn("ada")))).isEmpty();
        }
    }

    @Nested
    @DisplayName("The first pairing makes the enrolment")
    class Enrolled {

        @Test
        void inTheWriteThatCommitsIt() {
            pair();
            assertThat(isEnrolled()).isTrue();
            assertThat(all.devices.list(environment, ada)).hasSize(1);
            assertThat(all.enrolments.get(environment, ada).codeRequired()).isTrue();
        }

        @Test
        void notAPairingThatFails() {
            NewDevice unknown = new NewDevice(new Fob(new SerialNumber("NONE")), Device.Status.ACTIVE, null, null);
            assertThatThrownBy(() -> all.pairing.pair(environment, ada, unknown))
                    .isInstanceOf(Problem.InvalidData.class);
            assertThat(isEnrolled()).isFalse();
        }

        @Test
        void notOfSomebodyWhoIsNotThere() {
            TokensFixture.create(all.tokens, environment, "FOB1");
            NewDevice fob = new NewDevice(new Fob(new SerialNumber("FOB1")), Device.Status.ACTIVE, null, null);
            assertThatThrownBy(() -> all.pairing.pair(environment, UUID.randomUUID(), fob))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void andOneThatCanNotBeReadLetsNobodyInUntilItIsRemoved() {
            pair();
            DN name = new DN(new RDN(Schema.ID, ada.toString()), environment.enrolments());
            ReadOnlyEntry seen = directory.read(name).orElseThrow();
            Entry spoilt = seen.duplicate();
            spoilt.setAttribute(Schema.DEVICES, "rubbish");
            assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();

            assertThatThrownBy(() -> signIn(PASSWORD)).isInstanceOf(Problem.Corrupt.class);
            all.persons.sweep(environment, Duration.ZERO, new UnreadableEntries());
            assertThat(directory.read(name)).isPresent();

            all.persons.delete(environment, ada);

            assertThat(directory.read(name)).isEmpty();
            assertThat(all.devices.list(environment, ada)).isEmpty();
            assertThat(named("ada")).isPresent();
        }

        @Test
        void andTheSweepLeavesItAloneAlsoWhenTheirDirectoryIsSilent() {
            pair();
            corporation.stop();
            all.persons.sweep(environment, Duration.ZERO, new UnreadableEntries());
            all.sweep.sweep(environment, Duration.ZERO, new UnreadableEntries());
            assertThat(all.devices.list(environment, ada)).hasSize(1);
        }
    }

    @Nested
    @DisplayName("Their password is checked by one bind, on a connection used for nothing else")
    class Password {

        @Test
        void aloneUntilTheyAreEnrolled() {
            assertThat(signIn(PASSWORD))
                    .hasValueSatisfying(in -> assertThat(in.withCode()).isFalse());
            assertThat(isEnrolled()).isFalse();
        }

        @Test
        void andWrongOnesCountFromTheFirstOn() {
            for (int i = 0; i < 10; i++) {
                assertThat(signIn("wrong")).isEmpty();
            }
            assertThat(signIn(PASSWORD)).as("in the cool-down").isEmpty();
            clock.move(Duration.ofMinutes(3));
            assertThat(signIn(PASSWORD)).as("after it").isPresent();
        }

        @Test
        void alsoWhenTheTenthWrongOneCameWhileThisOneWasChecked() {
            Optional<FoundPerson> read = named("ada"); // before anything is counted
            for (int n = 0; n < 10; n++) {
                assertThat(signIn("wrong")).isEmpty();
            }
            assertThat(all.passwords.check(environment, read.orElseThrow(), PASSWORD))
                    .isFalse();
        }

        @Test
        void withACodeFromThenOn() {
            pair();
            assertThat(signIn(PASSWORD)).isEmpty();
            assertThat(signIn(PASSWORD + code(0))).isPresent();
            assertThat(signIn(PASSWORD + code(0))).isEmpty();
        }

        @Test
        void atMostOncePerAttempt() {
            pair();
            for (String line : List.of(
                    PASSWORD + code(0),
                    PASSWORD + "000000",
                    "wrong" + code(1),
                    "wrong000000",
                    PASSWORD,
                    "",
                    "123456")) {
                corporation.binds.clear();
                signIn(line);
                assertThat(corporation.binds).as(line.length() + " characters").hasSizeLessThanOrEqualTo(1);
            }
        }

        @Test
        void onAConnectionOfItsOwn() {
            corporation.searches.clear();
            signIn(PASSWORD);
            signIn(PASSWORD);
            assertThat(corporation.binds).hasSize(2);
            assertThat(connections(corporation.binds)).doesNotHaveDuplicates();
            assertThat(connections(corporation.binds)).doesNotContainAnyElementsOf(connections(corporation.searches));
        }

        @Test
        void afterOneSearch() {
            pair();
            corporation.searches.clear();
            assertThat(signIn(PASSWORD + code(0))).isPresent();
            assertThat(corporation.searches).hasSize(1);
        }

        private List<String> connections(List<String> requests) {
            return requests.stream()
                    .map(request -> request.substring(0, request.indexOf(' ')))
                    .toList();
        }

        @Test
        void neverWithoutOne() {
            assertThat(signIn("")).isEmpty();
            assertThat(corporation.binds).isEmpty();
        }

        @Test
        void notWhileTooManyWereWrong() {
            pair();
            for (int n = 0; n < 10; n++) {
                assertThat(signIn("wrong" + code(0))).isEmpty();
            }
            corporation.binds.clear();
            assertThat(signIn(PASSWORD + code(0))).isEmpty();
            assertThat(corporation.binds).isEmpty();
            clock.move(Duration.ofMinutes(3));
            assertThat(signIn(PASSWORD + code(0))).isPresent();
        }

        @Test
        void neverStored() {
            pair();
            signIn(PASSWORD + code(0));
            assertThat(directory
                            .search(
                                    directory.suffix(),
                                    SearchScope.SUB,
                                    Filter.createPresenceFilter("userPassword"),
                                    null,
                                    10)
                            .entries())
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("They stay who they are")
    class Same {

        @Test
        void whenTheyAreMoved() throws LDAPException {
            pair();
            move("uid=ada", "ou=Left," + Corporation.BASE);
            assertThat(signIn(PASSWORD + code(0))).isPresent();
            assertThat(all.enrolments.get(environment, ada).identity())
                    .isEqualTo(new DN("uid=ada,ou=Left," + Corporation.BASE));
        }

        @Test
        void whenTheyAreRenamed() throws LDAPException {
            pair();
            move("uid=countess", null);
            assertThat(named("ada")).isEmpty();
            assertThat(signIn.signIn(environment, named("countess"), new Joined(PASSWORD + code(0))))
                    .isPresent();
            assertThat(all.devices.list(environment, ada)).hasSize(1);
        }
    }

    @Nested
    @DisplayName("Whoever is gone does not get in")
    class Gone {

        @BeforeEach
        void leave() throws LDAPException {
            pair();
            corporation.server().delete(Corporation.dn("ada"));
        }

        @Test
        void byPasswordAndCode() {
            assertThat(signIn(PASSWORD + code(0))).isEmpty();
            assertThat(all.persons.find(environment, ada)).isEmpty();
        }

        @Test
        void byACodeOfHisToken() {
            assertThatThrownBy(() -> all.verification.verify(
                            environment,
                            Objects.requireNonNull(fob),
                            Passcode.parse(code(0)).orElseThrow()))
                    .isInstanceOf(Problem.RequestFailed.class);
        }

        @Test
        void norByOneThatTestsHisDevice() {
            UUID device = all.devices.list(environment, ada).getFirst().device().id();
            assertThatThrownBy(() -> all.verification.test(
                            environment, ada, device, Passcode.parse(code(0)).orElseThrow()))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void andWhatIsLeftHereCanBeDeleted() {
            all.persons.delete(environment, ada);
            assertThat(isEnrolled()).isFalse();
            assertThatThrownBy(() -> all.persons.delete(environment, ada)).isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void whoIsAnotherWithTheSameNameHasNoneOfIt() throws Exception {
            UUID successor = corporation.hire("ada");
            assertThat(successor).isNotEqualTo(ada);
            assertThat(signIn(PASSWORD + code(0))).isEmpty();
            assertThat(signIn(PASSWORD))
                    .hasValueSatisfying(in -> assertThat(in.person().id()).isEqualTo(successor));
        }
    }

    @Nested
    @DisplayName("A directory that does not answer says nothing of anybody")
    class Silent {

        @Test
        void andAnswersAgain() throws LDAPException {
            pair();
            FoundPerson before = named("ada").orElseThrow();
            corporation.stop();
            assertThatThrownBy(() -> named("ada")).isInstanceOf(Problem.Unavailable.class);
            assertThatThrownBy(() -> all.persons.find(environment, ada)).isInstanceOf(Problem.Unavailable.class);
            assertThatThrownBy(() -> all.persons.delete(environment, ada)).isInstanceOf(Problem.Unavailable.class);
            assertThatThrownBy(() -> signIn.signIn(environment, Optional.of(before), new Joined(PASSWORD + code(0))))
                    .isInstanceOf(Problem.Unavailable.class);
            corporation.startAgain();
            assertThat(signIn(PASSWORD + code(0))).isPresent();
        }

        @Test
        void orLetsNobodyRead() {
            Map<String, String> properties = corporation.properties();
            properties.put("oathbound.people.password", "wrong");
            var persons = PersonsFixture.persons(
                    directory, PersonsFixture.corporate(directory, properties), gone -> {}, new Heard(), clock);
            assertThatThrownBy(() -> persons.find(environment, ada)).isInstanceOf(Problem.Unavailable.class);
        }

        @Test
        void oursGetInAllTheSame() {
            Person ours = all.person(environment, "jane");
            all.persons.setPassword(environment, ours.id(), "correct horse");
            corporation.stop();
            assertThat(signIn.signIn(environment, named("jane"), new Joined("correct horse")))
                    .isPresent();
        }
    }

    @Nested
    @DisplayName("Over TLS nobody is asked but the host that is meant")
    class OverTls {

        private Map<String, String> properties(Corporation secure, Path authority) {
            Map<String, String> properties = secure.properties();
            properties.put("oathbound.people.ca-certificate", authority.toString());
            return properties;
        }

        private Optional<Person> found(Map<String, String> properties, UUID id) {
            return PersonsFixture.persons(
                            directory, PersonsFixture.corporate(directory, properties), gone -> {}, new Heard(), clock)
                    .find(environment, id);
        }

        @Test
        void whoHasACertificateOfTheAuthority(@TempDir Path folder) throws Exception {
            try (Corporation secure = Corporation.secure("localhost", folder)) {
                UUID eve = secure.hire("eve");
                assertThat(found(properties(secure, folder.resolve("cert.pem")), eve))
                        .isPresent();
            }
        }

        @Test
        void notWhoHasOneOfAnotherName(@TempDir Path folder) throws Exception {
            try (Corporation secure = Corporation.secure("ldap.example.org", folder)) {
                UUID eve = secure.hire("eve");
                assertThatThrownBy(() -> found(properties(secure, folder.resolve("cert.pem")), eve))
                        .isInstanceOf(Problem.Unavailable.class);
                assertThat(secure.searches).isEmpty();
            }
        }

        @Test
        void notWhoHasAnother(@TempDir Path folder, @TempDir Path other) throws Exception {
            PemPair.ec("localhost").write(other);
            try (Corporation secure = Corporation.secure("localhost", folder)) {
                UUID eve = secure.hire("eve");
                Map<String, String> byTheJvm = secure.properties();
                assertThatThrownBy(() -> found(byTheJvm, eve)).isInstanceOf(Problem.Unavailable.class);
                Map<String, String> byAnother = properties(secure, other.resolve("cert.pem"));
                assertThatThrownBy(() -> found(byAnother, eve)).isInstanceOf(Problem.Unavailable.class);
                assertThat(secure.searches).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("They are changed where they live, and not here")
    class ReadOnly {

        @Test
        void whateverItIs() {
            assertThatThrownBy(() -> all.persons.change(environment, ada, profile -> profile))
                    .isInstanceOf(Problem.RequestFailed.class);
            assertThatThrownBy(() -> all.persons.setPassword(environment, ada, "another one"))
                    .isInstanceOf(Problem.RequestFailed.class);
            assertThatThrownBy(() -> all.persons.delete(environment, ada)).isInstanceOf(Problem.RequestFailed.class);
        }
    }
}
