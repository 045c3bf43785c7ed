package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;
import static org.oathbound.oauth.control.Fixture.SECRET;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.entity.Role;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.oauth.control.Fixture;

@Tag("slow")
class TokenEndpointTest {

    static final String FORM = "application/x-www-form-urlencoded";
    static final String PATH = ENVIRONMENT + "/as/token";
    static final UUID POWERLESS = UUID.fromString("11111111-1111-1111-1111-111111111111");
    static final String GRANT = "grant_type=client_credentials";
    static final String IN_FORM = GRANT + "&client_id=" + CLIENT + "&client_secret=" + encode(SECRET);

    static Fixture fixture;
    static InMemoryApi api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
        fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN);
        fixture.application(POWERLESS);
        api = new InMemoryApi(
                AuthorizationFilter.class,
                new TokenEndpoint(
                        fixture.environments,
                        fixture.applications,
                        fixture.accessTokens,
                        fixture.codes,
                        fixture.holders,
                        TokenRequestLimitTest.none()),
                new IssuerMetadata(fixture.environments, fixture.issuer, fixture.keys, Clock.systemUTC()));
    }

    @Test
    void aCharsetThatDoesNotExistIsAnInvalidRequest() {
        for (String charset : new String[] {"nothing", "\"a b\""}) {
            Answer answer = api.post(PATH, FORM + ";charset=" + charset).send(IN_FORM);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("error")).isEqualTo("invalid_request");
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static Answer post(String body) {
        return api.post(PATH, FORM).send(body);
    }

    static Answer post(String authorization, String body) {
        return api.post(PATH, FORM).header("Authorization", authorization).send(body);
    }

    static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("error")).isEqualTo(error);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @Nested
    @DisplayName("An application gets an access token by its secret")
    class Granted {

        @Test
        void inTheForm() {
            assertGranted(post(IN_FORM));
        }

        @Test
        void inTheHeader() {
            assertGranted(post(basic(CLIENT.toString(), encode(SECRET)), GRANT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"&scope=openid", "&scope=", "&client_assertion=", "&"})
        void whateverElseItSends(String more) {
            assertGranted(post(IN_FORM + more));
        }

        @Test
        void withACharset() {
            assertGranted(api.post(PATH, FORM + "; charset=UTF-8").send(IN_FORM));
        }

        @ParameterizedTest
        @ValueSource(strings = {"*/*", "application/json", "application/hal+json"})
        void whateverItAccepts(String accept) {
            assertGranted(api.post(PATH, FORM).accept(accept).send(IN_FORM));
        }

        @Test
        void itsIdInTheFormToo() {
            assertGranted(post(basic(CLIENT.toString(), encode(SECRET)), GRANT + "&client_id=" + CLIENT));
        }

        void assertGranted(Answer answer) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            JsonObject body = answer.json();
            assertThat(body.keySet()).containsExactly("access_token", "token_type", "expires_in");
            assertThat(body.getString("token_type")).isEqualTo("Bearer");
            assertThat(body.getInt("expires_in")).isEqualTo(3_600);
            assertThat(fixture.verifierAt(NOW).verify(body.getString("access_token")))
                    .map(caller -> caller.application())
                    .contains(CLIENT);
        }
    }

    @Nested
    @DisplayName("Everybody else gets OAuth's errors")
    class Refused {

        @Test
        void aWrongSecret() {
            Answer answer = post(GRANT + "&client_id=" + CLIENT + "&client_secret=wrong");

            assertError(answer, 401, "invalid_client");
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
        }

        @Test
        void aWrongSecretInTheHeaderIsChallenged() {
            Answer answer = post(basic(CLIENT.toString(), "wrong"), GRANT);

            assertError(answer, 401, "invalid_client");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"oathbound\"");
        }

        @Test
        void anUnknownApplicationLikeAWrongSecret() {
            JsonObject unknown = post(GRANT + "&client_id=" + UUID.randomUUID() + "&client_secret=x")
                    .json();
            JsonObject wrong =
                    post(GRANT + "&client_id=" + CLIENT + "&client_secret=x").json();
            JsonObject noId = post(GRANT + "&client_id=*&client_secret=x").json();

            assertThat(unknown).isEqualTo(wrong).isEqualTo(noId);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic", "Basic !", "Basic Og", "Basic YWJj", "Bearer abc", "Basic JTo", ""})
        void aHeaderThatCanNotBeRead(String authorization) {
            assertError(post(authorization, GRANT), 401, "invalid_client");
        }

        @Test
        void aSecretInBothPlaces() {
            assertError(post(basic(CLIENT.toString(), encode(SECRET)), IN_FORM), 400, "invalid_request");
        }

        @Test
        void anotherIdInTheFormThanInTheHeader() {
            assertError(
                    post(basic(CLIENT.toString(), encode(SECRET)), GRANT + "&client_id=" + POWERLESS),
                    400,
                    "invalid_request");
        }

        @ParameterizedTest
        @CsvSource({
            "'', invalid_request",
            "client_id=x, invalid_request",
            "grant_type=, invalid_request",
            "grant_type=password, unsupported_grant_type",
            "grant_type=client_credentials&grant_type=client_credentials, invalid_request",
            "grant_type=client_credentials&scope=a&scope=b, invalid_request",
            "grant_type=client_credentials&x=%zz, invalid_request",
        })
        void aBodyThatIsNotRight(String body, String error) {
            assertError(post(body), 400, error);
        }

        @Test
        void noSecretAtAll() {
            assertError(post(GRANT + "&client_id=" + CLIENT), 401, "invalid_client");
        }

        @Test
        void anApplicationWithoutARole() {
            String body = GRANT + "&client_id=" + POWERLESS + "&client_secret=";

            assertError(post(body + encode(SECRET)), 400, "unauthorized_client");
            assertError(post(body + "wrong"), 401, "invalid_client");
        }
    }

    @Nested
    @DisplayName("What is not OAuth's fails with the envelope")
    class Envelope {

        @Test
        void anUnknownEnvironment() {
            Answer answer = api.post(UUID.randomUUID() + "/as/token", FORM).send(IN_FORM);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
        }

        @Test
        void anotherMediaType() {
            assertThat(api.post(PATH, "application/json").send("{}").status()).isEqualTo(415);
        }

        @Test
        void aBodyThatIsTooLarge() {
            assertThat(post(IN_FORM + "&x=" + "y".repeat(9_000)).status()).isEqualTo(413);
        }
    }

    @Nested
    @DisplayName("The issuer publishes its metadata and its public keys")
    class Published {

        @Test
        void metadataBelowTheIssuer() {
            JsonObject metadata = api.get(ENVIRONMENT + "/as/.well-known/openid-configuration")
                    .send()
                    .json();

            String issuer = "https://auth.example.com/" + ENVIRONMENT + "/as";
            assertThat(metadata.getString("issuer")).isEqualTo(issuer);
            assertThat(metadata.getString("token_endpoint")).isEqualTo(issuer + "/token");
            assertThat(metadata.getString("jwks_uri")).isEqualTo(issuer + "/jwks");
        }

        @Test
        void publicPartsOnly() {
            JsonObject key = api.get(ENVIRONMENT + "/as/jwks")
                    .send()
                    .json()
                    .getJsonArray("keys")
                    .getJsonObject(0);

            assertThat(key.keySet()).containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/as/jwks", "/as/.well-known/openid-configuration"})
        void forEnvironmentsThatExist(String path) {
            assertThat(api.get(UUID.randomUUID() + path).send().status()).isEqualTo(404);
        }
    }
}
