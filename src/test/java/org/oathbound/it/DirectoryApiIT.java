package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import com.unboundid.util.Base32;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PingDirectory's WholeDirectory REST API, as its clients call it; codes come from another implementation. */
class DirectoryApiIT extends Deployed {

    private static final String SET = "application/vnd.pingidentity.password.set+json";

    /** As the published page has it. */
    private static final String PASSWORD = "password";

    private static final JsonMapper JSON = new JsonMapper();

    private String username;
    private String user;
    private String dn;

    @BeforeEach
    void createsSomebody() {
        username = Seeds.serialNumber("rest").toLowerCase(java.util.Locale.ROOT);
        Answer created =
                oathbound.post("/users", Oathbound.JSON, JSON.createObjectNode().put("username", username));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        user = created.text("/id");
        dn = "uid=" + username + ",ou=People," + Oathbound.SUFFIX;
        HttpRequest.Builder set = oathbound
                .authorized(oathbound.path("/users/" + user + "/password"))
                .header("Content-Type", SET)
                .PUT(BodyPublishers.ofString(
                        JSON.createObjectNode().put("value", PASSWORD).toString()));
        assertThat(oathbound.send(set).status()).isEqualTo(200);
    }

    /** The sample's request to the letter: URL, headers and body. */
    private Answer sample(String operation, @Nullable String accessToken, String body) {
        HttpRequest.Builder request = oathbound
                .request("/directory/v1/" + dn + "/" + operation)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (accessToken != null) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        return oathbound.send(request);
    }

    private Answer generate(@Nullable String accessToken) {
        return sample("generateTOTPSharedSecret", accessToken, """
                {
                    "staticPassword": "password"
                }""");
    }

