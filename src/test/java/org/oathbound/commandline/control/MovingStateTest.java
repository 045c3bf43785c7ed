package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.FakeOathbound;

@Tag("slow")
class MovingStateTest {

    private final FakeOathbound source = new FakeOathbound();

    @AfterEach
    void stop() {
        source.close();
    }

    private CommandRun run() {
        Map<String, String> variables = new HashMap<>();
        variables.put("OATHBOUND_SOURCE_API_URL", source.url());
        variables.put("OATHBOUND_SOURCE_ENVIRONMENT_ID", FakeOathbound.ENVIRONMENT);
        variables.put("OATHBOUND_SOURCE_CLIENT_ID", FakeOathbound.CLIENT);
        variables.put("OATHBOUND_SOURCE_CLIENT_SECRET", FakeOathbound.SECRET);
        return CommandRun.of(variables, "", "moving-in", "pingone");
    }

    private void devices(String person, String devices) {
        source.onGet("/users/" + person + "/devices", "{\"_embedded\": {\"devices\": [" + devices + "]}}");
    }

    @Test
    void eachTokenIsARowWithWhoeverHasIt() {
        source.onGet("/oathTokens?limit=200", """
                        {"_embedded": {"oathTokens": [{"serialNumber": "H1", "hotp": {"counter": 7}},
                          {"serialNumber": "T1", "totp": {"timeStep": 30, "drift": -2}}]},
                         "_links": {"next": {"href": "https://elsewhere.example.com/?limit=200&cursor=2"}}}
                        """)
                .onGet(
                        "/oathTokens?limit=200&cursor=2",
                        "{\"_embedded\": {\"oathTokens\": [{\"serialNumber\": \"stock\", \"hotp\": {\"counter\": 0}},"
                                + " {\"serialNumber\": \"untold\"}]}}")
                .onGet("/users?limit=200", """
                        {"_embedded": {"users": [{"id": "u1", "username": "jane"}, {"id": "u2", "username": "joe, jr."},
                          {"id": "u3", "username": "jane, jr."}]}}
                        """);
        devices("u1", """
                {"type": "OATH_TOKEN", "serialNumber": "h1", "status": "ACTIVE", "block": {"status": "UNBLOCKED"}},
                {"type": "TOTP", "status": "ACTIVE"}
                """);
        devices("u2", "{\"serialNumber\": \"H1\", \"status\": \"ACTIVE\", \"block\": {\"status\": \"BLOCKED\"}}");
        devices("u3", "{\"type\": \"OATH_TOKEN\", \"serialNumber\": \"T1\", \"status\": \"ACTIVATION_REQUIRED\"}");

        CommandRun run = run();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("H1 is joe, jr.'s as well, BLOCKED: pair it when it is imported.\n");
        assertThat(run.out()).isEqualTo("""
                        serial,username,counter,drift,status
                        H1,jane,7,,ACTIVE
                        T1,"jane, jr.",,-2,ACTIVATION_REQUIRED
                        stock,,0,,
                        untold,,,,
                        """.replace("\n", "\r\n"));
    }

    @Test
    void aSourceThatWantsAPauseGetsIt() {
        source.onGet("/oathTokens?limit=200", "{}")
                .onGet("/users?limit=200", "{\"_embedded\": {\"users\": [{\"id\": \"u1\", \"username\": \"jane\"}]}}")
                .on("GET", "/users/u1/devices", 429, "{}", "Retry-After", "1")
                .onGet("/users/u1/devices", "{}");
        assertThat(run().exitCode()).isZero();
        assertThat(source.asked()).hasSize(4);
    }

    @Test
    void aSourceThatRefusesIsAFailureAndNothingIsWritten() {
        source.onGet("/oathTokens?limit=200", "{}").on("GET", "/users?limit=200", 403, "{\"message\": \"No.\"}");
        CommandRun run = run();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("No.");
    }
}
