package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

@DisplayName("People who hold a role sign in at our own page, and a program gets an access token for them")
class StaffSignInIT extends Deployed {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BACK = "https://app.example.com/back";
    private static final String PASSWORD = "correct horse";
    private static final String SECRET = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";
    private static final long COUNTER = 456_789;

    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private String username;
    private String user;
    private String client;

    @BeforeEach
    void createsAProgramAndSomebodyOfTheHelpDesk() {
        oathbound = oathbound.asNewEnvironment("Published");
        ObjectNode program = JSON.createObjectNode().put("name", "Console <&>").put("tokenEndpointAuthMethod", "NONE");
        program.putArray("redirectUris").add(BACK);
        client = created(oathbound.post("/applications", Oathbound.JSON, program));
        username = Seeds.serialNumber("staff");
        user = created(
                oathbound.post("/users", Oathbound.JSON, JSON.createObjectNode().put("username", username)));
        ObjectNode password = JSON.createObjectNode().put("newPassword", PASSWORD);
        assertThat(oathbound
                        .send(oathbound
                                .authorized(oathbound.path("/users/" + user + "/password"))
                                .header("Content-Type", "application/vnd.pingidentity.password.reset+json")
                                .PUT(BodyPublishers.ofString(password.toString())))
                        .status())
                .isEqualTo(200);
        ObjectNode roles = JSON.createObjectNode();
        roles.putArray("roles").add("Help Desk");
        assertThat(oathbound.put("/users/" + user + "/roles", roles).status()).isEqualTo(200);
        String serialNumber = Seeds.serialNumber("STAFF");
        created(oathbound.create(Seeds.hotp(serialNumber, SECRET, COUNTER).put("otpLength", 8)));
        created(oathbound.post(
                "/users/" + user + "/devices",
                Oathbound.JSON,
                JSON.createObjectNode().put("type", "OATH_TOKEN").put("serialNumber", serialNumber)));
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("/id");
    }

    private static String code(int ahead) {
        return new Hotp(SharedSecret.ofHex(SECRET), HashAlgorithm.SHA_1, 8)
                .generate(COUNTER + ahead)
                .text();
    }

