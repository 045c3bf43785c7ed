package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Username;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;

@Tag("slow")
class PersonWritesTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String PEOPLE = "ou=People," + SUFFIX;
    private static final String PERSON = "uid=jdoe," + PEOPLE;
    private static final String ADMIN = "cn=admin," + SUFFIX;

    /** Of {@code correct horse}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    @TempDir
    Path data;

    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private Environment environment;
    private DevicesFixture parts;
    private LdapListener listener;
    private LDAPConnection ldap;
    private UUID person;
    private Token token;

    @BeforeEach
    void startWithAPersonWhoHasAFob() throws Exception {
        Environments environments = new Environments(directory, directory);
        environment = environments.createDefault(UUID.randomUUID(), "");
        directory.add(new Entry(
                "dn: " + ADMIN,
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "cn: admin",
                "userPassword: " + HASH));
        parts = new DevicesFixture(directory, new Seals(KeySets.in(data)), Clock.systemUTC());
        person = parts.person(environment, "jdoe").id();
        token = parts.fob(environment, "AB1");
        parts.pairing.pair(
                environment,
                person,
                new NewDevice(new NewDevice.Fob(new SerialNumber("AB1")), Device.Status.ACTIVE, null, null));
        listener = Listeners.plain(directory, environments, parts.persons, new Heard());
        listener.start();
        ldap = new LDAPConnection("127.0.0.1", listener.port(), ADMIN, "correct horse");
    }

    @AfterEach
    void stop() {
        ldap.close();
        listener.stop();
    }

    private Optional<Enrolment> enrolment() {
        return parts.enrolments.find(environment, person);
    }

    private boolean isThere(String dn) throws LDAPException {
        return directory.read(new DN(dn)).isPresent();
    }

    /** Nothing is left of a person, and his fob is in stock again. */
    private void assertGone() {
        assertThat(List.of(environment.enrolments(), environment.devices()))
                .allSatisfy(container -> assertThat(directory
                                .page(container, Filter.createPresenceFilter("objectClass"), null, 10, Order.ASCENDING)
                                .entries())
                        .isEmpty());
        Token stock = parts.tokens.find(environment, token.metadata().id()).orElseThrow();
        assertThat(stock.metadata().pairings()).isEmpty();
    }

    private static ResultCode codeOf(Request request) {
        LDAPException refused = catchThrowableOfType(LDAPException.class, request::send);
        return refused == null ? ResultCode.SUCCESS : refused.getResultCode();
    }

    private interface Request {
        void send() throws LDAPException;
    }

    @Nested
    @DisplayName("A person who is deleted through LDAP is deleted at once")
    class Deleted {

        @ParameterizedTest
        @ValueSource(strings = {PERSON, "UID=JDoe , OU=people,dc=example, DC=com", "uid=\\6adoe," + PEOPLE})
        void withAllThatHeHad(String name) throws Exception {
            ldap.delete(name);
            assertThat(isThere(PERSON)).isFalse();
            assertGone();
        }

        @Test
        void alsoWhereLdapHasRenamedHim() throws Exception {
            ldap.modifyDN(PERSON, "cn=Jane", false);
            ldap.delete("cn=Jane," + PEOPLE);
            assertGone();
        }

        @ParameterizedTest
        @ValueSource(strings = {Schema.ID, Schema.POPULATION})
        void alsoWhereHisEntryCanNotBeRead(String attribute) throws Exception {
            ReadOnlyEntry seen = directory.read(new DN(PERSON)).orElseThrow();
            Entry spoilt = seen.duplicate();
            spoilt.setAttribute(attribute, "rubbish");
            assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();

            ldap.delete(PERSON);

            assertThat(isThere(PERSON)).isFalse();
            assertThat(parts.persons.find(environment, person)).isEmpty();
            parts.persons.sweep(environment, Duration.ZERO, new UnreadableEntries());
            assertGone();
        }

        @Test
        void butNotWhileAnythingStandsBelowHim() throws Exception {
            String below = "cn=phone," + PERSON;
            ldap.add("dn: " + below, "objectClass: device", "cn: phone");
            assertThat(codeOf(() -> ldap.delete(PERSON))).isEqualTo(ResultCode.NOT_ALLOWED_ON_NONLEAF);
            assertThat(enrolment()).isPresent();
            assertThat(isThere(below)).isTrue();
        }

        @Test
        void andASecondTimeThereIsNone() throws Exception {
            ldap.delete(PERSON);
            assertThat(codeOf(() -> ldap.delete(PERSON))).isEqualTo(ResultCode.NO_SUCH_OBJECT);
        }

        @Test
        void whatIsLeftOfOneWhoIsGoneCanBeDeleted() throws Exception {
            directory.delete(new DN("oathboundId=" + person + "," + environment.enrolments()));
            ldap.delete(PERSON);
            assertThat(isThere(PERSON)).isFalse();
        }

        @Test
        void anotherWhoIsNoUserLeavesEverybodyAlone() throws Exception {
            String other = "uid=ldap," + PEOPLE;
            ldap.add("dn: " + other, "objectClass: inetOrgPerson", "cn: x", "sn: x");
            ldap.delete(other);
            assertThat(isThere(other)).isFalse();
            assertThat(enrolment()).isPresent();
        }
    }

    @Nested
    @DisplayName("A person who is renamed through LDAP stays who he is")
    class Renamed {

        @ParameterizedTest
        @ValueSource(strings = {"uid=jane", "cn=Jane Doe", "uid=jane+cn=Jane"})
        void andHisEnrolmentFollowsAtOnce(String rdn) throws Exception {
            ldap.modifyDN(PERSON, rdn, true);
            Enrolment followed = enrolment().orElseThrow();
            assertThat(followed.identity()).isEqualTo(new DN(rdn + "," + PEOPLE));
            assertThat(followed.devices()).hasSize(1);
        }

        @Test
        void whenTheNameIsTakenNothingChanges() throws Exception {
            Person other = parts.person(environment, "jane");
            assertThat(codeOf(() -> ldap.modifyDN(PERSON, "uid=jane", true)))
                    .isEqualTo(ResultCode.ENTRY_ALREADY_EXISTS);
            assertThat(enrolment().orElseThrow().identity()).isEqualTo(new DN(PERSON));
            assertThat(parts.persons.find(environment, new Username("jane")).map(Person::id))
                    .contains(other.id());
        }

        @Test
        void movedToWhereNoPeopleAreHeIsGone() throws Exception {
            moveAway();
        }

        private void moveAway() throws Exception {
            ldap.add("dn: ou=Former," + PEOPLE, "objectClass: organizationalUnit", "ou: Former");
            ldap.modifyDN(PERSON, "uid=jdoe", false, "ou=Former," + PEOPLE);
            assertGone();
            assertThat(isThere("uid=jdoe,ou=Former," + PEOPLE)).isTrue();
        }

        @Test
        void broughtBackHeIsNobody() throws Exception {
            moveAway();
            ldap.modifyDN("uid=jdoe,ou=Former," + PEOPLE, "uid=jdoe", false, PEOPLE);
            assertThat(parts.persons.find(environment, new Username("jdoe"))).isEmpty();
            ldap.delete(PERSON);
            assertThat(isThere(PERSON)).isFalse();
        }
    }

    @Nested
    @DisplayName("Another environment's people are that environment's")
    class AnotherEnvironment {

        @Test
        void itsPersonIsDeletedThere() throws Exception {
            UUID id = UUID.randomUUID();
            Environment other = new Environment(id, new DN("oathboundId=" + id + ",ou=Environments," + SUFFIX));
            directory.add(new Entry(
                    "dn: " + other.base(),
                    "objectClass: organization",
                    "objectClass: oathboundEnvironment",
                    "o: Second",
                    "oathboundId: " + id,
                    "oathboundRevision: 0"));
            for (String container : List.of("People", "Enrolments", "Devices")) {
                directory.add(new Entry(
                        "dn: ou=" + container + "," + other.base(),
                        "objectClass: organizationalUnit",
                        "ou: " + container));
            }
            UUID namesake = parts.person(other, "jdoe").id();
            ldap.delete("uid=jdoe," + other.people());
            assertThat(parts.enrolments.find(other, namesake)).isEmpty();
            assertThat(enrolment()).isPresent();
        }
    }
}
