package org.oathbound.entryaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.Requester;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Listing;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.problem.Problem;

@DisplayName("The administrator sees every entry, and searches as others do")
class VisibleEntriesTest {

    private static final Requester ADMINISTRATOR = new Requester.Administrator();
    private static final String PEOPLE = "ou=People,dc=example,dc=com";
    private static final String ID = UUID.nameUUIDFromBytes(new byte[] {7}).toString();

    private int lookedAt;
    private final WholeDirectory directory = Directories.fresh();
    private final WholeDirectory counting = (WholeDirectory) Proxy.newProxyInstance(
            WholeDirectory.class.getClassLoader(),
            new Class<?>[] {WholeDirectory.class},
            (proxy, method, arguments) -> {
                Object answer = method.invoke(directory, arguments);
                lookedAt +=
                        answer instanceof Listing.Entries page ? page.entries().size() : 0;
                return answer;
            });
    private final Enrolments enrolments = PersonsFixture.enrolments(counting);
    private final EntryView view = new EntryView(new Environments(counting, counting), enrolments);
    private final VisibleEntries entries = new VisibleEntries(counting, counting, view, enrolments);

    @BeforeEach
    void people() throws Exception {
        for (int i = 0; i < 100; i++) {
            String id = UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString();
            directory.add(new Entry(
                    "dn: uid=p" + i + "," + PEOPLE,
                    "objectClass: inetOrgPerson",
                    "objectClass: oathboundPerson",
                    "uid: p" + i,
                    "cn: P",
                    "sn: " + (100 - i),
                    "oathboundId: " + id,
                    "oathboundRevision: 0",
                    "userPassword: secret"));
        }
    }

    private VisibleEntries.Shown search(String filter) throws LDAPException {
        return entries.search(ADMINISTRATOR, directory.suffix(), SearchScope.SUB, Filter.create(filter), null, 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(uid=p7)", "(&(objectClass=*)(uid=p7))", "(entryUUID=%s)", "(|(1.3.6.1.1.16.4=%s)(uid=x))"})
    void byTheIndexes(String filter) throws Exception {
        assertThat(search(filter.formatted(ID)).entries())
                .extracting(Entry::getDN)
                .containsExactly("uid=p7," + PEOPLE);
        assertThat(lookedAt).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(userPassword=*)", "(!(2.5.4.35=secret))", "(:caseIgnoreMatch:=secret)"})
    void andNothingThatIsHidden(String filter) throws Exception {
        assertThatExceptionOfType(Problem.Forbidden.class).isThrownBy(() -> search(filter));
        assertThat(entries.read(ADMINISTRATOR, new DN("uid=p7," + PEOPLE)).hasAttribute("userPassword"))
                .isFalse();
    }

    @Test
    void inHisOwnOrderBehindAnEntryThatNeedNotExist() throws Exception {
        Entry after = new Entry("dn: uid=gone," + PEOPLE, "sn: 20");
        VisibleEntries.Shown page = entries.sorted(
                        ADMINISTRATOR,
                        new DN(PEOPLE),
                        SearchScope.ONE,
                        Filter.create("(cn=P)"),
                        List.of(new SortKey("sn", "integerOrderingMatch", false)),
                        after,
                        2)
                .orElseThrow();
        assertThat(page.entries())
                .extracting(entry -> entry.getAttributeValue("sn"))
                .containsExactly("20", "21");
        assertThat(page.more()).isTrue();
    }
}
