package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.FakeOathbound;
import org.oathbound.commandline.FakeOathbound.Asked;

/** What the commands of an administrator ask of the service, and what they refuse to ask. */
@Tag("slow")
class AdministrationCommandsTest {

    private static final String JANE = "/users/u1";

    @TempDir
    Path folder;

    private final FakeOathbound service = new FakeOathbound()
            .onGet(
                    "/users?filter=username+eq+%22jane%22",
                    "{\"_embedded\": {\"users\": [{\"id\": \"u1\", \"username\": \"jane\"}]}}")
            .onGet("/applications?limit=200", """
                    {"_embedded": {"applications": [
                     {"id": "a1", "name": "VPN", "enabled": true, "roles": ["Authenticator"], "redirectUris": [],
                      "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC", "type": "WORKER", "createdAt": "x"},
                     {"id": "a2", "name": "Twin"}, {"id": "a3", "name": "Twin"}]}}
                    """);

    @AfterEach
    void stop() {
        service.close();
    }

    private CommandRun run(String input, String... arguments) {
        return CommandRun.of(service.variables(), input, arguments);
    }

    private Asked lastAsked() {
        return service.asked().getLast();
    }

    private JsonNode lastBody() {
        return Outputs.json(lastAsked().body());
    }

    @Test
    void onlyWhatIsNamedChangesAndAnEmptyTextRemoves() {
        service.on("PATCH", JANE, 200, "{\"username\": \"jane\"}");
        run("", "person", "edit", "jane", "--family=Roe", "--email=");
        assertThat(lastBody()).hasToString("{\"email\":null,\"name\":{\"family\":\"Roe\"}}");
        assertThat(run("", "person", "edit", "jane").exitCode()).isEqualTo(2);
    }

    @Test
    void aPasswordIsTheFirstLineOfStandardInputAsItIs() {
        service.on("PUT", JANE + "/password", 200, "{}");
        CommandRun run = run(" open  sesame \nsecond\n", "person", "password", "jane");
        assertThat(lastBody().path("value").asText()).isEqualTo(" open  sesame ");
        assertThat(lastAsked().mediaType()).isEqualTo("application/vnd.pingidentity.password.set+json");
        assertThat(run.out() + run.err()).doesNotContain("sesame");
        assertThat(run("", "person", "password", "jane").exitCode()).isEqualTo(2);
    }

    @Test
    void rolesAreGivenAndTakenAndTheOthersStay() {
        service.onGet(JANE + "/roles", "{\"roles\": [\"Auditor\", \"Help Desk\"]}")
                .on("PUT", JANE + "/roles", 200, "{\"roles\": [\"Help Desk\", \"Token Manager\"]}");
        assertThat(run("", "person", "roles", "jane").out()).isEqualTo("Auditor\nHelp Desk\n");
        CommandRun run =
                run("", "person", "roles", "jane", "--give=Token Manager", "--give=HELP DESK", "--take=auditor");
        assertThat(lastBody().path("roles")).hasToString("[\"Help Desk\",\"Token Manager\"]");
        assertThat(run.out()).isEqualTo("Help Desk\nToken Manager\n");
        assertThat(run("", "person", "roles", "jane", "--take=Backup").err())
                .contains("jane does not hold the role Backup");
        assertThat(lastAsked().method()).isEqualTo("GET");
    }

    @Test
    void anApplicationsOtherMembersStayWhenItsRolesChange() {
        service.on("PUT", "/applications/a1", 200, "{\"roles\": []}");
        run("", "application", "roles", "VPN", "--take=Authenticator");
        assertThat(lastBody())
                .hasToString("{\"name\":\"VPN\",\"enabled\":true,\"tokenEndpointAuthMethod\":\"CLIENT_SECRET_BASIC\","
                        + "\"redirectUris\":[],\"roles\":[]}");
    }

