package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.Together;

/** The life of an application, over HTTP. */
class ApplicationsIT extends Deployed {

    private static final String APPLICATIONS = "/applications";
    private static final String WORKER = "{'name':'VPN','roles':['authenticator']}";
    private static final String PUBLIC =
            "{'name':'Console','tokenEndpointAuthMethod':'NONE','redirectUris':['http://127.0.0.1/in']}";

    private Answer send(String method, String tail, String body) {
        return oathbound.send(oathbound
                .authorized(oathbound.path(tail))
                .header("Content-Type", Oathbound.JSON)
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private Answer created(String body) {
        Answer created = send("POST", APPLICATIONS, body);
        assertThat(created.status()).isEqualTo(201);
        return created;
    }

    private int tokenBy(Answer application, String secret) {
        return oathbound.authenticate(application.text("/id"), secret).status();
    }

    private static String path(Answer application) {
        return APPLICATIONS + "/" + application.text("/id");
    }

    private static void assertFault(Answer answer, String code, String detail, String target) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/details/0/code")).as(answer.body()).isEqualTo(detail);
        assertThat(answer.text("/details/0/target")).as(answer.body()).isEqualTo(target);
    }

    /** attacks.md 32. */
    @Test
    void ofManyRequestsAtOnceEachHasItsOwnCaller() throws Exception {
        Oathbound people = oathbound.asWorker("Identity Data Read Only");
        Oathbound settings = oathbound.asWorker("Configuration Read Only");
        List<Callable<Integer>> calls = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> people.get("/users").status());
            calls.add(() -> settings.get("/users").status());
            calls.add(() -> people.get("/oathSettings").status());
            calls.add(() -> settings.get("/oathSettings").status());
            statuses.addAll(List.of(200, 403, 403, 200));
        }
        for (int round = 0; round < 10; round++) {
            assertThat(Together.call(calls)).isEqualTo(statuses);
        }
    }

    @Test
    void aSecretIsShownOnceAndNeverAgain() throws Exception {
        Answer created = created(WORKER);
        String secret = created.text("/secret");

        assertThat(secret.length()).isGreaterThanOrEqualTo(32);
        assertThat(created.header("Location")).isEqualTo(created.text("/_links/self/href"));
        assertThat(created.text("/roles/0")).isEqualTo("Authenticator");
        assertThat(created.text("/type")).isEqualTo("WORKER");
        assertThat(tokenBy(created, secret)).isEqualTo(200);
        assertThat(tokenBy(created, secret + "x")).isEqualTo(401);
        Answer read = oathbound.follow(created.header("Location"));
        assertThat(read.text("/name")).isEqualTo("VPN");
        assertThat(read.json().has("secret")).isFalse();
        Answer replaced = send("PUT", path(created), "{'name':'VPN 2','type':'WORKER','grantTypes':['X']}");
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().get("roles")).isEmpty();
        assertThat(replaced.text("/updatedAt")).isNotEmpty();
        assertThat(replaced.body() + oathbound.get(APPLICATIONS + "?limit=200").body() + log())
                .doesNotContain(secret);
        try (var ldap = oathbound.ldap()) {
            var entry = ldap.getEntry(
                    "oathboundId=" + created.text("/id") + ",ou=Applications," + Oathbound.SUFFIX, "*", "+");
            assertThat(entry.getAttributes())
                    .noneMatch(attribute ->
                            attribute.getName().toLowerCase(Locale.ROOT).contains("secret"))
                    .noneMatch(attribute -> attribute.getName().equalsIgnoreCase("userPassword"));
        }
    }

    @Test
    void theSecretBeforeLivesOnUntilItIsEnded() {
        Answer created = created(WORKER);
        String first = created.text("/secret");
        Answer rotated = oathbound.send(
                oathbound.authorized(oathbound.path(path(created) + "/secret")).POST(BodyPublishers.noBody()));
        assertThat(rotated.status()).as(rotated.text("/message")).isEqualTo(200);
        String second = rotated.text("/secret");

        assertThat(Duration.between(Instant.now(), Instant.parse(rotated.text("/previous/expiresAt"))))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(tokenBy(created, first)).isEqualTo(200);
        assertThat(tokenBy(created, second)).isEqualTo(200);

        Answer ended = send("POST", path(created) + "/secret", "{'previous':{'expiresAt':'2024-11-18T10:23:36.768Z'}}");
        assertThat(ended.status()).as(ended.text("/message")).isEqualTo(200);
        assertThat(tokenBy(created, first)).isEqualTo(401);
        assertThat(tokenBy(created, second)).isEqualTo(401);
        assertThat(tokenBy(created, ended.text("/secret"))).isEqualTo(200);
        assertThat(log()).doesNotContain(first, second, ended.text("/secret"));
    }

    @Test
    void theSecretBeforeLivesForThirtyDaysAtMost() {
        Answer created = created(WORKER);
        String late = Instant.now()
                .plus(31, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        Answer refused = send("POST", path(created) + "/secret", "{'previous':{'expiresAt':'" + late + "'}}");
        assertFault(refused, "INVALID_DATA", "OUT_OF_RANGE", "previous.expiresAt");
        assertFault(
                send("POST", path(created) + "/secret", "{'previous':{}}"),
                "INVALID_DATA",
                "REQUIRED_VALUE",
                "previous.expiresAt");
        assertThat(tokenBy(created, created.text("/secret"))).isEqualTo(200);
    }

    @Test
    void disabledChangedOrDeletedItsAccessTokensSayWhatItIsNow() {
        Oathbound other = oathbound.asWorker("Identity Data Read Only");
        String tail = APPLICATIONS + "/" + other.clientId();
        assertThat(other.get("/users").status()).isEqualTo(200);

        send("PUT", tail, "{'name':'x','enabled':false,'roles':['Identity Data Read Only']}");
        assertThat(other.get("/users").status()).isEqualTo(401);
        assertThat(other.authenticate(other.clientId(), other.clientSecret()).status())
                .isEqualTo(401);
        send("PUT", tail, "{'name':'x','roles':['Identity Data Read Only']}");
        assertThat(other.get("/users").status()).isEqualTo(200);
        send("PUT", tail, "{'name':'x','roles':['Configuration Read Only']}");
        assertThat(other.get("/users").status()).isEqualTo(403);
        assertThat(other.get("/oathSettings").status()).isEqualTo(200);

        assertThat(oathbound.delete(tail).status()).isEqualTo(204);
        assertThat(other.get("/oathSettings").status()).isEqualTo(401);
        assertThat(oathbound.get(tail).status()).isEqualTo(404);
        assertThat(oathbound.delete(tail).status()).isEqualTo(404);
        assertThat(send("POST", tail + "/secret", "{}").status()).isEqualTo(404);
    }

    @Test
    void whoCallsCanNotShutItselfOut() {
        String own = APPLICATIONS + "/" + oathbound.clientId();
        String refusal = "CONSTRAINT_VIOLATION";
        assertFault(oathbound.delete(own), "REQUEST_FAILED", refusal, "");
        assertFault(
                send("PUT", own, "{'name':'x','enabled':false,'roles':['Environment Admin']}"),
                "REQUEST_FAILED",
                refusal,
                "");
        assertFault(send("PUT", own, "{'name':'x','roles':['Authenticator']}"), "REQUEST_FAILED", refusal, "");
        assertThat(oathbound.get(own).text("/roles/0")).isEqualTo("Environment Admin");
    }

    @Test
    void aPublicOneHasNoSecretAndNoRoles() {
        Answer created = created(PUBLIC);
        assertThat(created.json().has("secret")).isFalse();
        assertThat(created.text("/type")).isEqualTo("NATIVE_APP");
        assertThat(created.text("/grantTypes/0")).isEqualTo("AUTHORIZATION_CODE");
        assertThat(tokenBy(created, "")).isIn(400, 401);
        assertThat(tokenBy(created, "x")).isIn(400, 401);
        assertFault(send("POST", path(created) + "/secret", "{}"), "REQUEST_FAILED", "CONSTRAINT_VIOLATION", "");
        assertFault(
                send("PUT", path(created), "{'name':'x','redirectUris':['https://a.example/'],'roles':['Help Desk']}"),
                "INVALID_DATA",
                "CONSTRAINT_VIOLATION",
                "roles");
        assertFault(
                send("PUT", path(created), PUBLIC.replace("NONE", "CLIENT_SECRET_BASIC")),
                "INVALID_DATA",
                "CONSTRAINT_VIOLATION",
                "tokenEndpointAuthMethod");
    }

    @ParameterizedTest
    @DisplayName("Every fault is named by its field")
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                     | REQUIRED_VALUE       | name
                    {'name':' '}                                                           | INVALID_VALUE        | name
                    {'name':'a\\nb'}                                                       | INVALID_VALUE        | name
                    {'name':'x','enabled':'yes'}                                           | INVALID_VALUE        | enabled
                    {'name':'x','roles':['Emperor']}                                       | INVALID_VALUE        | roles
                    {'name':'x','roles':'Help Desk'}                                       | INVALID_VALUE        | roles
                    {'name':'x','tokenEndpointAuthMethod':'PRIVATE_KEY_JWT'}               | INVALID_VALUE        | tokenEndpointAuthMethod
                    {'name':'x','redirectUris':['http://a.example/']}                      | INVALID_VALUE        | redirectUris
                    {'name':'x','redirectUris':['https://a.example/#x']}                   | INVALID_VALUE        | redirectUris
                    {'name':'x','redirectUris':['https://u@a.example/']}                   | INVALID_VALUE        | redirectUris
                    {'name':'x','redirectUris':['/in']}                                    | INVALID_VALUE        | redirectUris
                    {'name':'x','redirectUris':['javascript:alert(1)']}                    | INVALID_VALUE        | redirectUris
                    {'name':'x','tokenEndpointAuthMethod':'NONE'}                          | REQUIRED_VALUE       | redirectUris
                    {'name':'x','tokenEndpointAuthMethod':'NONE','redirectUris':['https://a.example/'],'roles':['Help Desk']} | CONSTRAINT_VIOLATION | roles
                    """, quoteCharacter = '`')
    void isNotCreatedWithAFault(String body, String code, String target) {
        assertFault(send("POST", APPLICATIONS, body), "INVALID_DATA", code, target);
    }

    @Test
    void areListedPageByPage() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            made.add(created(WORKER).text("/id"));
        }
        Set<String> seen = new HashSet<>();
        Answer page = oathbound.get(APPLICATIONS + "?limit=2");
        while (true) {
            for (var application : page.json().at("/_embedded/applications")) {
                assertThat(seen.add(application.get("id").asText())).isTrue();
                assertThat(application.has("secret")).isFalse();
            }
            if (page.text("/_links/next/href").isEmpty()) {
                break;
            }
            page = oathbound.follow(page.text("/_links/next/href"));
        }
        assertThat(seen).containsAll(made).contains(oathbound.clientId());
        assertThat(oathbound.get(APPLICATIONS + "/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }
}
