package org.oathbound.application.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.Applications;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.environment.boundary.EnvironmentResource;
import org.oathbound.environment.boundary.EnvironmentsResource;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.LinksFixture;
import org.oathbound.password.QuickHash;

@DisplayName("What a client wrote of an application or an environment it reads again")
class WrittenDocumentsTest {

    private static final String JSON = "application/json";

    /** As PingOne's Terraform provider writes a web application, with the defaults that its SDK adds. */
    private static final String WEB_APP = """
            {"name": "Portal", "description": "Where people start", "enabled": true, "type": "WEB_APP",
             "protocol": "OPENID_CONNECT", "grantTypes": ["AUTHORIZATION_CODE", "REFRESH_TOKEN"], "responseTypes": ["CODE"],
             "tokenEndpointAuthMethod": "CLIENT_SECRET_POST", "pkceEnforcement": "S256_REQUIRED",
             "redirectUris": ["https://portal.example.com/b", "https://portal.example.com/a"],
             "postLogoutRedirectUris": ["https://portal.example.com/bye"], "homePageUrl": "https://portal.example.com",
             "refreshTokenDuration": 2592000, "parRequirement": "OPTIONAL", "parTimeout": 60, "hiddenFromAppPortal": false,
             "additionalRefreshTokenReplayProtectionEnabled": true, "accessControl": {"role": {"type": "ADMIN_USERS_ONLY"}},
             "corsSettings": {"behavior": "ALLOW_SPECIFIC_ORIGINS", "origins": ["https://portal.example.com"]}}""";

    private static final String BRANCH = """
            {"name": "Branch", "description": "An office", "type": "SANDBOX", "region": "EU",
             "license": {"id": "57d68de5-8a2e-4ac6-9d0e-1f2c9a4b5c6d"},
             "billOfMaterials": {"products": [{"type": "PING_ONE_BASE"}, {"type": "PING_ONE_MFA"}]}}""";

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private final Applications applications =
            new Applications(directory, directory, new QuickHash(), Clock.systemUTC());
    private final Tenancy tenancy = new Tenancy(directory, directory, directory, environments, Clock.systemUTC());
    private final InMemoryApi api = new InMemoryApi(
            new ApplicationsResource(environments, applications, Clock.systemUTC(), LinksFixture.links()),
            new EnvironmentsResource(environments, tenancy, applications, LinksFixture.links()),
            new EnvironmentResource(environments, tenancy, LinksFixture.links()));

    @AfterEach
    void stop() {
        directory.close();
    }

