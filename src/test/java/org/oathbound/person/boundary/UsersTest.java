package org.oathbound.person.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.Links;
import org.oathbound.http.LinksFixture;
import org.oathbound.password.PasswordHash;
import org.oathbound.person.control.PersonQuery;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;

@Tag("slow")
class UsersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String JSON = "application/json";
    private static final String SET = "application/vnd.pingidentity.password.set+json";
    private static final String RESET = "application/vnd.pingidentity.password.reset+json";

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static WholeEmbeddedDirectory directory;
    private static Environment environment;
    private static Persons persons;
    private static StoredSettings settings;
    private static InMemoryApi api;
    private static String users;

    @BeforeAll
    static void start() {
        directory = Directories.fresh();
        Environments environments = new Environments(directory, directory);
        environment = environments.createDefault(UUID.randomUUID(), "check");
        CurrentSettings current = new CurrentSettings(directory);
        settings = new StoredSettings(directory, current, CLOCK);
        persons = PersonsFixture.persons(directory, deleted -> {}, CLOCK);
        Links links = LinksFixture.links();
        api = new InMemoryApi(
                new UsersResource(environments, persons, links, CLOCK),
                new UserAccountResource(environments, persons, PersonsFixture.enrolments(directory), links, CLOCK),
                new UserStatesResource(
                        environments,
                        persons,
                        PersonsFixture.enrolments(directory),
                        PersonsFixture.bypass(directory, current, CLOCK),
                        links));
        users = "v1/environments/" + environment.id() + "/users";
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    @AfterEach
    void forgetEverybody() {
        persons.page(environment, new PersonQuery(), null, 200)
                .items()
                .forEach(person -> persons.delete(environment, person.id()));
        settings.replace(environment, OathSettings.DEFAULT);
    }

    private static String quoted(String body) {
        return body.replace('\'', '"');
    }

    private Answer post(String body) {
        return api.post(users, JSON).send(quoted(body));
    }

    private Answer send(String method, String tail, String mediaType, String body) {
        return api.call(method, users + tail).header("Content-Type", mediaType).send(quoted(body));
    }

    private Answer get(String tail) {
        return api.get(users + tail).send();
    }

    private String created(String body) {
        Answer answer = post(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return "/" + answer.json().getString("id");
    }

    private List<String> found(String filter) {
        Answer answer = get("?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonObject("_embedded").getJsonArray("users").getValuesAs(JsonObject.class).stream()
                .map(user -> user.getString("username"))
                .toList();
    }

    private ReadOnlyEntry entry(String tail) {
        UUID id = UUID.fromString(tail.substring(1));
        return directory.read(persons.get(environment, id).identity()).orElseThrow();
    }

    /** One fault of each detail. */
    private static List<String> faults(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo(code);
        JsonArray details = answer.json().getJsonArray("details");
        return details.getValuesAs(JsonObject.class).stream()
                .map(detail -> detail.getString("code") + " " + detail.getString("target"))
                .toList();
    }

    @Nested
    @DisplayName("A user is shown as PingOne shows him")
    class Shown {

        @Test
        void withAllMembers() {
            Answer answer = post("""
                    {'username': ' Jane.Doe ', 'email': 'jane@example.com', 'name': {'given': 'Jane', 'family': 'Doe'},
                     'population': {'id': '%s'}, 'nickname': 'passed over', 'enabled': true}
                    """.formatted(environment.defaultPopulation()));
            JsonObject user = answer.json();
            String self = "https://oath.example.com/" + users + "/" + user.getString("id");
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            assertThat(answer.header("Location")).isEqualTo(self);
            assertThat(user.keySet())
                    .containsExactly(
                            "_links",
                            "id",
                            "environment",
                            "account",
                            "createdAt",
                            "email",
                            "enabled",
                            "identityProvider",
                            "lifecycle",
                            "mfaEnabled",
                            "codeRequired",
                            "name",
                            "population",
                            "updatedAt",
                            "username",
                            "verifyStatus");
            JsonObject links = user.getJsonObject("_links");
            assertThat(links.getJsonObject("self").getString("href")).isEqualTo(self);
            assertThat(links.getJsonObject("devices").getString("href")).isEqualTo(self + "/devices");
            assertThat(links).containsKey("environment");
            assertThat(user.getString("username")).isEqualTo("Jane.Doe");
            assertThat(user.getString("createdAt")).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(user.getJsonObject("name").toString()).isEqualTo(quoted("{'given':'Jane','family':'Doe'}"));
            assertThat(user.getJsonObject("population").getString("id"))
                    .isEqualTo(environment.defaultPopulation().toString());
            assertThat(user.getBoolean("mfaEnabled")).isTrue();
            assertThat(user.getBoolean("codeRequired")).isFalse();
            assertThat(get("/" + user.getString("id")).json()).isEqualTo(user);
        }

        @Test
        void withoutWhatIsNotKnownOfHim() {
            JsonObject user = get(created("{'username':'jdoe','email':'','name':{'given':' '}}"))
                    .json();
            assertThat(user).doesNotContainKeys("email", "name");
        }

        @Test
        void asOneOfAList() {
            created("{'username':'anna'}");
            created("{'username':'Bob','email':'bob@example.com','name':{'given':'Robert','family':'Van Doe'}}");
            JsonObject list = get("").json();
            assertThat(list.getInt("count")).isEqualTo(2);
            assertThat(list.getInt("size")).isEqualTo(2);
            assertThat(get("?limit=1").json().getJsonObject("_links")).containsKey("next");
            assertThat(found("username eq \"BOB\"")).containsExactly("Bob");
            assertThat(found("username sw \"a\"")).containsExactly("anna");
            assertThat(found("username co \"NN\"")).containsExactly("anna");
            assertThat(found("email co \"OB@exam\"")).containsExactly("Bob");
            assertThat(found("name.given co \"BERT\" and name.family co \"n D\""))
                    .containsExactly("Bob");
            assertThat(found("name.given co \"*\"")).isEmpty();
            assertThat(found("username eq \"bob\" and name.family co \"doe\"")).containsExactly("Bob");
            assertThat(found("email eq \"BOB@example.com\" and username sw \"b\""))
                    .containsExactly("Bob");
            assertThat(found("username eq \"*\"")).isEmpty();
            assertThat(found("id eq \"" + UUID.randomUUID() + "\"")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "username eq \"\"",
                    "username eq \" \"",
                    "username sw \"a\tb\"",
                    "username ew \"a\"",
                    "name.given co \" \"",
                    "name.family eq \"Doe\"",
                    "email eq \" \"",
                    "id eq \"*\"",
                    "id eq \"1-2-3-4-5\"",
                    "password eq \"x\"",
                    "username eq true",
                    "username eq \"a\" or username eq \"b\""
                })
        void byNoFilterThatIsNotUnderstood(String filter) {
            assertThat(faults(
                            get("?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)),
                            400,
                            "INVALID_REQUEST"))
                    .containsExactly("INVALID_FILTER filter");
        }

        @Test
        void notWhenHeIsNot() {
            String nobody = "/" + UUID.randomUUID();
            assertThat(get(nobody).status()).isEqualTo(404);
            assertThat(send("PUT", nobody, JSON, "{'username':'a'}").status()).isEqualTo(404);
            assertThat(send("PATCH", nobody, JSON, "{}").status()).isEqualTo(404);
            assertThat(api.call("DELETE", users + nobody).send().status()).isEqualTo(404);
            for (String state : List.of("/mfaEnabled", "/codeRequired", "/bypassMFA")) {
                assertThat(get(nobody + state).status()).isEqualTo(404);
            }
            assertThat(send("PUT", nobody + "/mfaEnabled", JSON, "{'mfaEnabled':true}")
                            .status())
                    .isEqualTo(404);
            assertThat(send("PUT", nobody + "/password", SET, "{'value':'correct horse'}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("Every fault is named, and nothing is changed")
    class Faults {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                               | REQUIRED_VALUE username
                {'username':null}                                | REQUIRED_VALUE username
                {'username':7}                                   | INVALID_VALUE username
                {'username':'  '}                                | EMPTY_VALUE username
                {'username':'a\\u0000b'}                         | INVALID_VALUE username
                {'username':'a\\u200bb'}                         | INVALID_VALUE username
                {'username':'a','email':'nobody'}                | INVALID_VALUE email
                {'username':'a','email':'@example.com'}          | INVALID_VALUE email
                {'username':'a','email':'a@'}                    | INVALID_VALUE email
                {'username':'a','email':'a@b@c'}                 | INVALID_VALUE email
                {'username':'a','email':'a b@c'}                 | INVALID_VALUE email
                {'username':'a','email':'a\\u0007@c'}            | INVALID_VALUE email
                {'username':'a','email':'\\u00e4@c'}             | INVALID_VALUE email
                {'username':'a','email':['a@c']}                 | INVALID_VALUE email
                {'username':'a','name':'Jane'}                   | INVALID_VALUE name
                {'username':'a','name':{'given':'J\\u0000'}}     | INVALID_VALUE name.given
                {'username':'a','name':{'family':1}}             | INVALID_VALUE name.family
                {'username':'a','population':{'id':'*'}}         | INVALID_VALUE population.id
                {'username':'a','population':'x'}                | INVALID_VALUE population
                {'username':'a','mfaEnabled':'yes'}              | INVALID_VALUE mfaEnabled
                {'username':'a','password':'correct horse'}      | INVALID_VALUE password
                {'username':'a','password':{'value':'7 chars'}}  | INVALID_VALUE password.value
                {'username':'a','password':{'value':1}}          | INVALID_VALUE password.value
                {'username':'a','password':{'value':'{SSHA}abcdefgh'}} | INVALID_VALUE password.value
                {'username':'a','password':{'value':'abcdefgh\\u0000'}} | INVALID_VALUE password.value
                {'username':'a','password':{'value':'abcd\\u0085efgh'}} | INVALID_VALUE password.value
                {'username':'a','password':{'value':'correct horse','forceChange':1}} | INVALID_VALUE password.forceChange
                """)
        void one(String body, String fault) {
            Answer answer = post(body);
            assertThat(faults(answer, 400, "INVALID_DATA")).containsExactly(fault);
            assertThat(get("").json().getInt("size")).isZero();
        }

        @Test
        void all() {
            assertThat(faults(post("""
                                    {'email':'x','name':{'given':1,'family':2},'enabled':0,
                                     'password':{'value':'short'},'mfaEnabled':3}"""), 400, "INVALID_DATA"))
                    .containsExactlyInAnyOrder(
                            "REQUIRED_VALUE username",
                            "INVALID_VALUE email",
                            "INVALID_VALUE name.given",
                            "INVALID_VALUE name.family",
                            "INVALID_VALUE enabled",
                            "INVALID_VALUE password.value",
                            "INVALID_VALUE mfaEnabled");
        }

        @Test
        void ofSize() {
            String template = "{'username':'%s','email':'%s','name':{'given':'%s'},'password':{'value':'%s'}}";
            assertThat(faults(
                            post(template.formatted(
                                    "a".repeat(129), "a@" + "b".repeat(255), "a".repeat(257), "a".repeat(257))),
                            400,
                            "INVALID_DATA"))
                    .containsExactlyInAnyOrder(
                            "SIZE_LIMIT_EXCEEDED username",
                            "SIZE_LIMIT_EXCEEDED email",
                            "SIZE_LIMIT_EXCEEDED name.given",
                            "SIZE_LIMIT_EXCEEDED password.value");
            created(template.formatted("a".repeat(128), "a@" + "b".repeat(254), "a".repeat(256), "a".repeat(256)));
        }

        @Test
        void ofAUserNameThatIsTaken() {
            created("{'username':'Jane Doe'}");
            assertThat(faults(post("{'username':'jane  doe'}"), 400, "INVALID_DATA"))
                    .containsExactly("UNIQUENESS_VIOLATION username");
            String other = created("{'username':'other'}");
            assertThat(faults(send("PATCH", other, JSON, "{'username':'JANE DOE','email':'a@b'}"), 400, "INVALID_DATA"))
                    .containsExactly("UNIQUENESS_VIOLATION username");
            assertThat(get(other).json()).doesNotContainKey("email");
        }

        @Test
        void andNoneShowsAPassword() {
            assertThat(post("{'username':'a','password':{'value':'geheim'}}").body())
                    .doesNotContain("geheim");
            assertThat(post("{'username':'a','password':{'value':'{x}geheim'}}").body())
                    .doesNotContain("geheim");
            assertThat(post("{'username':'a','password':{'value':'geheimnis'}}").body())
                    .doesNotContain("geheim");
        }
    }

    @Nested
    @DisplayName("PUT replaces, PATCH merges and null clears")
    class Changes {

        private String jane;

        @BeforeEach
        void start() {
            jane = created("{'username':'jdoe','email':'j@example.com','name':{'given':'Jane','family':'Doe'}}");
        }

        private JsonObject changed(String method, String body) {
            Answer answer = send(method, jane, JSON, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(get(jane).json()).isEqualTo(answer.json());
            return answer.json();
        }

        private String facts(JsonObject user) {
            return user.getString("username")
                    + " "
                    + (user.get("email") instanceof JsonString email ? email.getString() : null)
                    + " "
                    + user.get("name");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                PATCH | {}                                      | jdoe j@example.com {'given':'Jane','family':'Doe'}
                PATCH | {'email':'x@example.com'}               | jdoe x@example.com {'given':'Jane','family':'Doe'}
                PATCH | {'email':null}                          | jdoe null {'given':'Jane','family':'Doe'}
                PATCH | {'email':''}                            | jdoe null {'given':'Jane','family':'Doe'}
                PATCH | {'name':{'given':'Janet'}}              | jdoe j@example.com {'given':'Janet','family':'Doe'}
                PATCH | {'name':{'family':null}}                | jdoe j@example.com {'given':'Jane'}
                PATCH | {'name':null}                           | jdoe j@example.com null
                PATCH | {'username':'JDoe'}                     | JDoe j@example.com {'given':'Jane','family':'Doe'}
                PATCH | {'username':'jane','email':'x@y'}       | jane x@y {'given':'Jane','family':'Doe'}
                PUT   | {'username':'jdoe'}                     | jdoe null null
                PUT   | {'username':'jane','name':{'given':'J'}} | jane null {'given':'J'}
                """)
        void so(String method, String body, String after) {
            assertThat(facts(changed(method, body))).isEqualTo(quoted(after));
        }

        @Test
        void butNotWhatHasACallOfItsOwn() {
            JsonObject user = changed("PATCH", "{'mfaEnabled':false,'codeRequired':true,'id':'x','createdAt':1}");
            assertThat(user.getBoolean("mfaEnabled")).isTrue();
            assertThat(user.getBoolean("codeRequired")).isFalse();
            assertThat(changed("PUT", "{'username':'jdoe','mfaEnabled':false}").getBoolean("mfaEnabled"))
                    .isTrue();
        }

        @Test
        void norWithAFault() {
            assertThat(faults(send("PATCH", jane, JSON, "{'username':null,'email':'x'}"), 400, "INVALID_DATA"))
                    .containsExactly("REQUIRED_VALUE username", "INVALID_VALUE email");
            assertThat(faults(send("PUT", jane, JSON, "{'email':'x@y'}"), 400, "INVALID_DATA"))
                    .containsExactly("REQUIRED_VALUE username");
            assertThat(facts(get(jane).json())).isEqualTo(quoted("jdoe j@example.com {'given':'Jane','family':'Doe'}"));
        }

        @Test
        void thenHeIsDeleted() {
            assertThat(api.call("DELETE", users + jane).send().status()).isEqualTo(204);
            assertThat(get(jane).status()).isEqualTo(404);
            assertThat(api.call("DELETE", users + jane).send().status()).isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("PUT …/enabled decides whether a user signs on at all")
    class IsEnabled {

        private static final String OFF = "{'enabled':false}";

        private boolean isEnabled(String tail) {
            boolean shown = get(tail).json().getBoolean("enabled");
            assertThat(get(tail + "/enabled").json().getBoolean("enabled")).isEqualTo(shown);
            assertThat(get(tail).json().getJsonObject("account").getBoolean("canAuthenticate"))
                    .isEqualTo(shown);
            return shown;
        }

        @Test
        void andIsReadBack() {
            String tail = created("{'username':'jane'}");
            assertThat(isEnabled(tail)).isTrue();

            Answer off = send("PUT", tail + "/enabled", JSON, OFF);
            assertThat(off.status()).isEqualTo(200);
            assertThat(off.json().getString("id")).isEqualTo(tail.substring(1));
            assertThat(isEnabled(tail)).isFalse();
            send("PUT", tail + "/enabled", JSON, OFF);
            assertThat(isEnabled(tail)).isFalse();

            send("PUT", tail + "/enabled", JSON, "{'enabled':true}");
            assertThat(isEnabled(tail)).isTrue();
        }

        @Test
        void fromTheBeginningToo() {
            assertThat(isEnabled(created("{'username':'jane','enabled':false}")))
                    .isFalse();
        }

        @Test
        void theUsersOwnDocumentDoesNotChangeIt() {
            String tail = created("{'username':'jane'}");
            for (String method : List.of("PUT", "PATCH")) {
                assertThat(faults(send(method, tail, JSON, "{'username':'jane','enabled':false}"), 400, "INVALID_DATA"))
                        .containsExactly("INVALID_VALUE enabled");
            }
            send("PUT", tail + "/enabled", JSON, OFF);
            Answer renamed = send("PUT", tail, JSON, "{'username':'janet','enabled':false}");
            assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
            assertThat(isEnabled(tail)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{'enabled':null}", "{'enabled':'false'}", "{'enabled':0}"})
        void whatIsNoAnswerIsNamed(String body) {
            String tail = created("{'username':'jane'}");
            assertThat(faults(send("PUT", tail + "/enabled", JSON, body), 400, "INVALID_DATA"))
                    .singleElement()
                    .asString()
                    .endsWith(" enabled");
            assertThat(isEnabled(tail)).isTrue();
        }

        @Test
        void ofAUserThatThereIs() {
            assertThat(send("PUT", "/" + UUID.randomUUID() + "/enabled", JSON, OFF)
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null"})
    void isUnlockedByABodyThatSaysNothing(String body) {
        String tail = created("{'username':'jane'}");
        assertThat(send("POST", tail, "application/vnd.pingidentity.account.unlock+json", body)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPasswordMayHaveToBeChanged() {
        String tail = created("{'username':'jane','password':{'value':'correct horse','forceChange':true}}");
        assertThat(entry(tail).hasAttributeValue(Schema.MUST_CHANGE_PASSWORD, "TRUE"))
                .isTrue();
        assertThat(send("PUT", tail + "/password", SET, "{'value':'correct horse'}")
                        .json()
                        .getString("status"))
                .isEqualTo("OK");
        assertThat(entry(tail).hasAttribute(Schema.MUST_CHANGE_PASSWORD)).isFalse();
        String again = "{'newPassword':'correct horse','forceChange':true}";
        assertThat(send("PUT", tail + "/password", RESET, again).json().getString("status"))
                .isEqualTo("MUST_CHANGE_PASSWORD");
        assertThat(entry(tail).hasAttributeValue(Schema.MUST_CHANGE_PASSWORD, "TRUE"))
                .isTrue();
    }

    @Nested
    @DisplayName("A user is in the one population that there is")
    class InAPopulation {

        @Test
        void whichIsReadAndNamed() {
            String tail = created("{'username':'jane'}");
            String population = get(tail).json().getJsonObject("population").getString("id");
            assertThat(get(tail + "/population").json().getString("id")).isEqualTo(population);

            Answer put = send("PUT", tail + "/population", JSON, "{'id':'" + population + "'}");
            assertThat(put.status()).as(put.body()).isEqualTo(200);
            assertThat(put.json().getString("id")).isEqualTo(population);
        }

        @Test
        void anotherIsRefused() {
            String tail = created("{'username':'jane'}");
            String other = "{'id':'" + UUID.randomUUID() + "'}";
            assertThat(faults(send("PUT", tail + "/population", JSON, other), 400, "INVALID_DATA"))
                    .containsExactly("INVALID_VALUE id");
            assertThat(faults(send("PUT", tail + "/population", JSON, "{}"), 400, "INVALID_DATA"))
                    .containsExactly("REQUIRED_VALUE id");
        }
    }

    @Nested
    @DisplayName("How a user signs on has calls of its own")
    class States {

        private String jane;

        @BeforeEach
        void start() {
            jane = created("{'username':'jdoe','mfaEnabled':false}");
        }

        private JsonObject put(String state, String body) {
            Answer answer = send("PUT", jane + state, JSON, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(get(jane + state).json()).isEqualTo(answer.json());
            assertThat(answer.json().getJsonObject("_links")).containsOnlyKeys("self", "environment", "user");
            return answer.json();
        }

        @ParameterizedTest
        @ValueSource(strings = {"mfaEnabled", "codeRequired"})
        void eachIsTrueOrFalse(String state) {
            String body = "{'" + state + "':%s}";
            assertThat(get(jane + "/" + state).json().getBoolean(state)).isFalse();
            assertThat(put("/" + state, body.formatted("true")).getBoolean(state))
                    .isTrue();
            assertThat(get(jane).json().getBoolean(state)).isTrue();
            assertThat(put("/" + state, body.formatted("false")).getBoolean(state))
                    .isFalse();
            assertThat(faults(send("PUT", jane + "/" + state, JSON, "{}"), 400, "INVALID_DATA"))
                    .containsExactly("REQUIRED_VALUE " + state);
            assertThat(faults(send("PUT", jane + "/" + state, JSON, body.formatted("1")), 400, "INVALID_DATA"))
                    .containsExactly("INVALID_VALUE " + state);
        }

        private void allowBypass(boolean allowed) {
            OathSettings usual = OathSettings.DEFAULT;
            settings.replace(
                    environment,
                    new OathSettings(
                            usual.hotp(),
                            usual.totp(),
                            usual.autoResync(),
                            allowed,
                            usual.enrolByPassword(),
                            usual.serialNumberPunctuation(),
                            usual.bind(),
                            usual.codeAlone(),
                            false));
        }

        @Test
        void bypassIsOffUnlessTheEnvironmentAllowsIt() {
            assertThat(faults(
                            send("PUT", jane + "/bypassMFA", JSON, "{'bypassMFAEnabledUntil':'2026-01-02T04:00:00Z'}"),
                            400,
                            "REQUEST_FAILED"))
                    .containsExactly("CONSTRAINT_VIOLATION bypassMFAEnabledUntil");
            assertThat(put("/bypassMFA", "{'bypassMFAEnabledUntil':null}")).containsOnlyKeys("_links");
        }

        @Test
        void bypassEndsAndCanBeEnded() {
            allowBypass(true);
            String until = "2026-01-03T03:04:05.678Z";
            JsonObject bypass = put("/bypassMFA", "{'bypassMFAEnabledUntil':'" + until + "'}");
            assertThat(bypass.getString("bypassMFAEnabledUntil")).isEqualTo(until);
            assertThat(bypass.getBoolean("bypassMFAEnabled")).isTrue();
            assertThat(put("/bypassMFA", "{'bypassMFAEnabledUntil':'2026-01-02T03:04:05.678Z'}"))
                    .containsOnlyKeys("_links");
            put("/bypassMFA", "{'bypassMFAEnabledUntil':'" + until + "'}");
            assertThat(put("/bypassMFA", "{'bypassMFAEnabledUntil':null}")).containsOnlyKeys("_links");

            put("/bypassMFA", "{'bypassMFAEnabledUntil':'" + until + "'}");
            allowBypass(false);
            assertThat(get(jane + "/bypassMFA").json()).containsOnlyKeys("_links");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                                          | REQUIRED_VALUE bypassMFAEnabledUntil
                {'bypassMFAEnabledUntil':'soon'}                            | INVALID_VALUE bypassMFAEnabledUntil
                {'bypassMFAEnabledUntil':1767323045}                        | INVALID_VALUE bypassMFAEnabledUntil
                {'bypassMFAEnabledUntil':'2026-01-03T03:04:05.679Z'}        | OUT_OF_RANGE bypassMFAEnabledUntil
                {'bypassMFAEnabledUntil':'+1000000000-12-31T23:59:59Z'}     | OUT_OF_RANGE bypassMFAEnabledUntil
                """)
        void bypassIsForADayAtMost(String body, String fault) {
            allowBypass(true);
            assertThat(faults(send("PUT", jane + "/bypassMFA", JSON, body), 400, "INVALID_DATA"))
                    .containsExactly(fault);
            assertThat(get(jane + "/bypassMFA").json()).containsOnlyKeys("_links");
        }

        @Test
        void aPasswordIsSetByEitherOfPingOnesMediaTypes() {
            Answer set = send("PUT", jane + "/password", SET, "{'value':'correct horse','forceChange':false}");
            assertThat(set.status()).as(set.body()).isEqualTo(200);
            assertThat(set.json().getString("status")).isEqualTo("OK");
            assertThat(set.json().getJsonObject("user").getString("id")).isEqualTo(jane.substring(1));
            assertThat(set.body()).doesNotContain("horse");
            assertThat(PasswordHash.matches(entry(jane).getAttributeValue(Schema.USER_PASSWORD), "correct horse"))
                    .isTrue();

            Answer reset = send("PUT", jane + "/password", RESET, "{'newPassword':'battery staple'}");
            assertThat(reset.status()).as(reset.body()).isEqualTo(200);
            assertThat(PasswordHash.matches(entry(jane).getAttributeValue(Schema.USER_PASSWORD), "battery staple"))
                    .isTrue();
            assertThat(faults(send("PUT", jane + "/password", RESET, "{'value':'x'}"), 400, "INVALID_DATA"))
                    .containsExactly("REQUIRED_VALUE newPassword");
            assertThat(send("PUT", jane + "/password", JSON, "{'value':'correct horse'}")
                            .status())
                    .isEqualTo(415);
        }
    }
}