    private Map<String, String> request() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client);
        parameters.put("redirect_uri", BACK);
        parameters.put("response_type", "code");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("state", "a b&c");
        return parameters;
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> parameters = request();
        parameters.put(name, value);
        return parameters;
    }

    private Answer ask(Map<String, String> parameters) {
        return oathbound.send(oathbound.request("/" + oathbound.environment() + "/as/authorize?" + form(parameters)));
    }

    private Answer signIn(String password, String otp) {
        Map<String, String> parameters = with("username", username);
        parameters.put("password", password);
        parameters.put("otp", otp);
        return oathbound.send(oathbound
                .request("/" + oathbound.environment() + "/as/authorize")
                .header("Content-Type", Oathbound.FORM)
                .POST(BodyPublishers.ofString(form(parameters))));
    }

    private Answer redeem(String code, String verifier) {
        return oathbound.form(Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "redirect_uri", BACK,
                "code", code,
                "code_verifier", verifier));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Oathbound.encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The parameters that a program gets back. */
    private static Map<String, String> sentBack(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(BACK + "?");
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(URI.create(answer.header("Location")).getRawQuery().split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .forEach(parts -> parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
        return parameters;
    }

    private String issuer() {
        return oathbound
                .send(oathbound.request("/" + oathbound.environment() + "/as/.well-known/openid-configuration"))
                .text("/issuer");
    }

    private int as(String accessToken, String tail) {
        return oathbound
                .send(oathbound.request(oathbound.path(tail)).header("Authorization", "Bearer " + accessToken))
                .status();
    }

    @Test
    void aProgramActsForAPersonAsFarAsHisRolesGo() {
        Map<String, String> back = sentBack(signIn(PASSWORD, code(0)));
        assertThat(back)
                .containsEntry("state", "a b&c")
                .containsEntry("iss", issuer())
                .containsOnlyKeys("code", "state", "iss");

        Answer answer = redeem(back.getOrDefault("code", ""), VERIFIER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String accessToken = answer.text("/access_token");
        assertThat(as(accessToken, "/users")).isEqualTo(200);
        assertThat(as(accessToken, "/oathTokens")).isEqualTo(200);
        assertThat(as(accessToken, "/oathSettings")).isEqualTo(403);
        assertThat(as(accessToken, "/applications")).isEqualTo(403);

        ObjectNode none = JSON.createObjectNode();
        none.putArray("roles");
        oathbound.put("/users/" + user + "/roles", none);
        assertThat(as(accessToken, "/users")).isEqualTo(401);
    }

    @Test
    void aCodeIsGoodOnceAndForItsProgram() {
        String code = sentBack(signIn(PASSWORD, code(0))).getOrDefault("code", "");
        Answer first = redeem(code, VERIFIER);
        assertThat(first.status()).isEqualTo(200);
        assertThat(as(first.text("/access_token"), "/users")).isEqualTo(200);
        assertThat(redeem(code, VERIFIER).text("/error")).isEqualTo("invalid_grant");
        assertThat(as(first.text("/access_token"), "/users")).isEqualTo(401);
        String another = sentBack(signIn(PASSWORD, code(1))).getOrDefault("code", "");
        assertThat(redeem(another, CHALLENGE).text("/error")).isEqualTo("invalid_grant");
    }

    @Test
    void whatIsWrongIsNotTold() {
        Answer wrongPassword = signIn("wrong", code(0));
        Answer wrongCode = signIn(PASSWORD, "00000000");
        assertThat(wrongPassword.status()).isEqualTo(403);
        assertThat(wrongCode.status()).isEqualTo(403);
        assertThat(wrongCode.body()).isEqualTo(wrongPassword.body()).doesNotContain(PASSWORD);
        sentBack(signIn(PASSWORD, code(0)));
        assertThat(signIn(PASSWORD, code(0)).status()).isEqualTo(403);
    }

    @Test
    void thePageLoadsNothingAndShowsNamesAsText() {
        Answer page = ask(request());
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; form-action 'self' https://app.example.com;"
                        + " frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body())
                .contains("Console &lt;&amp;&gt; wants to act for you.")
                .doesNotContain("<script");
        assertThat(ask(with("state", "\"><script>x")).body()).doesNotContain("<script");
    }

    @Test
    void nobodyIsSentToAnAddressThatIsNotRegistered() {
        assertThat(ask(with("redirect_uri", "https://evil.example/back")).status())
                .isEqualTo(400);
        assertThat(ask(with("redirect_uri", BACK + "/")).status()).isEqualTo(400);
        assertThat(ask(with("client_id", UUID.randomUUID().toString())).status())
                .isEqualTo(400);
        assertThat(ask(with("client_id", "*")).status()).isEqualTo(400);
    }

    @Test
    void aFormThatCantBeReadIsTheClientsFault() {
        for (String charset : new String[] {"nothing", "\"a b\"", "*"}) {
            Answer answer = oathbound.send(oathbound
                    .request("/" + oathbound.environment() + "/as/authorize")
                    .header("Content-Type", Oathbound.FORM + ";charset=" + charset)
                    .POST(BodyPublishers.ofString(form(request()))));
            assertThat(answer.status()).as(charset + answer.body()).isEqualTo(400);
            assertThat(answer.text("/code")).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void aProgramThatAsksWronglyIsTold() {
        assertThat(sentBack(ask(with("response_type", "token")))).containsEntry("error", "unsupported_response_type");
        assertThat(sentBack(ask(with("code_challenge_method", "plain")))).containsEntry("error", "invalid_request");
        assertThat(sentBack(ask(with("code_challenge", "")))).containsEntry("error", "invalid_request");
        Map<String, String> twice = request();
        assertThat(oathbound
                        .send(oathbound.request(
                                "/" + oathbound.environment() + "/as/authorize?" + form(twice) + "&state=2"))
                        .status())
                .isEqualTo(400);
    }
}
