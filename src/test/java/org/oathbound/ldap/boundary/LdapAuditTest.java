package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import java.time.Clock;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.person.entity.Person;

@DisplayName("Binds, writes and what is refused through LDAP are lines")
@Tag("slow")
class LdapAuditTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String PEOPLE = "ou=People," + SUFFIX;
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";

    /** Of {@code correct horse}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private final Heard heard = new Heard();
    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private final Persons persons = PersonsFixture.persons(directory, deleted -> {}, Clock.systemUTC());
    private final LdapListener listener = Listeners.plain(directory, environments, persons, heard);
    private LDAPConnection client = new LDAPConnection();

    @BeforeEach
    void start() throws Exception {
        Entry administrator = new Entry(new DN(ADMIN));
        administrator.addAttribute("objectClass", "organizationalRole", "simpleSecurityObject");
        administrator.addAttribute("cn", "admin");
        administrator.addAttribute("userPassword", HASH);
        directory.add(administrator);
        listener.start();
        client = new LDAPConnection("127.0.0.1", listener.port());
    }

    @AfterEach
    void stop() {
        client.close();
        listener.stop();
    }

    private ResultCode fails(ThrowingCallable request) {
        return catchThrowableOfType(LDAPException.class, request).getResultCode();
    }

    @Test
    void aBindWithWhoHeIsAndFromWhere() throws Exception {
        client.bind(ADMIN, PASSWORD);
        assertThat(heard.texts()).containsExactly("ldap.bind success");
        assertThat(heard.last().event().object()).isEqualTo(ADMIN);
        assertThat(heard.last().context().actor()).isEqualTo("ldap:" + ADMIN);
        assertThat(heard.last().context().address()).isEqualTo("127.0.0.1");
        assertThat(heard.last().context().correlationId()).startsWith("ldap-");
    }

    @Test
    void aBindThatFailsAndNothingOfWhatWasTyped() {
        Person person = PersonsFixture.create(persons, environment, "jdoe");
        fails(() -> client.bind(ADMIN, "hunter2"));
        fails(() -> client.bind("uid=jdoe," + PEOPLE, "hunter2"));
        fails(() -> client.bind("uid=hunter2," + PEOPLE, "hunter2"));
        fails(() -> client.bind("cn=hunter2,dc=elsewhere", "hunter2"));
        assertThat(heard.texts()).hasSize(4).containsOnly("ldap.bind refused INVALID_CREDENTIALS");
        assertThat(heard.told())
                .extracting(told -> told.event().object())
                .containsExactly(ADMIN, person.id().toString(), "below " + PEOPLE, null);
        assertThat(heard.told()).allMatch(told -> told.context().actor().equals("anonymous"));
        assertThat(heard.told().toString()).doesNotContain("hunter2", "jdoe");
    }

    @Test
    void whatNamesNobodyIsCountedByNetwork() throws Exception {
        fails(() -> client.search(SUFFIX, SearchScope.SUB, "(uid=jdoe)"));
        fails(() -> client.delete(ADMIN));
        fails(() -> client.bind("uid=nobody," + PEOPLE, "hunter2"));
        client.bind("", "");
        fails(() -> client.bind(new PLAINBindRequest("dn:" + ADMIN, PASSWORD)));
        assertThat(heard.networks()).hasSize(heard.told().size()).containsOnly("7f000001");
    }

    @Test
    void anAttemptAtSomebodyIsALineOfItsOwn() throws Exception {
        PersonsFixture.create(persons, environment, "jdoe");
        fails(() -> client.bind(ADMIN, "hunter2"));
        fails(() -> client.bind("uid=jdoe," + PEOPLE, "hunter2"));
        client.bind(ADMIN, PASSWORD);
        fails(() -> client.delete("uid=nobody," + PEOPLE));
        assertThat(heard.told()).hasSize(4);
        assertThat(heard.networks()).isEmpty();
    }

    @Test
    void writesOfPeopleByTheirIds() throws Exception {
        Person person = PersonsFixture.create(persons, environment, "jdoe");
        client.bind(ADMIN, PASSWORD);
        client.modify("uid=jdoe," + PEOPLE, new Modification(ModificationType.REPLACE, "sn", "Doe"));
        client.modifyDN("uid=jdoe," + PEOPLE, "uid=john", true);
        client.delete("uid=john," + PEOPLE);
        client.add("dn: uid=ann," + PEOPLE, "objectClass: inetOrgPerson", "uid: ann", "cn: Ann", "sn: Doe");
        assertThat(heard.texts())
                .containsExactly(
                        "ldap.bind success",
                        "ldap.modify success",
                        "ldap.rename success",
                        "ldap.delete success",
                        "ldap.add success");
        assertThat(heard.told().subList(1, 4))
                .allMatch(told -> person.id().toString().equals(told.event().object()))
                .allMatch(told -> told.context().actor().equals("ldap:" + ADMIN));
        assertThat(heard.told().toString()).doesNotContain("jdoe", "john", "uid=ann");
    }

    @Test
    void whatIsRefusedAndNoReadThatIsNot() throws Exception {
        fails(() -> client.search(SUFFIX, SearchScope.SUB, "(uid=jdoe)"));
        fails(() -> client.delete(ADMIN));
        assertThat(heard.texts())
                .containsExactly(
                        "ldap.refused refused INSUFFICIENT_ACCESS_RIGHTS",
                        "ldap.delete refused INSUFFICIENT_ACCESS_RIGHTS");
        client.bind(ADMIN, PASSWORD);
        heard.told().clear();
        client.search(SUFFIX, SearchScope.SUB, "(uid=jdoe)");
        fails(() -> client.add("dn: ou=Fobs," + SUFFIX, "objectClass: organizationalUnit", "ou: Fobs"));
        assertThat(heard.texts()).containsExactly("ldap.add refused UNWILLING_TO_PERFORM");
        assertThat(heard.last().event().object()).isEqualTo("below " + SUFFIX);
    }

    @Test
    void andWithoutALineEntriesAreReadStill() throws Exception {
        PersonsFixture.create(persons, environment, "jdoe");
        client.bind(ADMIN, PASSWORD);
        heard.fail();
        assertThat(client.getEntry("uid=jdoe," + PEOPLE)).isNotNull();
        assertThat(client.compare("uid=jdoe," + PEOPLE, "uid", "jdoe").compareMatched())
                .isTrue();
        assertThat(fails(() -> client.processExtendedOperation(
                        new PasswordModifyExtendedRequest("uid=jdoe," + PEOPLE, null, "battery staple"))))
                .isEqualTo(ResultCode.UNAVAILABLE);
        assertThat(fails(() ->
                        client.modify("uid=jdoe," + PEOPLE, new Modification(ModificationType.REPLACE, "sn", "Doe"))))
                .isEqualTo(ResultCode.UNAVAILABLE);
        heard.recover();
        assertThat(client.getEntry("uid=jdoe," + PEOPLE).getAttributeValue("sn"))
                .isNotEqualTo("Doe");
    }

    @Test
    void andWithoutALineNothingIsDone() throws Exception {
        client.bind(ADMIN, PASSWORD);
        heard.fail();
        assertThat(fails(() -> client.add(
                        "dn: uid=ann," + PEOPLE, "objectClass: inetOrgPerson", "uid: ann", "cn: Ann", "sn: Doe")))
                .isEqualTo(ResultCode.UNAVAILABLE);
        assertThat(fails(() -> client.bind(ADMIN, PASSWORD))).isEqualTo(ResultCode.UNAVAILABLE);
        heard.recover();
        assertThat(fails(() -> client.getEntry("uid=ann," + PEOPLE))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        client.bind(ADMIN, PASSWORD);
        assertThat(client.getEntry("uid=ann," + PEOPLE)).isNull();
    }
}
