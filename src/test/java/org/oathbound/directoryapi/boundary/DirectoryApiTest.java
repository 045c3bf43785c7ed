package org.oathbound.directoryapi.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.audit.Heard;
import org.oathbound.authentication.control.FindAccountFixture;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Schema;
import org.oathbound.entryaccess.EntryView;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.environment.Environment;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.OathSettings.EnrolByPassword;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.BaseUrl;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.Links;
import org.oathbound.http.TrustedProxies;
import org.oathbound.oauth.boundary.AuditFilter;
import org.oathbound.oauth.boundary.AuthorizationFilter;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.password.GuessLimit;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Verdict;

@Tag("slow")
class DirectoryApiTest {

    private static final String JSON = "application/json";
    private static final String PASSWORD = "correct horse";
    private static final String BASE = "https://oath.example.com";

    private final TestClock clock = new TestClock(Fixture.NOW);
    private Fixture fixture;
    private Environment environment;
    private DevicesFixture all;
    private StoredSettings settings;
    private InMemoryApi api;
    private Person jane;
    private final Heard heard = new Heard();
    private @Nullable RequestPrincipal caller;

    /** Stands for the container's filter, which knows of each request from where it comes. */
    private Scope request;

    private String requestUri = "";

    @BeforeEach
    void start(@TempDir Path folder) {
        request = AuditContext.from("192.0.2.7").enter();
        fixture = new Fixture(folder);
        environment = fixture.environment;
        all = new DevicesFixture(fixture.directory, new Seals(fixture.keys), clock);
        settings = new StoredSettings(fixture.directory, all.settings, clock);
        var interfaces = new FindAccountFixture(
                fixture.directory, fixture.environments, fixture.applications, all, new GuessLimit(5));
        EntryView view = new EntryView(fixture.environments, all.enrolments);
        VisibleEntries entries = new VisibleEntries(fixture.directory, fixture.directory, view, all.enrolments);
        SingleEntries single = new SingleEntries(entries, all.corporate, all.persons);
        EntryDocuments documents =
                new EntryDocuments(new Links(request(), new BaseUrl(Optional.of(BASE), new TrustedProxies(""))));
        api = new InMemoryApi(
                AuthorizationFilter.class,
                AuditFilter.class,
                new WritesElsewhere(),
                new CrossSiteFilter(),
                new Here(),
                new BasicAuthentication(interfaces.accounts, interfaces.sessions),
                new EntriesResource(entries, single, documents),
                new SharedSecretsResource(interfaces.secrets, interfaces.accounts),
                new SessionsResource(
                        interfaces.accounts,
                        interfaces.sessions,
                        interfaces.passwordChange,
                        fixture.accessTokens,
                        single,
                        documents));
        jane = all.person(environment, "jane");
        all.persons.setPassword(environment, jane.id(), PASSWORD);
    }

    @AfterEach
    void endRequest() {
        request.close();
    }

