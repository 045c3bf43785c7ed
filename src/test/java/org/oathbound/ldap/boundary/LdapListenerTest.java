package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Enumerated;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldap.sdk.controls.MatchedValuesFilter;
import com.unboundid.ldap.sdk.controls.MatchedValuesRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import com.unboundid.ldap.sdk.controls.ProxiedAuthorizationV2RequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.StartTransactionExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.person.control.PersonsFixture;

@Tag("slow")
class LdapListenerTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";

    /** Of {@link #PASSWORD}, with one iteration, so that a test does not wait for its bind. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private static final String TOKEN = "oathTokenIdentifier=t1,ou=Tokens," + SUFFIX;
    private static final String REVOKED = "oathTokenIdentifier=t2,ou=Tokens," + SUFFIX;
    private static final String PERSON = "uid=jdoe,ou=People," + SUFFIX;
    private static final String SEALED = "eyJhbGciOiJkaXIifQ..sealed";
    private static final String SECRET_OID = "1.3.6.1.4.1.5427.1.389.4226.4.1";

    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private final Heard heard = new Heard();
    private final LdapListener listener = Listeners.plain(
            directory, new Environments(directory, directory), PersonsFixture.persons(directory), heard);
    private final List<LDAPConnection> opened = new ArrayList<>();

    @BeforeEach
    void start() {
        new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        directory.add(entry(
                ADMIN,
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "cn: admin",
                "userPassword: " + HASH));
        directory.add(token(TOKEN, "AB1"));
        Entry revoked = token(REVOKED, "AB2");
        revoked.addAttribute(Schema.REVOKED_AT, "20260101000000Z");
        directory.add(revoked);
        directory.add(entry(PERSON, "objectClass: inetOrgPerson", "cn: Jane", "sn: Doe"));
        directory.add(entry(
                "oathboundId=e2,ou=Environments," + SUFFIX,
                "objectClass: organization",
                "objectClass: oathboundEnvironment",
                "o: Second",
                "oathboundRevision: 0"));
        listener.start();
    }

    @AfterEach
    void stop() {
        opened.forEach(LDAPConnection::close);
        listener.stop();
    }

    private static Entry entry(String dn, String... lines) {
        Entry entry = new Entry(dn);
        for (String line : lines) {
            entry.addAttribute(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }
        return entry;
    }

    private static Entry token(String dn, String serial) {
        return entry(
                dn,
                "objectClass: device",
                "objectClass: oathHOTPToken",
                "objectClass: oathboundToken",
                "cn: " + serial,
                "oathTokenSerialNumber: " + serial,
                "oathSecret: " + SEALED,
                "oathboundFormer: fingerprint 5",
                "oathboundRevision: 0");
    }

    private LDAPConnection nobody() throws LDAPException {
        LDAPConnection connection = new LDAPConnection("127.0.0.1", listener.port());
        opened.add(connection);
        return connection;
    }

    private LDAPConnection administrator() throws LDAPException {
        LDAPConnection connection = nobody();
        connection.bind(ADMIN, PASSWORD);
        return connection;
    }

    private static ResultCode codeOf(Request request) {
        LDAPException refused = catchThrowableOfType(LDAPException.class, request::send);
        return refused == null ? ResultCode.SUCCESS : refused.getResultCode();
    }

    private interface Request {
        void send() throws LDAPException;
    }

    private static List<String> names(SearchResult result) {
        return result.getSearchEntries().stream().map(SearchResultEntry::getDN).toList();
    }

    private static SearchRequest search(String filter, Control... controls) throws LDAPException {
        SearchRequest request = new SearchRequest(SUFFIX, SearchScope.SUB, Filter.create(filter), "*", "+");
        request.setControls(controls);
        return request;
    }

    @Nested
    class NobodyReadsTheRootDseAndTheSchema {

        @Test
        void whichTellWhatThereIs() throws Exception {
            LDAPConnection nobody = nobody();
            assertThat(nobody.getRootDSE().getNamingContextDNs()).containsExactly(SUFFIX);
            assertThat(nobody.getRootDSE().getSupportedSASLMechanismNames()).containsExactly("UNBOUNDID-TOTP");
            assertThat(nobody.getSchema().getAttributeType("oathboundRevision")).isNotNull();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        dc=example,dc=com | BASE
                        dc=example,dc=com | SUB
                        cn=schema | SUB
                        cn=nothing | BASE
                        '' | SUB
                        '' | ONE
                        """)
        void andNothingElse(String base, String scope) throws Exception {
            SearchScope wanted =
                    SearchScope.valueOf(List.of("BASE", "ONE", "SUB").indexOf(scope));
            LDAPConnection nobody = nobody();
            assertThat(codeOf(() -> nobody.search(base, wanted, "(objectClass=*)")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void norComparesNorWrites() throws Exception {
            LDAPConnection nobody = nobody();
            assertThat(List.of(
                            codeOf(() -> nobody.compare(PERSON, "sn", "Doe")),
                            codeOf(() -> nobody.add("uid=x,ou=People," + SUFFIX, new Attribute("sn", "x"))),
                            codeOf(() -> nobody.modify(PERSON, new Modification(ModificationType.REPLACE, "sn", "x"))),
                            codeOf(() -> nobody.modifyDN(PERSON, "uid=x", true)),
                            codeOf(() -> nobody.delete(PERSON))))
                    .containsOnly(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
    }

    @Nested
    class ABind {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ADMIN,
                    "CN=Admin, DC=Example , dc=com",
                    "2.5.4.3=admin,dc=example,dc=com",
                    "cn=\\61dmin,dc=example,dc=com"
                })
        void knowsTheAdministratorHoweverHisNameIsWritten(String name) throws Exception {
            LDAPConnection connection = nobody();
            connection.bind(name, PASSWORD);
            var who = (WhoAmIExtendedResult) connection.processExtendedOperation(new WhoAmIExtendedRequest());
            assertThat(who.getAuthorizationID()).isEqualTo("dn:" + ADMIN);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        cn=admin,dc=example,dc=com      | wrong         | 49
                        cn=admin,dc=example,dc=com      | ''            | 53
                        cn=other,dc=example,dc=com      | correct horse | 49
                        uid=jdoe,ou=People,dc=example,dc=com | Jane     | 49
                        ''                              | correct horse | 49
                        no name                         | correct horse | 34
                        """)
        void isRefusedAndLeavesTheClientNobody(String name, String password, int code) throws Exception {
            LDAPConnection connection = administrator();
            var bind = new SimpleBindRequest(name, password);
            connection.getConnectionOptions().setBindWithDNRequiresPassword(false);
            assertThat(codeOf(() -> connection.bind(bind)).intValue()).isEqualTo(code);
            assertThat(codeOf(() -> connection.getEntry(PERSON))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            var who = (WhoAmIExtendedResult) connection.processExtendedOperation(new WhoAmIExtendedRequest());
            assertThat(who.getAuthorizationID()).isEmpty();
        }

        @Test
        void knowsNoSasl() throws Exception {
            LDAPConnection connection = administrator();
            assertThat(codeOf(() -> connection.bind(new PLAINBindRequest("dn:" + ADMIN, PASSWORD))))
                    .isEqualTo(ResultCode.AUTH_METHOD_NOT_SUPPORTED);
            assertThat(codeOf(() -> connection.getEntry(PERSON))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void asNobodyIsGranted() throws Exception {
            assertThat(nobody().bind("", "").getResultCode()).isEqualTo(ResultCode.SUCCESS);
        }
    }

    @Nested
    class WhatIsHiddenNeverLeaves {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "*",
                    "+",
                    "oathSecret",
                    "OATHSECRET",
                    SECRET_OID,
                    "oathSecret;binary",
                    "@oathToken",
                    "userPassword",
                    "2.5.4.35",
                    "oathboundFormer",
                    "oathboundSecretHash",
                    "oathboundFormerSecretHash",
                    "oathboundPayload"
                })
        void whateverIsAskedFor(String attribute) throws Exception {
            SearchResult found = administrator().search(SUFFIX, SearchScope.SUB, "(objectClass=*)", "cn", attribute);
            assertThat(names(found)).contains(TOKEN, ADMIN);
            assertThat(found.getSearchEntries().toString())
                    .contains("AB1")
                    .doesNotContain(SEALED)
                    .doesNotContain("fingerprint")
                    .doesNotContain("PBKDF2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "(oathSecret=eyJ*)",
                    "(OATHsecret>=a)",
                    "(" + SECRET_OID + "=*)",
                    "(oathSecret;binary=*)",
                    "(oathSecret~=x)",
                    "(|(cn=AB1)(!(&(oathSecret=a)(cn=*))))",
                    "(oathSecret:caseExactMatch:=x)",
                    "(:octetStringMatch:=x)",
                    "(:dn:caseIgnoreMatch:=x)",
                    "(2.5.4.35={PBKDF2*)",
                    "(userPassword;x-a;x-b=*)",
                    "(oathboundFormer=*)"
                })
        void norDoesAFilterTellAboutIt(String filter) throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(codeOf(() -> administrator.search(search(filter))))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"oathSecret", SECRET_OID, "oathsecret;binary", "userPassword", "oid." + SECRET_OID})
        void norAComparisonNorASortKey(String attribute) throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(codeOf(() -> administrator.compare(new CompareRequest(TOKEN, attribute, SEALED))))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            for (boolean critical : new boolean[] {true, false}) {
                var sort = new ServerSideSortRequestControl(critical, new SortKey("cn"), new SortKey(attribute));
                assertThat(codeOf(() -> administrator.search(search("(cn=*)", sort))))
                        .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            }
        }

        @Test
        void norAnyControl() throws Exception {
            LDAPConnection administrator = administrator();
            var assertion = new AssertionRequestControl(Filter.create("(oathSecret=*)"), true);
            var matched = new MatchedValuesRequestControl(true, MatchedValuesFilter.createPresentFilter("oathSecret"));
            for (Control control : List.of(assertion, matched)) {
                assertThat(codeOf(() -> administrator.search(search("(cn=*)", control))))
                        .isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
            }
            var modify = new ModifyRequest(PERSON, new Modification(ModificationType.REPLACE, "sn", "Roe"));
            modify.setControls(new PostReadRequestControl(false, "userPassword", "sn"));
            assertThat(administrator.modify(modify).getResponseControls()).isEmpty();
            modify.setControls(new PostReadRequestControl(true, "sn"));
            assertThat(codeOf(() -> administrator.modify(modify))).isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
        }
    }

    @Nested
    class TheAdministrator {

        @Test
        void readsPeopleAndTokensPageByPage() throws Exception {
            for (int i = 0; i < 25; i++) {
                directory.add(token("oathTokenIdentifier=p" + i + ",ou=Tokens," + SUFFIX, "P" + i));
            }
            LDAPConnection administrator = administrator();
            List<String> serials = new ArrayList<>();
            ASN1OctetString cookie = null;
            do {
                SearchResult page = administrator.search(search(
                        "(oathTokenSerialNumber=P*)",
                        new SimplePagedResultsControl(10, cookie, true),
                        new ServerSideSortRequestControl(true, new SortKey("cn", true))));
                page.getSearchEntries().forEach(entry -> serials.add(entry.getAttributeValue("cn")));
                cookie = SimplePagedResultsControl.get(page).getCookie();
            } while (cookie.getValueLength() > 0);
            assertThat(serials).hasSize(25).doesNotHaveDuplicates().startsWith("P9", "P8");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void missesNothingAndSeesNothingTwiceWhileEntriesComeAndGo(boolean sorted) throws Exception {
            for (int i = 10; i < 40; i++) {
                directory.add(token(numbered(i), "P" + i));
            }
            Control[] sort = sorted
                    ? new Control[] {new ServerSideSortRequestControl(true, new SortKey("oathTokenSerialNumber"))}
                    : new Control[0];
            LDAPConnection administrator = administrator();
            List<String> serials = new ArrayList<>();
            ASN1OctetString cookie = null;
            do {
                SearchRequest request = search("(oathTokenSerialNumber=P*)", sort);
                request.addControl(new SimplePagedResultsControl(10, cookie, true));
                SearchResult page = administrator.search(request);
                page.getSearchEntries().forEach(entry -> serials.add(entry.getAttributeValue("cn")));
                cookie = SimplePagedResultsControl.get(page).getCookie();
                if (serials.size() == 10) {
                    directory.add(token(numbered(1), "P01"));
                    directory.delete(new DN(numbered(12)));
                    directory.delete(new DN(numbered(19))); // which the page ended with
                }
            } while (cookie.getValueLength() > 0);
            assertThat(serials)
                    .containsExactlyElementsOf(
                            IntStream.range(10, 40).mapToObj(i -> "P" + i).toList());
        }

        private String numbered(int i) {
            return "oathTokenIdentifier=p%02d,ou=Tokens,%s".formatted(i, SUFFIX);
        }

        @Test
        void isToldWhereACookieIsNoneOfOurs() throws Exception {
            LDAPConnection administrator = administrator();
            Control paged = new SimplePagedResultsControl(10, new ASN1OctetString("20"), true);
            assertThat(codeOf(() -> administrator.search(search("(cn=*)", paged))))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }

        @Test
        void seesWhoHasATokenAndFindsIt() throws Exception {
            String person = UUID.randomUUID().toString();
            String device = UUID.randomUUID().toString();
            directory.add(entry(
                    "oathboundId=" + person + ",ou=Enrolments," + SUFFIX,
                    "objectClass: oathboundEnrolment",
                    "oathboundId: " + person,
                    "oathboundIdentity: " + PERSON,
                    "oathboundDevices: " + device,
                    "oathboundCreatedAt: 20260101000000Z",
                    "oathboundRevision: 0"));
            Entry paired = token("oathTokenIdentifier=t3,ou=Tokens," + SUFFIX, "AB3");
            paired.addAttribute(Schema.PAIRING, person + " " + device + " 20260101000000Z");
            directory.add(paired);
            SearchResult found = administrator().search(search("(owner=" + PERSON + ")"));
            assertThat(names(found)).containsExactly(paired.getDN());
            assertThat(found.getSearchEntries().getFirst().getAttributeValue("owner"))
                    .isEqualTo(PERSON);
        }

        @Test
        void knowsAnEntryByItsEntryUuid() throws Exception {
            String id = "7A3F9C1E-0B1D-4C55-9E50-1F0A2B3C4D5E";
            String token = "oathTokenIdentifier=" + id + ",ou=Tokens," + SUFFIX;
            directory.add(token(token, "AB4"));
            LDAPConnection administrator = administrator();
            assertThat(names(administrator.search(search("(entryUUID=" + id + ")"))))
                    .containsExactly(token);
            String uuid = id.toLowerCase(Locale.ROOT);
            for (String asked : List.of("entryUUID", "+", "1.3.6.1.1.16.4")) {
                assertThat(administrator.getEntry(token, asked).getAttributeValue("entryUUID"))
                        .isEqualTo(uuid);
            }
            assertThat(administrator.getEntry(token).hasAttribute("entryUUID")).isFalse();
            assertThat(administrator.compare(token, "entryUUID", id).compareMatched())
                    .isTrue();
        }

        @Test
        void getsTypesOnlyOrNoAttributesWhereHeAsksForNoMore() throws Exception {
            LDAPConnection administrator = administrator();
            SearchRequest types =
                    new SearchRequest(TOKEN, SearchScope.BASE, Filter.create("(cn=AB1)"), "cn", "2.5.4.0");
            types.setTypesOnly(true);
            Entry found = administrator.search(types).getSearchEntries().getFirst();
            assertThat(found.getAttributes())
                    .extracting(Attribute::getName)
                    .containsExactlyInAnyOrder("cn", "objectClass");
            assertThat(found.getAttributeValue("cn")).isNull();
            assertThat(administrator.getEntry(TOKEN, "1.1").getAttributes()).isEmpty();
        }

        @Test
        void getsNoMoreThanHeAskedFor() throws Exception {
            SearchRequest request = search("(objectClass=*)");
            request.setSizeLimit(3);
            LDAPConnection administrator = administrator();
            LDAPSearchException limited =
                    catchThrowableOfType(LDAPSearchException.class, () -> administrator.search(request));
            assertThat(limited.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
            assertThat(limited.getSearchEntries()).hasSize(3);
        }

        @Test
        void findsNoRevokedToken() throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(names(administrator.search(search("(objectClass=*)"))))
                    .contains(TOKEN)
                    .doesNotContain(REVOKED);
            assertThat(names(administrator.search(search("(oathboundRevokedAt=*)"))))
                    .isEmpty();
            assertThat(administrator.getEntry(REVOKED)).isNull();
            assertThat(codeOf(() -> administrator.compare(REVOKED, "cn", "AB2")))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        }

        @Test
        void looksIntoOtherEnvironmentsOnlyFromThere() throws Exception {
            String environment = "oathboundId=e2,ou=Environments," + SUFFIX;
            LDAPConnection administrator = administrator();
            assertThat(names(administrator.search(search("(objectClass=*)")))).doesNotContain(environment);
            assertThat(names(administrator.search(environment, SearchScope.SUB, "(objectClass=*)")))
                    .containsExactly(environment);
        }

        @Test
        void compares() throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(administrator.compare(TOKEN, "cn", "ab1").compareMatched())
                    .isTrue();
            assertThat(administrator.compare(TOKEN, "cn", "ab2").compareMatched())
                    .isFalse();
        }

        @Test
        void isNobodyElse() throws Exception {
            LDAPConnection administrator = administrator();
            Control proxied = new ProxiedAuthorizationV2RequestControl("dn:" + PERSON);
            Control notCritical = new Control(proxied.getOID(), false, proxied.getValue());
            for (Control control : List.of(proxied, notCritical)) {
                assertThat(codeOf(() -> administrator.search(search("(cn=*)", control))))
                        .isEqualTo(ResultCode.AUTHORIZATION_DENIED);
            }
        }
    }

    @Nested
    class OnlyPeopleAreWritten {

        @Test
        void addedChangedRenamedAndDeleted() throws Exception {
            LDAPConnection administrator = administrator();
            String added = "uid=new,ou=People," + SUFFIX;
            administrator.add(entry(added, "objectClass: inetOrgPerson", "cn: N", "sn: New"));
            administrator.modify(added, new Modification(ModificationType.ADD, "mail", "new@example.com"));
            administrator.modifyDN(added, "uid=newer", true);
            String renamed = "uid=newer,ou=People," + SUFFIX;
            ReadOnlyEntry read = directory.read(new DN(renamed)).orElseThrow();
            assertThat(read.getAttributeValue("mail")).isEqualTo("new@example.com");
            assertThat(directory.read(new DN(added))).isEmpty();
            administrator.delete(renamed);
            assertThat(directory.read(new DN(renamed))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "oathboundId=x,ou=Devices," + SUFFIX,
                    ADMIN,
                    SUFFIX,
                    "ou=People," + SUFFIX,
                    "ou=Tokens," + SUFFIX,
                    "cn=schema",
                    "",
                    "uid=x,ou=People,ou=Tokens," + SUFFIX
                })
        void nothingElseButTokens(String dn) throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(List.of(
                            codeOf(() -> administrator.add(entry(dn, "objectClass: inetOrgPerson", "cn: N", "sn: N"))),
                            codeOf(() -> administrator.modify(
                                    dn, new Modification(ModificationType.REPLACE, "description", "x"))),
                            codeOf(() -> administrator.delete(dn))))
                    .containsOnly(ResultCode.UNWILLING_TO_PERFORM);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "oathboundId: x",
                    "OATHSECRET: x",
                    SECRET_OID + ": x",
                    "oathSecret;x-a: x",
                    "objectClass: oathboundToken",
                    "objectClass: 1.3.6.1.4.1.5427.1.389.4226.6.3.1",
                    "userPassword: x"
                })
        void andNothingOfOursInThem(String line) throws Exception {
            LDAPConnection administrator = administrator();
            Entry added = entry("uid=x,ou=People," + SUFFIX, "objectClass: inetOrgPerson", "cn: N", "sn: N", line);
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 2);
            assertThat(List.of(
                            codeOf(() -> administrator.add(added)),
                            codeOf(() ->
                                    administrator.modify(PERSON, new Modification(ModificationType.ADD, name, value))),
                            codeOf(() -> administrator.modify(
                                    PERSON, new Modification(ModificationType.DELETE, name, value)))))
                    .containsOnly(ResultCode.UNWILLING_TO_PERFORM);
        }

        @Test
        void norInTheirNamesNorOutOfTheirPlace() throws Exception {
            LDAPConnection administrator = administrator();
            assertThat(List.of(
                            codeOf(() -> administrator.add(entry(
                                    "oathboundId=x,ou=People," + SUFFIX,
                                    "objectClass: inetOrgPerson",
                                    "cn: N",
                                    "sn: N"))),
                            codeOf(() -> administrator.modifyDN(PERSON, "oathboundId=x", false)),
                            codeOf(() -> administrator.modifyDN(PERSON, "uid=jdoe", true, "ou=Tokens," + SUFFIX)),
                            codeOf(() -> administrator.modifyDN(TOKEN, "uid=t", false, "ou=People," + SUFFIX))))
                    .containsOnly(ResultCode.UNWILLING_TO_PERFORM);
        }
    }

    @Nested
    class ExtendedOperations {

        @Test
        void areRefusedThatAreUnknown() throws Exception {
            LDAPConnection administrator = administrator();
            for (ExtendedRequest request : List.of(
                    new StartTransactionExtendedRequest(),
                    new StartTLSExtendedRequest(),
                    new ExtendedRequest("1.2.3.4"))) {
                assertThat(codeOf(() -> administrator.processExtendedOperation(request)))
                        .isEqualTo(ResultCode.PROTOCOL_ERROR);
            }
        }

        @Test
        void setNoPasswordButOfPeople() throws Exception {
            LDAPConnection administrator = administrator();
            var change = new PasswordModifyExtendedRequest(ADMIN, PASSWORD, "another one");
            assertThat(codeOf(() -> {
                        var result = administrator.processExtendedOperation(change);
                        throw new LDAPException(result);
                    }))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
            assertThat(codeOf(() -> administrator.bind(ADMIN, PASSWORD))).isEqualTo(ResultCode.SUCCESS);
        }
    }

    @Nested
    class WhatNobodyCanRead {

        private byte[] answerTo(byte[] sent) throws Exception {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                socket.setSoTimeout(10_000);
                OutputStream out = socket.getOutputStream();
                try {
                    out.write(sent);
                    out.flush();
                } catch (SocketException e) {
                    return new byte[0]; // closed before it had read all
                }
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                try {
                    return in.readAllBytes();
                } catch (SocketException e) {
                    return new byte[0];
                }
            }
        }

        /** The SDK's loop over a modification's values has an end only when reading fails for good. */
        @Test
        void aMessageThatIsCutOffEndsItsConnection() throws Exception {
            byte[] message = new LDAPMessage(
                            1,
                            new ModifyRequestProtocolOp(
                                    PERSON, List.of(new Modification(ModificationType.ADD, "sn", "a", "b"))))
                    .encode()
                    .encode();
            for (int end = 1; end < message.length; end++) {
                assertThat(new String(answerTo(Arrays.copyOf(message, end)), StandardCharsets.ISO_8859_1))
                        .as("answer to the first %d bytes", end)
                        .doesNotContain(PERSON);
            }
            assertThat(administrator().getEntry(PERSON)).isNotNull();
        }

        @Test
        void namesAndFiltersAreAsLargeAsAnybodyNeeds() throws Exception {
            LDAPConnection administrator = administrator();
            String usual = "ou=x,".repeat(300) + SUFFIX;
            assertThat(codeOf(() -> administrator.search(usual, SearchScope.BASE, "(cn=x)")))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
            String tooLong = "ou=x,".repeat(400) + SUFFIX;
            assertThat(List.of(
                            codeOf(() -> administrator.search(tooLong, SearchScope.BASE, "(cn=x)")),
                            codeOf(() -> administrator.compare(tooLong, "cn", "x")),
                            codeOf(() -> administrator.delete(tooLong)),
                            codeOf(() -> administrator.modifyDN(PERSON, "uid=" + "x".repeat(2_000), true))))
                    .containsOnly(ResultCode.ADMIN_LIMIT_EXCEEDED);
            assertThat(codeOf(() -> administrator.search(SUFFIX, SearchScope.SUB, either(999))))
                    .isEqualTo(ResultCode.SUCCESS);
            assertThat(codeOf(() -> administrator.search(SUFFIX, SearchScope.SUB, either(1_000))))
                    .isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
        }

        private Filter either(int parts) {
            return Filter.createORFilter(Collections.nCopies(parts, Filter.createEqualityFilter("cn", "nobody")));
        }

        @Test
        void closesThatConnectionOnly() throws Exception {
            byte[] huge = {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
            for (byte[] garbage : List.of(
                    "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    huge,
                    new byte[] {0x30, 0x03, 0x02, 0x01},
                    new byte[] {0x30, 0x05, 0x02, 0x01, 0x01, 0x7f, 0x00},
                    new byte[1024])) {
                answerTo(garbage);
            }
            assertThat(administrator().getEntry(PERSON)).isNotNull();
        }

        @Test
        void norAFilterThatIsTooDeep() throws Exception {
            LDAPConnection administrator = administrator();
            Filter filter = Filter.createPresenceFilter("cn");
            for (int depth = 0; depth < 30; depth++) {
                filter = Filter.createNOTFilter(filter);
            }
            SearchRequest request = new SearchRequest(SUFFIX, SearchScope.SUB, filter);
            assertThat(codeOf(() -> administrator.search(request))).isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
        }

        @Test
        void norOneThatWouldFillTheStack() throws Exception {
            byte[] filter = Filter.createPresenceFilter("cn").encode().encode();
            while (filter.length < 200_000) {
                filter = new ASN1Element((byte) 0xA2, filter).encode();
            }
            byte[] message = new ASN1Sequence(
                            new ASN1Integer(1),
                            new ASN1Sequence(
                                    LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST,
                                    new ASN1OctetString(SUFFIX),
                                    new ASN1Enumerated(2),
                                    new ASN1Enumerated(0),
                                    new ASN1Integer(0),
                                    new ASN1Integer(0),
                                    new ASN1Boolean(false),
                                    new ASN1Element((byte) 0xA2, filter),
                                    new ASN1Sequence()))
                    .encode();
            answerTo(message);
            assertThat(administrator().getEntry(PERSON)).isNotNull();
        }

        @Test
        void norAMessageThatIsTooLong() throws Exception {
            LDAPConnection administrator = administrator();
            String text = "x".repeat(300 * 1024);
            assertThat(codeOf(() -> administrator.modify(
                            PERSON, new Modification(ModificationType.REPLACE, "description", text))))
                    .isEqualTo(ResultCode.SERVER_DOWN);
            assertThat(directory.read(new DN(PERSON)).orElseThrow().hasAttribute("description"))
                    .isFalse();
        }

        @Test
        void norAClientThatDoesNotReadStopsTheWriters() throws Exception {
            for (int i = 0; i < 900; i++) {
                Entry person =
                        entry("uid=p" + i + ",ou=People," + SUFFIX, "objectClass: inetOrgPerson", "cn: N", "sn: N");
                person.addAttribute("description", "d".repeat(20_000));
                directory.add(person);
            }
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                silent.setReceiveBufferSize(1024);
                var bind = new LDAPMessage(1, new BindRequestProtocolOp(ADMIN, PASSWORD));
                silent.getOutputStream().write(bind.encode().encode());
                silent.getInputStream().read();
                var request = new SearchRequest(SUFFIX, SearchScope.SUB, Filter.createPresenceFilter("cn"));
                silent.getOutputStream()
                        .write(new LDAPMessage(2, new SearchRequestProtocolOp(request))
                                .encode()
                                .encode());
                silent.getOutputStream().flush();
                Thread.sleep(500); // by now its answer fills the socket
                var write = CompletableFuture.runAsync(
                        () -> directory.add(token("oathTokenIdentifier=t9,ou=Tokens," + SUFFIX, "T9")));
                write.get(5, TimeUnit.SECONDS);
            }
        }
    }
}