    private Answer post(String path, JsonNode body) {
        return oathbound.send(oathbound
                .request("/directory/v1/" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private Answer authenticate(@Nullable String code) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode credentials = body.putObject("credentials")
                .put("authenticationType", code == null ? "password" : "passwordPlusTOTP")
                .put("username", username)
                .put("staticPassword", PASSWORD);
        if (code != null) {
            credentials.put("totpPassword", code);
        }
        return post("authenticate", body);
    }

    private static String code(String base32) throws Exception {
        return OneTimePassword.totp(Base32.decode(base32), System.currentTimeMillis(), 30, 6);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode devices() {
        return oathbound.get("/users/" + user + "/devices").json().at("/_embedded/devices");
    }

    @Test
    void thePublishedSampleMakesADeviceWhoseCodesAreGoodEverywhereOnce() throws Exception {
        Answer made = generate(oathbound.accessToken());
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.json().at("/resultCode")).isEqualTo(JSON.readTree("{\"value\":0,\"name\":\"success\"}"));
        assertThat(made.json().size()).isEqualTo(2);
        String secret = made.text("/totpSharedSecret");
        assertThat(secret).matches("[A-Z2-7]{32}");

        assertThat(devices()).hasSize(1);
        JsonNode device = devices().get(0);
        assertThat(device.at("/type").asText()).isEqualTo("TOTP");
        assertThat(device.at("/status").asText()).isEqualTo("ACTIVE");
        String code = code(secret);
        Answer signedOn = oathbound.signOn(user, device.at("/id").asText(), code);
        assertThat(signedOn.text("/status")).as(signedOn.body()).isEqualTo("COMPLETED");
        assertThat(authenticate(code).status())
                .as("the same code at the other interface")
                .isEqualTo(401);
        assertNothingSecretWasLogged();
        assertThat(log()).doesNotContain(secret);
    }

    @Test
    void thePasswordAloneIsEnoughUntilTheFirstCode() throws Exception {
        String secret = generate(null).text("/totpSharedSecret");
        Answer session = authenticate(code(secret));
        assertThat(session.status()).as(session.body()).isEqualTo(200);
        assertThat(authenticate(null).status()).as("the password alone").isEqualTo(401);

        Answer refused = generate(null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().at("/resultCode/value").asInt()).isEqualTo(50);
        assertThat(refused.text("/details/0/message")).isNotEmpty();

        String mine = session.text("/accessToken");
        assertThat(sample("generateTOTPSharedSecret", mine, "{}").status()).isEqualTo(200);
        Answer me = oathbound.send(oathbound.request("/directory/v1/me").header("Authorization", "Bearer " + mine));
        assertThat(me.text("/_dn")).isEqualTo(dn);
        assertThat(oathbound
                        .send(oathbound
                                .request(oathbound.path("/users/" + user))
                                .header("Authorization", "Bearer " + mine))
                        .status())
                .as("what is not his own")
                .isEqualTo(403);
    }

    @Test
    void whatIsMadeThereIsRevokedHere() {
        Answer paired = oathbound.post(
                "/users/" + user + "/devices",
                Oathbound.JSON,
                JSON.createObjectNode().put("type", "TOTP"));
        assertThat(paired.status()).isEqualTo(201);
        String secret = paired.text("/secret");
        Answer revoked = sample(
                "revokeTOTPSharedSecret",
                null,
                JSON.createObjectNode()
                        .put("totpSharedSecret", secret.toLowerCase(java.util.Locale.ROOT))
                        .toString());
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(devices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b;c+d \"e\" ü 50%", "x%2Fy", "a,b=c", "back\\slash", "日本 (test)", "a&b?c#d"})
    void namesGoThereAndBack(String name) throws Exception {
        DN wanted = new DN(new RDN("ou", name), new DN("ou=People," + Oathbound.SUFFIX));
        try (LDAPConnection ldap = oathbound.ldap()) {
            ldap.add(wanted.toString(), new Attribute("objectClass", "organizationalUnit"), new Attribute("ou", name));
        }
        // In quotes (RFC 4514 section 3, as in RFC 2253) what is special needs no backslash, which the container
        // refuses.
        String quoted = name.replace("\\", "").replace("\"", "");
        String sent = quoted.equals(name) ? "ou=\"" + name + "\",ou=People," + Oathbound.SUFFIX : null;
        String filter = encoded("ou eq " + JSON.writeValueAsString(name));
        Answer found = oathbound.send(oathbound.authorized(
                "/directory/v1/ou=People," + Oathbound.SUFFIX + "/subtree?searchScope=singleLevel&filter=" + filter));
        String href = found.text("/_embedded/entries/0/_links/self/href");
        Answer read = oathbound.follow(href);
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(new DN(read.text("/_dn"))).isEqualTo(wanted);
        assertThat(read.json().at("/ou/0").asText()).isEqualTo(name);
        assertThat(read.text("/_links/self/href")).isEqualTo(href);
        if (sent != null) {
            assertThat(oathbound
                            .send(oathbound.authorized("/directory/v1/" + encoded(sent)))
                            .text("/_dn"))
                    .isEqualTo(read.text("/_dn"));
        }
        Answer operation = post(
                URI.create(href).getRawPath().substring("/directory/v1/".length()) + "/generateTOTPSharedSecret",
                JSON.createObjectNode().put("staticPassword", PASSWORD));
        assertThat(operation.status()).as("nobody's password").isEqualTo(401);
    }

    /** That a DN may have backslashes opens no way to files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/..%5CWEB-INF/web.xml",
                "/assets%5C..%5CWEB-INF%5Cweb.xml",
                "/%5CWEB-INF%5Cweb.xml",
                "/assets/..%5C..%5C..%5Cetc/passwd"
            })
    void backslashesLeadNowhereElse(String path) {
        Answer answer = oathbound.page(path);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("<web-app").doesNotContain("root:");
    }

    @Test
    void entriesAreSearchedForPageByPage() {
        for (int i = 0; i < 5; i++) {
            assertThat(oathbound
                            .create(Seeds.hotp(username.toUpperCase(java.util.Locale.ROOT) + i))
                            .status())
                    .isEqualTo(201);
        }
        String filter = encoded("oathTokenSerialNumber sw \"" + username + "\"");
        Answer page = oathbound.send(oathbound.authorized("/directory/v1/ou=Tokens," + Oathbound.SUFFIX
                + "/subtree?searchScope=wholeSubtree&limit=2&includeAttributes=oathTokenSerialNumber&filter="
                + filter));
        int found = 0;
        while (true) {
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            found += page.json().at("/size").asInt();
            page.json().at("/_embedded/entries").forEach(entry -> assertThat(entry.size())
                    .isEqualTo(3));
            String next = page.text("/_links/next/href");
            if (next.isEmpty()) {
                break;
            }
            page = oathbound.follow(next);
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void basicCountsHereAndNowhereElse() {
        for (String name : List.of(username, dn)) {
            assertThat(basic("/directory/v1/me", name, PASSWORD).text("/_dn")).isEqualTo(dn);
        }
        assertThat(basic("/directory/v1/me", oathbound.clientId(), oathbound.clientSecret())
                        .status())
                .isEqualTo(200);
        Answer wrong = basic("/directory/v1/me", username, "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.headers().allValues("WWW-Authenticate"))
                .anyMatch(challenge -> challenge.startsWith("Bearer"))
                .anyMatch(challenge -> challenge.startsWith("Basic"));
        assertThat(basic(oathbound.path("/users"), oathbound.clientId(), oathbound.clientSecret())
                        .status())
                .isEqualTo(401);
    }

    private Answer basic(String path, String name, String password) {
        String credentials =
                Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return oathbound.send(oathbound.request(path).header("Authorization", "Basic " + credentials));
    }

    @Test
    void entriesAreWrittenElsewhere() {
        for (String method : List.of("PUT", "DELETE", "POST")) {
            Answer answer = oathbound.send(oathbound
                    .authorized("/directory/v1/" + dn)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            method.equals("DELETE") // the container refuses one with a body
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString("{}")));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.text("/details/0/message")).contains("LDAP");
        }
        assertThat(URI.create(oathbound
                                .send(oathbound.authorized("/directory/v1"))
                                .text("/_links/self/href"))
                        .getPath())
                .isEqualTo("/directory/v1");
    }
}