    private JsonObject created(String path, String body) {
        Answer answer = api.post(path, JSON).send(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private JsonObject read(String path) {
        return api.get(path).send().json();
    }

    private JsonObject replaced(String path, JsonObject body) {
        Answer answer = api.call("PUT", path).header("Content-Type", JSON).send(body.toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String faults(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonObject detail = answer.json().getJsonArray("details").getJsonObject(0);
        return detail.getString("code") + " " + detail.getString("target");
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static JsonObject with(JsonObject document, String name, JsonValue value) {
        return Json.createObjectBuilder(document).add(name, value).build();
    }

    private static void assertHas(JsonObject answer, JsonObject written) {
        assertThat(answer.entrySet()).containsAll(written.entrySet());
    }

    @Nested
    class AnApplication {

        private final String path = "v1/environments/" + environment.id() + "/applications";

        @Test
        void readsBackAsItWasWritten() {
            JsonObject made = created(path, WEB_APP);
            assertHas(made, json(WEB_APP));
            assertThat(made.getString("secret")).isNotEmpty();
            JsonObject read = read(path + "/" + made.getString("id"));
            assertHas(read, json(WEB_APP));
            assertThat(read).doesNotContainKey("secret");
            assertHas(
                    read(path)
                            .getJsonObject("_embedded")
                            .getJsonArray("applications")
                            .getJsonObject(0),
                    json(WEB_APP));
        }

        @Test
        void isReplacedWhole() {
            String one = path + "/" + created(path, WEB_APP).getString("id");
            JsonObject sentBack = with(read(one), "description", Json.createValue("Another"));
            assertHas(replaced(one, sentBack), with(json(WEB_APP), "description", Json.createValue("Another")));

            JsonObject bare = replaced(one, json("{\"name\": \"Portal\"}"));
            assertThat(bare).doesNotContainKeys("description", "responseTypes", "pkceEnforcement", "homePageUrl");
            assertThat(bare.getString("type")).isEqualTo("WORKER");
            assertThat(bare.getString("tokenEndpointAuthMethod")).isEqualTo("CLIENT_SECRET_BASIC");
        }

        @Test
        void neverKeepsASecretThatAClientSends() {
            String one = path + "/"
                    + created(path, "{\"name\": \"a\", \"secret\": \"of mine\", \"clientSecret\": null}")
                            .getString("id");
            assertThat(read(one)).doesNotContainKeys("secret", "clientSecret");
            assertThat(directory.subtree(environment.applications()).stream()
                            .map(directory::read)
                            .toList()
                            .toString())
                    .doesNotContain("of mine");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                {'name':'a','type':'PORTAL_LINK_APP'}             | INVALID_VALUE type
                {'name':'a','protocol':'SAML'}                    | INVALID_VALUE protocol
                {'name':'a','pkceEnforcement':'NEVER'}            | INVALID_VALUE pkceEnforcement
                {'name':'a','grantTypes':'AUTHORIZATION_CODE'}    | INVALID_VALUE grantTypes
                {'name':'a','responseTypes':[1]}                  | INVALID_VALUE responseTypes
                {'name':'a','tokenEndpointAuthMethod':'PRIVATE_KEY_JWT'} | INVALID_VALUE tokenEndpointAuthMethod
                """)
        void whatThereIsNotIsNamed(String body, String fault) {
            assertThat(faults(api.post(path, JSON).send(body.replace('\'', '"'))))
                    .isEqualTo(fault);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "{}", "null"})
        void getsAnotherSecretByABodyThatSaysNothing(String body) {
            String secret = path + "/" + created(path, WEB_APP).getString("id") + "/secret";
            Answer answer = api.post(secret, JSON).send(body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }

        @Test
        void noMoreThanADocumentMayBe() {
            String large = "{\"name\": \"a\", \"x\": \"" + "y".repeat(17_000) + "\"}";
            assertThat(api.post(path, JSON).send(large).status()).isEqualTo(400);
        }
    }

    @Nested
    class AnEnvironment {

        private static final String ALL = "v1/environments";

        @Test
        void readsBackAsItWasWritten() {
            JsonObject made = created(ALL, BRANCH);
            assertHas(made, json(BRANCH));
            assertThat(made.getJsonObject("application").getString("secret")).isNotEmpty();
            JsonObject read = read(ALL + "/" + made.getString("id"));
            assertHas(read, json(BRANCH));
            assertThat(read).doesNotContainKey("application");
        }

        @Test
        void isRenamedAndItsTypeChanged() {
            String one = ALL + "/" + created(ALL, BRANCH).getString("id");
            JsonObject wanted = with(
                    with(read(one), "name", Json.createValue("Headquarters")), "type", Json.createValue("PRODUCTION"));
            assertHas(replaced(one, wanted), wanted);
            assertHas(read(one), wanted);
            assertThat(replaced(one, json("{\"name\": \"Bare\"}"))).doesNotContainKeys("type", "region", "license");
        }

        @Test
        void theDefaultOneToo() {
            String one = ALL + "/" + environment.id();
            assertThat(read(one).getString("name")).isEqualTo("Default");
            assertHas(replaced(one, json(BRANCH)), json(BRANCH));
            assertThat(environments.defaultEnvironment()).contains(environment);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                {'name':'a','type':'TEST'}          | INVALID_VALUE type
                {'name':'a','region':'MARS'}        | INVALID_VALUE region
                {'name':'a','license':{}}           | REQUIRED_VALUE license.id
                {'name':'a','license':'trial'}      | INVALID_VALUE license
                {'type':'SANDBOX'}                  | REQUIRED_VALUE name
                """)
        void whatPingOneHasNotIsNamed(String body, String fault) {
            assertThat(faults(api.post(ALL, JSON).send(body.replace('\'', '"'))))
                    .isEqualTo(fault);
        }
    }
}
