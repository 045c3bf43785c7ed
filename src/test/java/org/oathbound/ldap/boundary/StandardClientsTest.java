package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.RFC3672SubentriesRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import com.unboundid.ldap.sdk.controls.VirtualListViewRequestControl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.person.control.Corporation;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Token;

@DisplayName("LDAP clients that know nothing of us find what the standards promise them")
@Tag("slow")
class StandardClientsTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String PEOPLE = "ou=People," + SUFFIX;
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";
    private static final String DECOMPOSED = "Zoe\u0308";

    /** Of {@link #PASSWORD}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private Corporation corporation;
    private DevicesFixture all;
    private LdapListener listener;
    private LDAPConnection client;
    private Person zoe;
    private Token fob;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        corporation = new Corporation();
        Seals seals = new Seals(KeySets.in(data));
        all = new DevicesFixture(directory, seals, clock);
        listener = Listeners.plain(LdapRequestHandlerFactoryFixture.interfaces(
                directory,
                environments,
                all.persons,
                seals,
                clock,
                new Heard(),
                new AddressLimit(0),
                corporation.properties()));
        var suffix = directory.read(directory.suffix()).orElseThrow();
        directory.modifyIfUnchanged(suffix, Attributes.with(suffix, Schema.CREATED_AT, "20260101000000.000Z"));
        Entry administrator = new Entry(new DN(ADMIN));
        administrator.addAttribute("objectClass", "organizationalRole", "simpleSecurityObject");
        administrator.addAttribute("cn", "admin");
        administrator.addAttribute("userPassword", HASH);
        directory.add(administrator);
        zoe = all.person(environment, "Zoë");
        all.persons.setPassword(environment, zoe.id(), "Käse und Brot");
        all.person(environment, "adam");
        fob = all.fob(environment, "AB1");
        listener.start();
        client = new LDAPConnection("127.0.0.1", listener.port(), ADMIN, PASSWORD);
    }

    @AfterEach
    void stop() {
        client.close();
        listener.stop();
        corporation.close();
    }

    private SearchRequest search(String base, SearchScope scope, String filter, String... attributes) throws Exception {
        return new SearchRequest(base, scope, Filter.create(filter), attributes);
    }

    private List<String> names(String filter) throws Exception {
        return names(client.search(search(SUFFIX, SearchScope.SUB, filter, "1.1")));
    }

    private static List<String> names(SearchResult result) {
        return result.getSearchEntries().stream().map(SearchResultEntry::getDN).toList();
    }

    private SearchResultEntry only(String base, String... attributes) throws Exception {
        return client.search(search(base, SearchScope.BASE, "(objectClass=*)", attributes))
                .getSearchEntries()
                .getFirst();
    }

    private String tokenName() {
        return Schema.TOKEN_IDENTIFIER + "=" + fob.metadata().id() + ",ou=Tokens," + SUFFIX;
    }

    private static List<String> operational() {
        return List.of(
                Schema.ENTRY_UUID,
                Schema.ENTRY_DN,
                Schema.CREATE_TIMESTAMP,
                Schema.MODIFY_TIMESTAMP,
                Schema.SUBSCHEMA_SUBENTRY);
    }

    @Nested
    @DisplayName("Operational attributes (RFC 4512 section 3.4) are there for those who ask")
    class Operational {

        @Test
        void onEveryEntry() throws Exception {
            SearchResult found = client.search(search(SUFFIX, SearchScope.SUB, "(objectClass=*)", "+"));
            assertThat(names(found)).contains(SUFFIX, PEOPLE, ADMIN, tokenName(), "uid=Zoë," + PEOPLE);
            assertThat(found.getSearchEntries()).allSatisfy(entry -> {
                assertThat(entry.getAttributes())
                        .extracting(Attribute::getName)
                        .containsExactlyInAnyOrderElementsOf(operational());
                assertThat(entry.getAttributeValue("entryDN")).isEqualTo(entry.getDN());
                assertThat(names("(entryUUID=" + entry.getAttributeValue("entryUUID") + ")"))
                        .contains(entry.getDN());
                assertThat(names("(entryDN=" + entry.getDN().toUpperCase(Locale.ROOT) + ")"))
                        .containsExactly(entry.getDN());
            });
            assertThat(only("cn=schema", "+").getAttributes())
                    .extracting(Attribute::getName)
                    .containsAll(operational());
            assertThat(only("", "+").getAttributes())
                    .extracting(Attribute::getName)
                    .contains("entryUUID", "entryDN", "subschemaSubentry", "supportedFeatures", "namingContexts");
            assertThat(only("", "supportedFeatures").getAttributeValues("supportedFeatures"))
                    .contains("1.3.6.1.4.1.4203.1.5.1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "*", "cn", "@inetOrgPerson"})
        void andOnlyForThem(String asked) throws Exception {
            for (String name : List.of(SUFFIX, "uid=Zoë," + PEOPLE, tokenName(), "", "cn=schema")) {
                SearchResultEntry entry = asked.isEmpty() ? only(name) : only(name, asked);
                assertThat(operational()).as("%s", name).noneMatch(entry::hasAttribute);
            }
            SearchResultEntry one = only("uid=Zoë," + PEOPLE, "1.1", "uid", "modifyTimestamp");
            assertThat(one.getAttributes())
                    .extracting(Attribute::getName)
                    .containsExactlyInAnyOrder("uid", "modifyTimestamp");
        }

        @Test
        void theTimesAreThoseOfTheEntry() throws Exception {
            String name = "uid=Zoë," + PEOPLE;
            Instant before = clock.instant();
            assertThat(only(name, "+").getAttributeValueAsDate("createTimestamp"))
                    .isEqualTo(before);
            clock.move(Duration.ofDays(1));
            client.modify(name, new Modification(ModificationType.REPLACE, "mail", "zoe@example.com"));
            assertThat(only(name, "+").getAttributeValueAsDate("modifyTimestamp"))
                    .isEqualTo(before.plus(Duration.ofDays(1)));
            assertThat(names("(&(uid=*)(modifyTimestamp>=20260103000000Z))")).containsExactly(name);
            clock.move(Duration.ofDays(1));
            client.modifyDN(name, "uid=zoe", true);
            assertThat(only("uid=zoe," + PEOPLE, "+").getAttributeValueAsDate("modifyTimestamp"))
                    .isEqualTo(before.plus(Duration.ofDays(2)));
            assertThat(only(PEOPLE, "+").getAttributeValue("createTimestamp")).isEqualTo("20260101000000.000Z");
        }

        @Test
        void theyAreComparedAndWrittenByNobody() throws Exception {
            String name = "uid=Zoë," + PEOPLE;
            assertThat(client.compare(name, "entryUUID", zoe.id().toString().toUpperCase(Locale.ROOT))
                            .compareMatched())
                    .isTrue();
            assertThat(client.compare(name, "entryDN", "UID=" + DECOMPOSED + "," + PEOPLE)
                            .compareMatched())
                    .isTrue();
            LDAPException refused = catchThrowableOfType(
                    LDAPException.class,
                    () -> client.modify(
                            name, new Modification(ModificationType.REPLACE, "createTimestamp", "20200101000000Z")));
            assertThat(refused.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
        }

        @Test
        void nobodyFindsByThemWhatHeMayNotSee() throws Exception {
            all.persons.setPassword(environment, zoe.id(), PASSWORD);
            client.bind("uid=Zoë," + PEOPLE, PASSWORD);
            assertThat(names("(entryUUID=" + fob.metadata().id() + ")")).isEmpty();
            assertThat(names("(entryDN=" + tokenName() + ")")).isEmpty();
            assertThat(names("(entryUUID=*)")).containsExactly("uid=Zoë," + PEOPLE);
        }
    }

    @Nested
    @DisplayName("A name is one name in all of its Unicode forms (RFC 4518), and a password too")
    class UnicodeForms {

        @Test
        void inABind() throws Exception {
            client.bind("uid=" + DECOMPOSED + "," + PEOPLE, "Käse und Brot");
            client.bind("uid=Zoë," + PEOPLE, "Ka\u0308se und Brot");
            assertThat(client.processExtendedOperation("1.3.6.1.4.1.4203.1.11.3")
                            .getValue()
                            .stringValue())
                    .isEqualTo("dn:uid=Zoë," + PEOPLE);
            assertThat(codeOf(() -> client.bind("uid=Zoë," + PEOPLE, "Kase und Brot")))
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void inWhatIsSearchedFor() throws Exception {
            String name = "uid=Zoë," + PEOPLE;
            assertThat(names("(uid=" + DECOMPOSED + ")")).containsExactly(name);
            assertThat(names("(uid=" + DECOMPOSED + "*)")).containsExactly(name);
            assertThat(only("uid=" + DECOMPOSED + "," + PEOPLE).getDN()).isEqualTo(name);
            assertThat(names(client.search(
                            search("uid=" + DECOMPOSED + "," + PEOPLE, SearchScope.SUB, "(objectClass=*)"))))
                    .containsExactly(name);
            assertThat(client.compare("uid=" + DECOMPOSED + "," + PEOPLE, "uid", DECOMPOSED)
                            .compareMatched())
                    .isTrue();
        }

        @Test
        void inWhatIsWritten() throws Exception {
            String other = "uid=Rene\u0301," + PEOPLE;
            client.add(other, new Attribute("objectClass", "inetOrgPerson"), new Attribute("cn", "R"), sn());
            assertThat(only(other, "uid").getAttributeValues("uid")).containsExactly("René");
            assertThat(codeOf(() -> client.add(
                            "uid=" + DECOMPOSED + "," + PEOPLE,
                            new Attribute("objectClass", "inetOrgPerson"),
                            new Attribute("uid", DECOMPOSED),
                            new Attribute("cn", "Z"),
                            sn())))
                    .isEqualTo(ResultCode.ENTRY_ALREADY_EXISTS);
            client.modifyDN("uid=" + DECOMPOSED + "," + PEOPLE, "uid=" + DECOMPOSED + " Straub", true);
            assertThat(all.persons.read(environment, "zoë straub")).isPresent();
            client.delete(other);
            assertThat(names("(uid=René)")).isEmpty();
        }

        private static Attribute sn() {
            return new Attribute("sn", "X");
        }
    }

    @ParameterizedTest
    @DisplayName("Approximate is equal, extensible is by the rule, Undefined is no match")
    @CsvSource({
        "(uid~=ADAM), 1",
        "(uid:caseIgnoreMatch:=ADAM), 1",
        "(uid:caseExactMatch:=ADAM), 0",
        "(uid:caseExactMatch:=adam), 1",
        "(&(uid=adam)(ou:dn:=people)), 1",
        "(uid:bogusMatch:=adam), 0",
        "(!(uid:bogusMatch:=adam)), 0",
        "(memberOf=x), 0",
        "(!(memberOf=x)), 0",
        "(&(uid=*)(!(description=x))), 2"
    })
    void filters(String filter, int found) throws Exception {
        assertThat(names(filter)).hasSize(found);
    }

    @Nested
    @DisplayName("Each way to entries obeys the same controls")
    class ControlsOfSearches {

        @BeforeEach
        void hire() throws Exception {
            for (String name : List.of("bob", "Ann", "cid")) {
                corporation.hire(name);
            }
        }

        @Test
        void toSort() throws Exception {
            for (String base : List.of(PEOPLE, Corporation.BASE)) {
                SearchRequest request = search(base, SearchScope.SUB, "(uid=*)", "mail");
                request.addControl(new ServerSideSortRequestControl(true, new SortKey("uid", true)));
                SearchResult found = client.search(request);
                assertThat(names(found))
                        .isEqualTo(
                                base.equals(PEOPLE)
                                        ? List.of("uid=Zoë," + PEOPLE, "uid=adam," + PEOPLE)
                                        : List.of(Corporation.dn("cid"), Corporation.dn("bob"), Corporation.dn("Ann")));
                assertThat(found.getSearchEntries()).noneMatch(entry -> entry.hasAttribute("uid"));
                assertThat(ServerSideSortResponseControl.get(found).getResultCode())
                        .isEqualTo(ResultCode.SUCCESS);
            }
            SearchRequest root = search("", SearchScope.BASE, "(objectClass=*)");
            root.addControl(new ServerSideSortRequestControl(true, new SortKey("cn")));
            assertThat(ServerSideSortResponseControl.get(client.search(root)).getResultCode())
                    .isEqualTo(ResultCode.SUCCESS);
        }

        @ParameterizedTest
        @CsvSource({"bogus, , 16", "uid, bogusMatch, 18"})
        void orToSayWhyNot(String attribute, String rule, int code) throws Exception {
            SearchRequest request = search(PEOPLE, SearchScope.SUB, "(uid=*)");
            request.addControl(new ServerSideSortRequestControl(false, new SortKey(attribute, rule, false)));
            SearchResult unsorted = client.search(request);
            assertThat(unsorted.getEntryCount()).isEqualTo(2);
            assertThat(ServerSideSortResponseControl.get(unsorted)
                            .getResultCode()
                            .intValue())
                    .isEqualTo(code);
            request.setControls(new ServerSideSortRequestControl(true, new SortKey(attribute, rule, false)));
            LDAPSearchException refused = catchThrowableOfType(LDAPSearchException.class, () -> client.search(request));
            assertThat(refused.getResultCode()).isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
            assertThat(ServerSideSortResponseControl.get(refused.getSearchResult())
                            .getResultCode()
                            .intValue())
                    .isEqualTo(code);
        }

        @Test
        void pageByPage() throws Exception {
            assertThat(paged(PEOPLE)).containsExactly("uid=adam," + PEOPLE, "uid=Zoë," + PEOPLE);
            assertThat(paged(Corporation.BASE))
                    .containsExactly(Corporation.dn("Ann"), Corporation.dn("bob"), Corporation.dn("cid"));
            for (String name : List.of("", "cn=schema")) {
                SearchRequest request = search(name, SearchScope.BASE, "(objectClass=*)");
                request.addControl(new SimplePagedResultsControl(1, true));
                SearchResult found = client.search(request);
                assertThat(found.getEntryCount()).isEqualTo(1);
                assertThat(SimplePagedResultsControl.get(found).moreResultsToReturn())
                        .isFalse();
            }
        }

        private List<String> paged(String base) throws Exception {
            List<String> all = new ArrayList<>();
            ASN1OctetString cookie = null;
            do {
                SearchRequest request = search(base, SearchScope.SUB, "(uid=*)");
                request.addControl(new SimplePagedResultsControl(1, cookie, true));
                SearchResult page = client.search(request);
                all.addAll(names(page));
                cookie = SimplePagedResultsControl.get(page).getCookie();
            } while (cookie.getValueLength() > 0);
            return all;
        }

        @ParameterizedTest
        @ValueSource(strings = {SUFFIX, Corporation.BASE, "", "cn=schema"})
        void andRefusesAnyOtherThatIsCritical(String base) throws Exception {
            var view = new VirtualListViewRequestControl(1, 0, 1, 0, null, true);
            var unknown = new Control("1.2.3.4", true);
            for (Control control : List.of(view, unknown)) {
                SearchRequest request = search(base, SearchScope.BASE, "(objectClass=*)");
                request.addControl(control);
                assertThat(codeOf(() -> client.search(request))).isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
            }
            SearchRequest request = search(base, SearchScope.BASE, "(objectClass=*)");
            request.addControl(new RFC3672SubentriesRequestControl(true, true));
            assertThat(client.search(request).getEntryCount()).isEqualTo(base.equals("cn=schema") ? 1 : 0);
            request.setControls(new RFC3672SubentriesRequestControl(false, true));
            assertThat(client.search(request).getEntryCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {SUFFIX, Corporation.BASE, "", "cn=schema"})
        void andSendsTypesOnly(String base) throws Exception {
            SearchRequest request = search(base, SearchScope.BASE, "(objectClass=*)", "*", "+");
            request.setTypesOnly(true);
            SearchResultEntry entry = client.search(request).getSearchEntries().getFirst();
            assertThat(entry.hasAttribute("objectClass")).isTrue();
            assertThat(entry.getAttributes()).allMatch(attribute -> attribute.size() == 0);
        }
    }

    @Test
    @DisplayName("53 says what is wrong, and what to do")
    void unwilling() throws Exception {
        client.getConnectionOptions().setBindWithDNRequiresPassword(false);
        assertThat(refusal(() -> client.bind("uid=Zoë," + PEOPLE, ""))).startsWith("The password is empty: send one");
        client.bind(ADMIN, PASSWORD);
        assertThat(refusal(() -> client.delete("ou=Jobs," + SUFFIX)))
                .startsWith("ou=Jobs," + SUFFIX + " is not below ou=People")
                .contains("use the HTTP API");
        assertThat(refusal(() -> client.modify(
                        "uid=adam," + PEOPLE, new Modification(ModificationType.REPLACE, "userPassword", "x"))))
                .startsWith("A password can't be written as an attribute: use the password modify operation");
        assertThat(refusal(() -> client.modify(
                        "uid=adam," + PEOPLE, new Modification(ModificationType.REPLACE, "oathboundId", "x"))))
                .startsWith("oathboundId is an attribute of ours")
                .contains("use the HTTP API");
        SearchRequest request = search(PEOPLE, SearchScope.SUB, "(uid=*)");
        request.addControl(new SimplePagedResultsControl(1, new ASN1OctetString("20"), true));
        assertThat(refusal(() -> client.search(request))).contains("begin the search again");
    }

    private static String refusal(Request request) {
        LDAPException refused = catchThrowableOfType(LDAPException.class, request::send);
        assertThat(refused.getResultCode()).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        return refused.getDiagnosticMessage();
    }

    private static ResultCode codeOf(Request request) {
        LDAPException refused = catchThrowableOfType(LDAPException.class, request::send);
        return refused == null ? ResultCode.SUCCESS : refused.getResultCode();
    }

    private interface Request {
        void send() throws LDAPException;
    }
}