    @Test
    void aNameThatSeveralHaveIsNotGuessed() {
        CommandRun run = run("", "application", "delete", "Twin");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("There are 2", "a2, a3");
        service.on("DELETE", "/applications/a3", 204, "");
        assertThat(run("", "application", "delete", "a3").exitCode()).isZero();
    }

    @Test
    void newCredentialsAreAFileThatCredentialsTakes() throws IOException {
        service.on("POST", "/applications", 201, "{\"id\": \"a9\", \"secret\": \"s3cret\"}");
        Path file = folder.resolve("vpn.env");
        CommandRun run = run("", "application", "add", "VPN", "--role=Authenticator", "--output", file.toString());
        assertThat(lastBody()).hasToString("{\"name\":\"VPN\",\"roles\":[\"Authenticator\"]}");
        assertThat(run.out() + run.err()).doesNotContain("s3cret");
        assertThat(Files.readString(file))
                .isEqualTo("OATHBOUND_URL=" + service.url() + "\nOATHBOUND_ENVIRONMENT_ID=" + FakeOathbound.ENVIRONMENT
                        + "\nOATHBOUND_CLIENT_ID=a9\nOATHBOUND_CLIENT_SECRET=s3cret\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        int asked = service.asked().size();
        assertThat(run("", "application", "add", "VPN", "--output", file.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(service.asked())
                .as("no application whose secret goes nowhere")
                .hasSize(asked);
    }

    @ParameterizedTest
    @CsvSource({"sealing, ''", "signing, ''", "signing, --stolen"})
    void aKeyIsRotated(String purpose, String option) {
        String query = option.isEmpty() ? "" : "?stolen=true";
        service.on("POST", "/keys/" + purpose + "/rotations" + query, 202, "{\"id\": \"k2\"}");
        CommandRun run =
                option.isEmpty() ? run("", "key", "rotate", purpose) : run("", "key", "rotate", purpose, option);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("k2");
    }

    @Test
    void onlyASigningKeyIsStolenWithEffect() {
        assertThat(run("", "key", "rotate", "sealing", "--stolen").exitCode()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void anAppsQrCodeAndUriAreOnStandardOutputAndWhatFollowsIsNot() {
        String uri = "otpauth://totp/Oathbound:jane?secret=JBSWY3DPEHPK3PXP&issuer=Oathbound";
        service.on("POST", JANE + "/devices", 201, "{\"id\": \"d7\", \"keyUri\": \"" + uri + "\"}");
        CommandRun run = run("", "pair-app", "jane", "--nickname=phone");
        assertThat(Outputs.json(lastAsked().body()).path("type").asText()).isEqualTo("TOTP");
        assertThat(run.out()).matches("(?s)([█▀▄ ]+\n)+" + Pattern.quote(uri) + "\n");
        assertThat(run.err()).isEqualTo("When the app shows a code: oathbound activate jane d7\n");
    }

    @Test
    void settingsOfTheDefaultPolicyAreReplacedAsAWhole() {
        service.onGet("/deviceAuthenticationPolicies", """
                        {"_embedded": {"deviceAuthenticationPolicies": [
                         {"id": "p1", "name": "Other", "default": false},
                         {"id": "p2", "name": "Staff", "default": true, "sms": {"enabled": false}, "_links": {}}]}}
                        """)
                .on("PUT", "/deviceAuthenticationPolicies/p2", 200, "{\"name\": \"Staff\"}");
        run("", "settings", "set", "policy", "totp.passcodeGracePeriod=3");
        assertThat(lastBody())
                .hasToString("{\"name\":\"Staff\",\"default\":true,\"sms\":{\"enabled\":false},"
                        + "\"totp\":{\"passcodeGracePeriod\":3}}");
        assertThat(run("", "settings", "reset", "policy").exitCode()).isEqualTo(2);
        assertThat(run("", "settings", "show", "policy", "--policy=Third").err())
                .contains("no policy Third");
    }
}
