package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all calls have in common. */
class ConventionsIT extends Deployed {

    private static final String UUID_TEXT = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Test
    void anAccessTokenIsCheckedWithThePublishedKeys() throws Exception {
        SignedJWT token = SignedJWT.parse(oathbound.accessToken());
        String issuer = "/" + oathbound.environment() + "/as";
        Answer discovery = oathbound.send(oathbound.request(issuer + "/.well-known/openid-configuration"));
        Answer keys = oathbound.send(oathbound.request(issuer + "/jwks"));

        assertThat(token.verify(new RSASSAVerifier(JWKSet.parse(keys.body())
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toRSAKey())))
                .isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(discovery.text("/issuer")).endsWith(issuer);
        assertThat(claims.getAudience()).hasSize(1);
        assertThat(claims.getStringClaim("client_id")).isEqualTo(oathbound.clientId());
        assertThat(claims.getStringClaim("env")).isEqualTo(oathbound.environment());
        assertThat(claims.getSubject()).isNull();
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(3600));
    }

    @Test
    void aClientAuthenticatesByBasicOrByForm() {
        Answer byForm = oathbound.authenticate(oathbound.clientId(), oathbound.clientSecret());
        Answer byBasic = oathbound.form(
                Map.of("grant_type", "client_credentials", "scope", "openid"), "Authorization", oathbound.basic());
        assertThat(byForm.status()).isEqualTo(200);
        assertThat(byBasic.status()).as(byBasic.body()).isEqualTo(200);
        assertThat(byBasic.text("/token_type")).isEqualTo("Bearer");
        assertThat(byBasic.text("/expires_in")).isEqualTo("3600");
        assertThat(byBasic.header("Cache-Control")).contains("no-store");
        assertNothingSecretWasLogged();
    }

    @Test
    void aWrongClientSecretIsRefusedLikeAnUnknownClient() {
        Answer wrong = oathbound.authenticate(oathbound.clientId(), "wrong");
        Answer unknown = oathbound.authenticate(UUID.randomUUID().toString(), "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("/error")).isEqualTo("invalid_client");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void anotherGrantIsRefused() {
        Answer answer = oathbound.form(Map.of("grant_type", "password"), "Authorization", oathbound.basic());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error")).isEqualTo("unsupported_grant_type");
    }

    @Test
    void withoutAnAccessTokenThatHoldsNothingIsAnswered() {
        String tokens = oathbound.path("/oathTokens");
        String unsigned = new PlainJWT(new JWTClaimsSet.Builder()
                        .claim("env", oathbound.environment())
                        .build())
                .serialize();
        String[] parts = oathbound.accessToken().split("\\.", -1);
        for (String authorization : new String[] {
            "Bearer nonsense",
            "Bearer " + unsigned,
            "Bearer " + parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()),
            oathbound.basic()
        }) {
            assertAccessFailed(oathbound.send(oathbound.request(tokens).header("Authorization", authorization)));
        }
        assertAccessFailed(oathbound.send(oathbound.request(tokens)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    application/json,                         application/json
                    application/json;charset=utf-8,           application/json
                    application/hal+json,                     application/hal+json
                    */*,                                      application/hal+json
                    application/*,                            application/hal+json
                    'text/html, application/json;q=0.5',      application/json
                    """)
    void answersAreOfTheMediaTypeThatIsAskedFor(String accept, String mediaType) {
        for (String tail : new String[] {"/oathTokens", "/oathTokens/" + UUID.randomUUID(), "/oathJobs"}) {
            Answer answer = oathbound.get(tail, "Accept", accept);
            assertThat(answer.status()).isIn(200, 404);
            assertThat(answer.header("Content-Type"))
                    .matches(mediaType.replace("+", "\\+") + "(;\\s*charset=(?i)utf-8)?");
        }
    }

    @Test
    void withoutAcceptAnswersAreHal() {
        assertThat(oathbound.get("/oathTokens").header("Content-Type")).startsWith("application/hal+json");
    }

    @Test
    void mediaTypeParametersOfARequestAreAccepted() {
        Answer answer = oathbound.post(
                "/oathTokens", "application/json; charset=utf-8", Seeds.hotp(Seeds.serialNumber("CHARSET")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        Answer job = oathbound.post(
                "/oathJobs",
                Oathbound.CREATE + "; charset=utf-8",
                Seeds.createJob(List.of(Seeds.hotp(Seeds.serialNumber("CHARSET")))));
        assertThat(job.status()).as(job.body()).isEqualTo(202);
    }

    @Test
    void whatCanNotBeServedIsAnErrorLikeAnyOther() {
        String tokens = oathbound.path("/oathTokens");
        assertError(405, oathbound.send(oathbound.authorized(tokens).PUT(BodyPublishers.ofString("{}"))));
        assertError(405, oathbound.send(oathbound.authorized(tokens).method("PATCH", BodyPublishers.noBody())));
        assertError(406, oathbound.get("/oathTokens", "Accept", "text/html"));
        assertError(415, oathbound.post("/oathTokens", "text/plain", BodyPublishers.ofString("x")));
        assertError(413, oathbound.post("/oathTokens", Oathbound.JSON, BodyPublishers.ofString(" ".repeat(2 << 20))));
        assertError(400, oathbound.post("/oathTokens", Oathbound.JSON, BodyPublishers.ofString("{\"serialNumber\":")));
        assertError(400, oathbound.post("/oathTokens", Oathbound.JSON, BodyPublishers.ofString("[1]")));
        assertError(404, oathbound.get("/nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oathTokens/a%2Fb", "/oathTokens/..%2Fx", "/oathTokens/no-id", "/oathJobs/%E4%B8%80"})
    void aPathThatIsNoIdIsNotFound(String tail) {
        assertError(404, oathbound.get(tail));
    }

    /** The HTTP server refuses it, before there is an application to ask. */
    @ParameterizedTest
    @ValueSource(strings = {"/oathTokens/%00", "/oathJobs/%ff"})
    void aPathThatIsNoTextIsABadRequest(String tail) {
        assertThat(oathbound.page(oathbound.path(tail)).status()).isEqualTo(400);
    }

    @Test
    void everyAnswerHasIdsToFindItBy() {
        Answer named = oathbound.get(
                "/oathTokens",
                "X-Ping-External-Transaction-ID",
                "order-4711/ü@x",
                "X-Ping-External-Session-ID",
                "a b;c");
        assertThat(named.header("correlation-id")).matches(UUID_TEXT);
        assertThat(named.header("X-Ping-External-Session-ID")).isEqualTo("a_b_c");
        assertThat(named.header("X-Ping-External-Transaction-ID"))
                .startsWith("order-4711/")
                .endsWith("@x");

        Answer unnamed = oathbound.get("/oathTokens/" + UUID.randomUUID());
        assertThat(unnamed.header("X-Ping-External-Transaction-ID")).isNotEmpty();
        assertThat(unnamed.header("correlation-id")).matches(UUID_TEXT).isNotEqualTo(named.header("correlation-id"));
        assertThat(unnamed.text("/id")).matches(UUID_TEXT);
        assertThat(unnamed.header("Cache-Control")).isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
    }

    @Test
    void linksLeadWhereTheClientCameThrough() {
        Answer direct = oathbound.get("/oathTokens?limit=3");
        Answer proxied = oathbound.get(
                "/oathTokens?limit=3", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "otp.example.com");
        assertThat(direct.text("/_links/self/href"))
                .isEqualTo(oathbound.root() + oathbound.path("/oathTokens?limit=3"));
        assertThat(proxied.text("/_links/self/href"))
                .isEqualTo("https://otp.example.com" + oathbound.path("/oathTokens?limit=3"));
    }

    @Test
    void filesPagesAndCallsLiveSideBySide() {
        assertThat(oathbound.page("/index.html").status()).isEqualTo(200);
        assertThat(oathbound.page("/openapi-ui/index.html").body()).contains("swagger-ui");
        assertThat(oathbound.page("/health/started").text("/status")).isEqualTo("UP");
        assertThat(oathbound.page("/health/live").text("/status")).isEqualTo("UP");
        assertThat(oathbound.page("/health/ready").text("/status")).isEqualTo("UP");
    }

    @Test
    void theDescriptionIsServedAsItIsKept() {
        var served = oathbound.page("/openapi?format=JSON").json();
        assertThat(served.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("openapi", "info", "servers", "tags", "security", "paths", "components");
        assertThat(served.at("/paths").size()).isEqualTo(61);
        assertThat(served.at("/components/schemas/OathToken/additionalProperties")
                        .asBoolean(true))
                .isFalse();
    }

    private static void assertAccessFailed(Answer answer) {
        assertError(401, answer);
        assertThat(answer.text("/code")).isEqualTo("ACCESS_FAILED");
        assertThat(answer.text("/message")).isEqualTo("You do not have access to this resource.");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    private static void assertError(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/id")).matches(UUID_TEXT);
        assertThat(answer.text("/message")).isNotEmpty();
    }
}