    /** The container's part: whose request it is, and what was asked for. */
    @PreMatching
    @jakarta.annotation.Priority(Priorities.AUTHENTICATION - 1)
    final class Here implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            requestUri = request.getUriInfo().getRequestUri().getRawPath();
            request.setProperty("org.oathbound.oauth.boundary.AuditContextFilter.audit", heard);
            if (caller != null) {
                new SignedIn(caller).filter(request);
            }
        }
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                DirectoryApiTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getRequestURI") ? requestUri : null);
    }

    private void as(Role... roles) {
        caller = new SignedIn(environment, roles).caller();
    }

    private void asJane(boolean withCode) {
        caller = RequestPrincipal.person(environment, new PersonSession(jane.id(), withCode), Set.of());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer get(String tail) {
        return api.get("directory/v1/" + tail).send();
    }

    private Answer post(String tail, String body) {
        return api.post("directory/v1/" + tail, JSON).send(body.replace('\'', '"'));
    }

    private Answer generate(String body) {
        return post("uid=jane,ou=People,dc=example,dc=com/generateTOTPSharedSecret", body);
    }

    private Answer revoke(String body) {
        return post("uid=jane,ou=People,dc=example,dc=com/revokeTOTPSharedSecret", body);
    }

    private static String byPassword() {
        return "{'staticPassword': '" + PASSWORD + "'}";
    }

    private List<PairedDevice> devices() {
        return all.devices.list(environment, jane.id());
    }

    private static String result(Answer answer) {
        JsonObject code = answer.json().getJsonObject("resultCode");
        return answer.status() + " " + code.getInt("value") + " " + code.getString("name");
    }

    private String code(String base32) {
        byte[] secret = TestBase32.decode(base32);
        return new Hotp(SharedSecret.ofBytes(secret), HashAlgorithm.SHA_1, 6)
                .generate(clock.instant().getEpochSecond() / 30)
                .text();
    }

    private String secretOf(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getString("totpSharedSecret");
    }

    private Verdict verify(UUID device, String code) {
        return all.verify(environment, jane.id(), device, Passcode.parse(code).orElseThrow(), Purpose.SIGN_ON);
    }

    private void use(String secret) {
        PairedDevice last = devices().get(devices().size() - 1);
        assertThat(verify(last.device().id(), code(secret))).isInstanceOf(Verdict.Accepted.class);
    }

    private void set(EnrolByPassword enrol) {
        OathSettings usual = OathSettings.DEFAULT;
        settings.replace(
                environment,
                new OathSettings(
                        usual.hotp(),
                        usual.totp(),
                        usual.autoResync(),
                        usual.bypassMfa(),
                        enrol,
                        usual.serialNumberPunctuation(),
                        usual.bind(),
                        usual.codeAlone(),
                        false));
    }

    @Nested
    @DisplayName("A name goes through the path and comes back")
    class Names {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a/b", "a;b", "a+b", "a b", "a\"b", "ümlaut", "50%", "50%2F", "a,b", "a=b", "a\\b", "a?b#c", "(a)",
                    "日本"
                })
        void whateverIsInIt(String name) throws Exception {
            DN dn = new DN(new RDN(Schema.OU, name), environment.people());
            Entry entry = new Entry(dn);
            entry.addAttribute(Schema.OBJECT_CLASS, "top", "organizationalUnit");
            entry.addAttribute(Schema.OU, name);
            assertThat(fixture.directory.add(entry)).isTrue();
            as(Role.HELP_DESK);

            Answer read = get(encoded(dn.toString()));
            assertThat(read.status()).as(read.body()).isEqualTo(200);
            assertThat(new DN(read.json().getString("_dn"))).isEqualTo(dn);
            assertThat(read.json().getJsonArray("ou").getString(0)).isEqualTo(name);

            String href =
                    read.json().getJsonObject("_links").getJsonObject("self").getString("href");
            Answer again = api.get(URI.create(href).getRawPath().substring(1)).send();
            assertThat(href).as("the container refuses it").doesNotContain("%5C", "\\");
            assertThat(again.status()).as(href).isEqualTo(200);
            assertThat(again.body()).isEqualTo(read.body());

            JsonObject found = get(encoded(environment.people().toString()) + "/subtree?searchScope=singleLevel&filter="
                            + encoded("ou eq \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\""))
                    .json();
            assertThat(found.getJsonObject("_embedded")
                            .getJsonArray("entries")
                            .getJsonObject(0)
                            .getString("_dn"))
                    .isEqualTo(read.json().getString("_dn"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "=", "uid", "a=b%", "a=b%zz", ",", "%20"})
        void orIsRefused(String segment) {
            as(Role.HELP_DESK);
            try {
                assertThat(get(segment).status()).isEqualTo(400);
            } catch (IllegalArgumentException e) {
                // a client's own library does not let it out
                assertThat(segment).contains("%");
            }
        }
    }

    @Nested
    @DisplayName("Entries are read and searched for")
    class Searching {

        private List<String> uids(JsonObject page) {
            return page.getJsonObject("_embedded").getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                    .filter(entry -> entry.containsKey("uid"))
                    .map(entry -> entry.getJsonArray("uid").getString(0))
                    .toList();
        }

        @Test
        void valuesHaveTheirTypes() {
            as(Role.HELP_DESK);
            all.fob(environment, "4711");
            JsonObject page = get("ou=Tokens,dc=example,dc=com/subtree?searchScope=singleLevel&filter="
                            + encoded("oathTokenSerialNumber eq \"4711\""))
                    .json();
            JsonObject token =
                    page.getJsonObject("_embedded").getJsonArray("entries").getJsonObject(0);
            assertThat(token.getInt("oathHOTPCounter")).isEqualTo(-1);
            assertThat(token.getString("oathTokenSerialNumber")).isEqualTo("4711");
            assertThat(token.getString("oathboundCreatedAt")).isEqualTo("2026-01-02T03:04:05.000Z");
            assertThat(token.getJsonArray("objectClass")).isNotEmpty();
            assertThat(token).doesNotContainKey("oathSecret");
        }

        @Test
        void aTokenShowsItsOwner() {
            all.fob(environment, "4711");
            all.pairing.pair(
                    environment,
                    jane.id(),
                    new NewDevice(new Fob(new SerialNumber("4711")), Device.Status.ACTIVE, null, null));
            as(Role.HELP_DESK);
            JsonObject page = get("ou=Tokens,dc=example,dc=com/subtree?searchScope=singleLevel")
                    .json();
            assertThat(page.getJsonObject("_embedded")
                            .getJsonArray("entries")
                            .getJsonObject(0)
                            .getJsonArray("owner")
                            .getString(0))
                    .isEqualTo(jane.identity().toString());
        }

        @Test
        void pageByPage() {
            for (int i = 0; i < 7; i++) {
                all.person(environment, "p" + i);
            }
            as(Role.HELP_DESK);
            List<String> found = new ArrayList<>();
            String path = "directory/v1/ou=People,dc=example,dc=com/subtree?searchScope=wholesubtree&limit=3&filter="
                    + encoded("uid sw \"p\"");
            int pages = 0;
            while (!path.isEmpty()) {
                Answer answer = api.get(path).send();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                found.addAll(uids(answer.json()));
                JsonObject next = answer.json().getJsonObject("_links").getJsonObject("next");
                path = next == null
                        ? ""
                        : "directory/v1/ou=People,dc=example,dc=com/subtree?limit=3&cursor="
                                + next.getString("href").replaceAll(".*cursor=", "");
                pages++;
            }
            assertThat(found).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6");
            assertThat(pages).isEqualTo(3);
        }

        @Test
        void byABodyToo() {
            all.person(environment, "p0");
            all.person(environment, "p1");
            as(Role.HELP_DESK);
            String filter = "uid eq \\\"p0\\\"" + " or uid eq \\\"x\\\"".repeat(99) + " or uid eq \\\"p1\\\"";
            Answer first = api.post("directory/v1/ou=People,dc=example,dc=com/subtree/search", JSON)
                    .send("{\"searchScope\": \"wholeSubtree\", \"limit\": 1, \"filter\": \"" + filter + "\"}");
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(uids(first.json())).containsExactly("p0");
            JsonObject next = first.json().getJsonObject("_links").getJsonObject("next");
            Answer second = api.post("directory/v1/ou=People,dc=example,dc=com/subtree/search", JSON)
                    .send(next.getJsonObject("data").toString());
            assertThat(uids(second.json())).containsExactly("p1");
            assertThat(second.json().getJsonObject("_links")).doesNotContainKey("next");
        }

        @Test
        void aPersonFindsHimselfAndNobodyElse() {
            all.person(environment, "other");
            asJane(false);
            assertThat(uids(get("dc=example,dc=com/subtree?searchScope=wholeSubtree")
                            .json()))
                    .containsExactly("jane");
            assertThat(get("uid=other,ou=People,dc=example,dc=com").status()).isEqualTo(404);
            assertThat(get("uid=jane,ou=People,dc=example,dc=com").status()).isEqualTo(200);
            assertThat(get("me").json().getString("_dn"))
                    .isEqualTo(jane.identity().toString());
        }

        @ParameterizedTest
        @CsvSource({
            "'', cn|sn|uid, userPassword",
            "includeAttributes=UID, uid, cn|sn",
            "includeAttributes=2.5.4.4, sn, cn|uid",
            "excludeAttributes=sn, cn|uid, sn",
            "includeAttributes=sn&excludeAttributes=*, _dn, sn|cn|uid",
            "includeAttributes=*&excludeAttributes=sn, cn, sn",
            "'includeAttributes=*,_operationalAttributes,userPassword', cn, userPassword",
        })
        void attributesAreChosen(String query, String there, String notThere) {
            asJane(false);
            JsonObject entry = get("me?" + query).json();
            assertThat(entry.keySet()).contains(there.split("\\|")).doesNotContain(notThere.split("\\|"));
        }

        @Test
        void notWhatIsIncludedAndExcluded() {
            asJane(false);
            assertThat(get("me?includeAttributes=sn&excludeAttributes=SN").status())
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "userPassword pr",
                    "uid eq \"jane\" and USERPASSWORD sw \"{\"",
                    "not (oathSecret pr)",
                    "uid eq \"x\" or (uid pr and not (ds-auth-totp-shared-secret eq \"A\"))"
                })
        void aFilterTellsNothingOfWhatIsHidden(String filter) {
            as(Role.HELP_DESK);
            Answer answer =
                    get("ou=People,dc=example,dc=com/subtree?searchScope=wholeSubtree&filter=" + encoded(filter));
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"uid", "uid eq", "name.first eq \"x\"", "uid[a eq \"b\"]", "(", "uid xx \"a\""})
        void aFilterThatIsNoneIsRefused(String filter) {
            as(Role.HELP_DESK);
            assertThat(get("ou=People,dc=example,dc=com/subtree?searchScope=wholeSubtree&filter=" + encoded(filter))
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void aFilterHasBounds() {
            as(Role.HELP_DESK);
            for (String filter : List.of(
                    "(".repeat(3_000) + "uid pr" + ")".repeat(3_000),
                    "not (".repeat(500) + "uid pr" + ")".repeat(500))) {
                Answer answer = api.post("directory/v1/ou=People,dc=example,dc=com/subtree/search", JSON)
                        .send("{\"searchScope\": \"wholeSubtree\", \"filter\": \"" + filter + "\"}");
                assertThat(answer.status()).isEqualTo(400);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "uid eq \"JANE\", jane",
            "uid ne \"jane\", ''",
            "uid co \"an\", jane",
            "uid sw \"ja\" and uid ew \"ne\", jane",
            "mail pr, ''",
            "not (mail pr), jane",
            "oathboundCreatedAt ge \"2026-01-02T03:04:05Z\", jane",
            "oathboundCreatedAt gt \"2026-01-02T03:04:05.000Z\", ''",
            "oathboundCreatedAt lt \"2026-01-02T03:04:06Z\", jane",
            "unknownThing pr, ''",
            "uid eq \"*\", ''",
            "uid eq \"jane)(uid=*\", ''",
        })
        void aFilterChooses(String filter, String found) {
            as(Role.HELP_DESK);
            Answer answer =
                    get("ou=People,dc=example,dc=com/subtree?searchScope=singleLevel&filter=" + encoded(filter));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(String.join(" ", uids(answer.json()))).isEqualTo(found);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "searchScope=all",
                    "searchScope=wholeSubtree&limit=0",
                    "searchScope=wholeSubtree&limit=x",
                    "cursor=x",
                    "cursor=e30",
                    "cursor=eyJzIjo5fQ"
                })
        void whatIsNotUnderstoodIsRefused(String query) {
            as(Role.HELP_DESK);
            assertThat(get("ou=People,dc=example,dc=com/subtree?" + query).status())
                    .isEqualTo(400);
        }

        @Test
        void nobodyReadsNothing() {
            for (String path :
                    List.of("", "me", "dc=example,dc=com", "dc=example,dc=com/subtree?searchScope=baseObject")) {
                Answer answer = get(path);
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).contains("Bearer").contains("Basic");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "POST, ''",
            "PUT, 'uid=jane,ou=People,dc=example,dc=com'",
            "PATCH, 'uid=jane,ou=People,dc=example,dc=com'",
            "DELETE, 'uid%3Djane,ou=People,dc=example,dc=com'",
        })
        void whoeverWouldWriteIsToldWhere(String method, String path) {
            as(Role.values());
            Answer answer = api.call(method, "directory/v1/" + path).send();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET");
            assertThat(answer.json().getJsonArray("details").getJsonObject(0).getString("message"))
                    .contains("LDAP")
                    .contains("/v1/environments");
        }
    }

    @Nested
    @DisplayName("A shared secret is an authenticator app of the person")
    class Secrets {

        @Test
        void whoseCodesAreJudgedAsAnyOther() {
            Answer made = generate(byPassword());
            assertThat(result(made)).isEqualTo("200 0 success");
            assertThat(made.json().keySet()).containsExactly("resultCode", "totpSharedSecret");
            String secret = secretOf(made);
            assertThat(secret).matches("[A-Z2-7]{32}");
            Device device = devices().get(0).device();
            assertThat(device.type()).isEqualTo(Device.Type.TOTP);
            assertThat(device.status()).isEqualTo(Device.Status.ACTIVE);
            assertThat(verify(device.id(), code(secret))).isInstanceOf(Verdict.Accepted.class);
            assertThat(verify(device.id(), code(secret))).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void anUnknownNameAndAWrongPasswordAreAnsweredAlike() {
            Answer wrong = generate("{'staticPassword': 'wrong horse'}");
            Answer unknown = post("uid=nobody,ou=People,dc=example,dc=com/generateTOTPSharedSecret", byPassword());
            Answer elsewhere = post("uid=jane,dc=example,dc=org/generateTOTPSharedSecret", byPassword());
            assertThat(result(wrong)).isEqualTo("401 49 invalid credentials");
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(List.of(unknown.body(), elsewhere.body())).containsOnly(wrong.body());
            assertThat(wrong.json().getJsonArray("details").getJsonObject(0).getString("message"))
                    .isNotEmpty();
            assertThat(devices()).isEmpty();
        }

        @Test
        void neitherPasswordNorCallerIsNotEnough() {
            assertThat(result(generate("{}"))).isEqualTo("401 49 invalid credentials");
        }

        @Test
        void thePasswordAloneMakesMoreUntilTheFirstCode() {
            secretOf(generate(byPassword()));
            String second = secretOf(generate(byPassword()));
            use(second);
            assertThat(result(generate(byPassword()))).isEqualTo("403 50 insufficient access rights");
            assertThat(devices()).hasSize(2);
        }

        @Test
        void losingWhatWasUsedDoesNotOpenItAgain() {
            String first = secretOf(generate(byPassword()));
            secretOf(generate(byPassword()));
            assertThat(verify(devices().get(0).device().id(), code(first))).isInstanceOf(Verdict.Accepted.class);
            assertThat(result(revoke("{'totpSharedSecret': '" + first + "'}"))).isEqualTo("200 0 success");
            assertThat(result(generate(byPassword()))).isEqualTo("403 50 insufficient access rights");
            assertThat(result(revoke(byPassword()))).isEqualTo("200 0 success");
            assertThat(devices()).isEmpty();
            assertThat(result(generate(byPassword()))).isEqualTo("403 50 insufficient access rights");
        }

        @Test
        void anythingElseThatIsPairedClosesIt() {
            all.fob(environment, "4711");
            all.pairing.pair(
                    environment,
                    jane.id(),
                    new NewDevice(new Fob(new SerialNumber("4711")), Device.Status.ACTIVATION_REQUIRED, null, null));
            assertThat(result(generate(byPassword()))).isEqualTo("403 50 insufficient access rights");
        }

        @Test
        void settingsSayWhetherThePasswordIsEnough() {
            set(EnrolByPassword.NEVER);
            assertThat(result(generate(byPassword()))).isEqualTo("403 50 insufficient access rights");
            set(EnrolByPassword.ALWAYS);
            use(secretOf(generate(byPassword())));
            secretOf(generate(byPassword()));
        }

        @Test
        void whoHasGivenACodeMakesAnother() {
            use(secretOf(generate(byPassword())));
            asJane(false);
            assertThat(result(generate("{}"))).isEqualTo("403 50 insufficient access rights");
            asJane(true);
            secretOf(generate("{}"));
        }

        @ParameterizedTest
        @CsvSource({
            "HELP_DESK, 200 0 success",
            "IDENTITY_DATA_ADMIN, 200 0 success",
            "IDENTITY_DATA_READ_ONLY, 403 50 insufficient access rights",
            "ENVIRONMENT_ADMIN, 403 50 insufficient access rights",
        })
        void soDoesWhoeverMayPair(Role role, String expected) {
            use(secretOf(generate(byPassword())));
            as(role);
            assertThat(result(generate("{}"))).isEqualTo(expected);
            assertThat(result(post("uid=nobody,ou=People,dc=example,dc=com/generateTOTPSharedSecret", "{}")))
                    .isEqualTo(expected.startsWith("200") ? "404 32 no such object" : expected);
        }

        @Test
        void butForNobodyAboveHim() {
            fixture.holders.set(environment, jane.id(), Set.of(Role.ENVIRONMENT_ADMIN));
            as(Role.HELP_DESK);
            assertThat(result(generate("{}"))).isEqualTo("403 50 insufficient access rights");
            assertThat(result(revoke("{}"))).isEqualTo("403 50 insufficient access rights");
        }

        @Test
        void afterItsFirstCodeACodeIsRequired() {
            use(secretOf(generate(byPassword())));
            Answer alone = post(
                    "authenticate",
                    "{'credentials': {'authenticationType': 'password', 'username': 'jane', 'staticPassword': '"
                            + PASSWORD + "'}}");
            assertThat(result(alone)).isEqualTo("401 49 invalid credentials");
        }

        @Test
        void oneIsEndedByItself() {
            String first = secretOf(generate(byPassword()));
            String second = secretOf(generate(byPassword()));
            String sent = first.toLowerCase(java.util.Locale.ROOT) + "====";
            assertThat(result(revoke("{'totpSharedSecret': '" + sent + "'}"))).isEqualTo("200 0 success");
            assertThat(devices()).hasSize(1);
            use(second);
            assertThat(result(revoke("{'totpSharedSecret': '" + sent + "'}"))).isEqualTo("401 49 invalid credentials");
        }

        @Test
        void allAreEndedAndNoFob() {
            all.fob(environment, "4711");
            secretOf(generate(byPassword()));
            secretOf(generate(byPassword()));
            all.pairing.pair(
                    environment,
                    jane.id(),
                    new NewDevice(new Fob(new SerialNumber("4711")), Device.Status.ACTIVE, null, null));
            assertThat(result(revoke("{}"))).isEqualTo("401 49 invalid credentials");
            assertThat(result(revoke("{'staticPassword': 'wrong horse'}"))).isEqualTo("401 49 invalid credentials");
            assertThat(result(revoke(byPassword()))).isEqualTo("200 0 success");
            assertThat(devices())
                    .singleElement()
                    .extracting(device -> device.device().type())
                    .isEqualTo(Device.Type.OATH_TOKEN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{'totpSharedSecret': ''}", "{'totpSharedSecret': '!'}", "{'totpSharedSecret': 1}", "[]", "{"
                })
        void whatCantBeReadIsRefused(String body) {
            assertThat(revoke(body).status()).isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("A person signs in, and is known by what he got")
    class SigningIn {

        private Answer authenticate(String type, String rest) {
            return post(
                    "authenticate",
                    "{'credentials': {'authenticationType': '" + type + "', 'username': 'Jane', 'staticPassword': '"
                            + PASSWORD + "'" + rest + "}}");
        }

        private RequestPrincipal callerOf(Answer answer) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return fixture.verifierAt(clock.instant())
                    .verify(answer.json().getString("accessToken"))
                    .orElseThrow();
        }

        @Test
        void byHisPassword() {
            RequestPrincipal signedIn = callerOf(authenticate("password", ""));
            assertThat(signedIn.person()).contains(jane.id());
            assertThat(signedIn.withCode()).isFalse();
            assertThat(signedIn.roles()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"totpPassword", "totp"})
        void byPasswordAndCode(String member) {
            String secret = secretOf(generate(byPassword()));
            fixture.holders.set(environment, jane.id(), Set.of(Role.HELP_DESK));
            String rest = ", '" + member + "': '" + code(secret) + "'";
            RequestPrincipal signedIn = callerOf(authenticate("passwordPlusTOTP", rest));
            assertThat(signedIn.withCode()).isTrue();
            assertThat(signedIn.roles()).containsExactly(Role.HELP_DESK);
            assertThat(result(authenticate("passwordPlusTOTP", rest)))
                    .as("the same code once more")
                    .isEqualTo("401 49 invalid credentials");
        }

        @Test
        void whoIsDeletedIsKnownNoMore() {
            Answer answer = authenticate("password", "");
            all.persons.delete(environment, jane.id());
            assertThat(fixture.verifierAt(clock.instant()).verify(answer.json().getString("accessToken")))
                    .isEmpty();
        }

        @Test
        void withWhatHeAskedFor() {
            Answer answer = post(
                    "authenticate",
                    "{'credentials': {'authenticationType': 'password', 'dn': 'uid=jane,ou=People,dc=example,dc=com',"
                            + " 'staticPassword': '" + PASSWORD
                            + "'}, 'returnUserAttributes': ['uid', 'userPassword']}");
            assertThat(answer.json().getJsonObject("userAttributes").keySet()).containsExactly("_dn", "_links", "uid");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'credentials': {'authenticationType': 'other', 'username': 'jane', 'staticPassword': 'x'}}",
                    "{'credentials': {'authenticationType': 'password', 'staticPassword': 'x'}}",
                    "{'credentials': {'authenticationType': 'password', 'username': 'a', 'dn': 'b=c', 'staticPassword': 'x'}}",
                    "{'credentials': {'authenticationType': 'passwordPlusTOTP', 'username': 'a', 'staticPassword': 'x'}}",
                    "{'credentials': {'authenticationType': 'password', 'dn': 'nonsense', 'staticPassword': 'x'}}",
                })
        void whatCantBeReadIsRefused(String body) {
            assertThat(post("authenticate", body).status()).isEqualTo(400);
        }

        private Answer basic(String name, String secret) {
            String text = name + ":" + secret;
            return api.get("directory/v1/me")
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                    .send();
        }

        @Test
        void orByBasic() {
            assertThat(basic("jane", PASSWORD).status()).isEqualTo(200);
            assertThat(basic(jane.identity().toString(), PASSWORD).status()).isEqualTo(200);
            String secret = secretOf(generate(byPassword()));
            assertThat(basic("jane", PASSWORD + code(secret)).status()).isEqualTo(200);
            assertThat(basic("jane", PASSWORD).status())
                    .as("from the first code on")
                    .isEqualTo(401);
            Answer wrong = basic("jane", "wrong horse");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("WWW-Authenticate")).contains("Basic realm=");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cross-site", "same-site"})
        void butNotForAPageOfAnotherSite(String site) {
            String credentials = "Basic "
                    + Base64.getEncoder().encodeToString(("jane:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            Answer read = api.get("directory/v1/me")
                    .header("Authorization", credentials)
                    .header("Sec-Fetch-Site", site)
                    .send();
            assertThat(read.status()).isEqualTo(403);
            Answer made = api.post("directory/v1/uid=jane,ou=People,dc=example,dc=com/generateTOTPSharedSecret", JSON)
                    .header("Authorization", credentials)
                    .header("Sec-Fetch-Site", site)
                    .send();
            assertThat(made.status()).isEqualTo(403);
            assertThat(api.post("directory/v1/authenticate", JSON)
                            .header("Sec-Fetch-Site", site)
                            .send("{}")
                            .status())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"same-origin", "none"})
        void andForAPageOfThisOneOrNoPage(String site) {
            assertThat(api.get("directory/v1/me")
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString(
                                                            ("jane:" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                            .header("Sec-Fetch-Site", site)
                            .send()
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void anApplicationToo() {
            UUID id = fixture.application(UUID.randomUUID(), Role.AUTHENTICATOR).id();
            String dn = "oathboundId=" + id + ",ou=Applications,dc=example,dc=com";
            assertThat(basic(id.toString(), Fixture.SECRET).json().getString("_dn"))
                    .isEqualTo(dn);
            assertThat(basic(dn, Fixture.SECRET).status()).isEqualTo(200);
            assertThat(basic(dn, "wrong").status()).isEqualTo(401);
        }

        @Test
        void wrongOnesAreHeldToALimit() {
            for (int i = 0; i < 5; i++) {
                assertThat(basic("nobody" + i, "x").status()).isEqualTo(401);
            }
            assertThat(basic("jane", PASSWORD).status()).isEqualTo(429);
            assertThat(generate(byPassword()).status()).isEqualTo(429);
        }

        @Test
        void nowhereElse() {
            assertThat(api.get("v1/environments/" + environment.id() + "/users")
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString("a:b".getBytes(StandardCharsets.UTF_8)))
                            .send()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("The audit")
    class Audited {

        private int basic(String name) {
            AuditContext.become(AuditContext.from("192.0.2.7")); // another request
            String text = name + ":wrong horse";
            Scope own = AuditContext.from("192.0.2.7").enter(); // each request has one
            try {
                return api.get("directory/v1/me")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                        .send()
                        .status();
            } finally {
                own.close();
            }
        }

        @Test
        void namesWhosePasswordWasWrong() {
            UUID id = fixture.application(UUID.randomUUID(), Role.AUTHENTICATOR).id();
            assertThat(basic("jane")).isEqualTo(401);
            assertThat(heard.last().event().person()).isEqualTo(jane.id());
            assertThat(basic(id.toString())).isEqualTo(401);
            assertThat(heard.networks())
                    .as("attempts at somebody are lines of their own")
                    .isEmpty();
            assertThat(basic("nobody")).isEqualTo(401);
            AuditContext.become(AuditContext.from("192.0.2.7"));
            assertThat(get("me").status()).isEqualTo(401);
            assertThat(heard.networks()).hasSize(2);
        }

        @Test
        void letsEntriesBeReadThoughItCantBeWrittenAndNothingBeChanged() {
            asJane(false);
            heard.fail();
            assertThat(get("me").status()).isEqualTo(200);
            assertThat(get("uid=jane,ou=People,dc=example,dc=com").status()).isEqualTo(200);
            for (String change : List.of("changePassword", "generateTOTPSharedSecret", "revokeTOTPSharedSecret")) {
                Answer refused = post("uid=jane,ou=People,dc=example,dc=com/" + change, "{}");
                assertThat(refused.status()).as(change).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isEqualTo("5");
            }
            heard.recover();
            assertThat(all.persons.find(environment, jane.id())).isPresent();
        }
    }

    @Nested
    @DisplayName("No control is obeyed, so a critical one is refused")
    class Controls {

        private static final String PATH = "uid=jane,ou=People,dc=example,dc=com/";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "authenticate",
                    PATH + "generateTOTPSharedSecret",
                    PATH + "revokeTOTPSharedSecret",
                    PATH + "changePassword"
                })
        void atEachOperation(String path) {
            for (String controls : List.of(
                    "[{'oid': '1.3.6.1.1.12', 'criticality': true}]", "[{'criticality': 'no'}]", "[17]", "{}", "'x'")) {
                assertThat(result(post(path, "{'staticPassword': '" + PASSWORD + "', '_controls': " + controls + "}")))
                        .as(controls)
                        .startsWith("400 12 ");
            }
            assertThat(devices()).isEmpty();
        }

        @Test
        void atASearch() {
            as(Role.IDENTITY_DATA_READ_ONLY);
            String search = "{'searchScope': 'wholeSubtree', 'filter': 'uid pr', '_controls': [{'criticality': %s}]}";
            assertThat(post("ou=People,dc=example,dc=com/subtree/search", search.formatted("true"))
                            .status())
                    .isEqualTo(400);
            assertThat(post("ou=People,dc=example,dc=com/subtree/search", search.formatted("false"))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void andOthersArePassedOver() {
            String body =
                    "{'staticPassword': '" + PASSWORD + "', '_controls': [{'oid': '1.2.3', 'criticality': false}]}";
            assertThat(generate(body).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("A password is changed by the person himself, or by who may")
    class Passwords {

        private Answer change(String body) {
            return post("uid=jane,ou=People,dc=example,dc=com/changePassword", body);
        }

        private boolean isPassword(String password) {
            return all.passwords.check(environment, all.found(environment, jane), password);
        }

        @Test
        void theOldOneIsCheckedAndIsNotEnough() {
            String body = "{'oldPassword': '" + PASSWORD + "', 'newPassword': 'battery staple'}";
            assertThat(result(change(body))).as("by nobody").isEqualTo("401 49 invalid credentials");
            as(Role.HELP_DESK);
            assertThat(result(change(body))).isEqualTo("403 50 insufficient access rights");
            asJane(false);
            assertThat(result(change("{'oldPassword': 'wrong horse', 'newPassword': 'battery staple'}")))
                    .isEqualTo("401 49 invalid credentials");
            assertThat(isPassword(PASSWORD)).isTrue();
            assertThat(result(change(body))).isEqualTo("200 0 success");
            assertThat(isPassword("battery staple")).isTrue();
        }

        @Test
        void byASessionAndByWhoMayChangePeople() {
            asJane(false);
            String made = change("{}").json().getString("generatedPassword");
            assertThat(isPassword(made)).isTrue();
            as(Role.IDENTITY_DATA_ADMIN);
            assertThat(result(change("{'newPassword': 'battery staple'}"))).isEqualTo("200 0 success");
            assertThat(isPassword("battery staple")).isTrue();
            as(Role.HELP_DESK);
            assertThat(result(change("{'newPassword': 'battery staple 2'}")))
                    .isEqualTo("403 50 insufficient access rights");
            fixture.holders.set(environment, jane.id(), Set.of(Role.ENVIRONMENT_ADMIN));
            as(Role.IDENTITY_DATA_ADMIN);
            assertThat(result(change("{'newPassword': 'battery staple 2'}")))
                    .isEqualTo("403 50 insufficient access rights");
        }

        @ParameterizedTest
        @ValueSource(strings = {"short", "{SSHA}abcdefgh"})
        void notToJustAnything(String password) {
            asJane(false);
            assertThat(result(change("{'oldPassword': '" + PASSWORD + "', 'newPassword': '" + password + "'}")))
                    .isEqualTo("400 53 unwilling to perform");
        }
    }
}
