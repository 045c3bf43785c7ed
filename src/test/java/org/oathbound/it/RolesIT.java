package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody changes a person who holds a role above his own. */
class RolesIT extends Deployed {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOST = "application/vnd.oathbound.oathtoken.lost+json";
    private static final String FOUND = "application/vnd.oathbound.oathtoken.found+json";
    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";
    private static final String SET = "application/vnd.pingidentity.password.set+json";
    private static final String HELP_DESK = "Help Desk";

    /** A person with a fob, who holds these roles. */
    private final class Holder {
        private final OwnDevices own;
        private final String serialNumber;
        private final String token;
        private final String device;

        Holder(String... roles) {
            serialNumber = Seeds.serialNumber("R");
            own = OwnDevices.ofNewUser(oathbound, serialNumber);
            token = oathbound.create(Seeds.hotp(serialNumber)).text("/id");
            device = own.paired(serialNumber, "ACTIVE");
            assertThat(give(own.user(), roles).status()).isEqualTo(200);
        }

        String path() {
            return "/users/" + own.user();
        }
    }

    private Answer give(String user, String... roles) {
        ObjectNode body = JSON.createObjectNode();
        List.of(roles).forEach(body.putArray("roles")::add);
        return oathbound.put("/users/" + user + "/roles", body);
    }

    private static Answer send(Oathbound caller, String method, String tail, String mediaType, String body) {
        return caller.send(caller.authorized(caller.path(tail))
                .header("Content-Type", mediaType)
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** All that a help desk does for a person, in an order in which each of it can be done. */
    private Map<String, Supplier<Answer>> help(Oathbound caller, Holder holder) {
        OwnDevices devices = OwnDevices.of(caller, holder.own.user());
        String spare = Seeds.serialNumber("SPARE");
        assertThat(oathbound.create(Seeds.hotp(spare)).status()).isEqualTo(201);
        String tomorrow = Instant.now()
                .plus(1, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        String codes =
                "{'otps':['" + Seeds.code(holder.serialNumber, 0) + "','" + Seeds.code(holder.serialNumber, 1) + "']}";
        String later =
                "{'otps':['" + Seeds.code(holder.serialNumber, 2) + "','" + Seeds.code(holder.serialNumber, 3) + "']}";
        Map<String, Supplier<Answer>> calls = new LinkedHashMap<>();
        calls.put("block", () -> devices.act(holder.device, OwnDevices.BLOCK));
        calls.put("unblock", () -> devices.act(holder.device, OwnDevices.UNBLOCK));
        calls.put("unlock", () -> devices.act(holder.device, OwnDevices.UNLOCK));
        calls.put("resynchronise", () -> send(caller, "POST", "/oathTokens/" + holder.token, RESYNC, codes));
        calls.put(
                "resynchronise his",
                () -> send(caller, "POST", holder.path() + "/oathTokens/" + holder.token, RESYNC, later));
        calls.put("test", () -> devices.test(holder.device, Seeds.code(holder.serialNumber, 4)));
        calls.put(
                "name",
                () -> caller.put(
                        devices.path() + "/" + holder.device + "/nickname",
                        JSON.createObjectNode().put("nickname", "x")));
        calls.put(
                "temporary",
                () -> devices.pair(JSON.createObjectNode()
                        .put("type", "TEMPORARY")
                        .put("codes", 1)
                        .put("validUntil", tomorrow)));
        calls.put("pair", () -> devices.pair(OwnDevices.fob(spare, "ACTIVE")));
        calls.put("unpair", () -> devices.delete(holder.device));
        return calls;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HELP_DESK, "Configuration Read Only,Authenticator"})
    void aHelpDeskHelpsThoseWhoDoNotStandAbove(String roles) {
        Oathbound helpDesk = oathbound.asWorker(HELP_DESK);
        Holder holder = roles.isEmpty() ? new Holder() : new Holder(roles.split(","));
        help(helpDesk, holder).forEach((what, call) -> {
            Answer answer = call.get();
            assertThat(answer.status()).as("%s: %s", what, answer.body()).isBetween(200, 299);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Environment Admin", "Identity Data Admin", "Help Desk,Environment Admin"})
    void aHelpDeskTouchesNobodyAbove(String roles) {
        Oathbound helpDesk = oathbound.asWorker(HELP_DESK);
        Holder holder = new Holder(roles.split(","));
        String before = holder.own.list().body()
                + oathbound.get("/oathTokens/" + holder.token).body();
        help(helpDesk, holder).forEach((what, call) -> {
            Answer answer = call.get();
            assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(403);
        });
        assertThat(holder.own.list().body()
                        + oathbound.get("/oathTokens/" + holder.token).body())
                .isEqualTo(before);
        assertThat(helpDesk.get(holder.path() + "/devices").status()).isEqualTo(200);
    }

    /** The fob is one: its failures, its lock and its counter are the administrator's, too. */
    @ParameterizedTest
    @ValueSource(strings = {HELP_DESK, "Token Manager"})
    void aFobThatAnAdministratorHasTooIsNotReachedThroughSomebodyOrdinary(String role) {
        Oathbound caller = oathbound.asWorker(role);
        Holder above = new Holder("Identity Data Admin");
        OwnDevices jane = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("J"));
        String fob = oathbound.get("/oathTokens/" + above.token).text("/serialNumber");
        OwnDevices hers = OwnDevices.of(caller, jane.user());
        assertThat(hers.pair(OwnDevices.fob(fob, "ACTIVE")).status()).isEqualTo(403);
        String device = jane.paired(fob, "ACTIVE");
        String before = oathbound.get("/oathTokens/" + above.token).body();

        String codes = "{'otps':['" + Seeds.code(fob, 0) + "','" + Seeds.code(fob, 1) + "']}";
        Map<String, Supplier<Answer>> calls = new LinkedHashMap<>();
        calls.put("block", () -> hers.act(device, OwnDevices.BLOCK));
        calls.put("unblock", () -> hers.act(device, OwnDevices.UNBLOCK));
        calls.put("unlock", () -> hers.act(device, OwnDevices.UNLOCK));
        calls.put("test", () -> hers.test(device, Seeds.code(fob, 0)));
        calls.put("resynchronise", () -> send(caller, "POST", "/oathTokens/" + above.token, RESYNC, codes));
        calls.put(
                "resynchronise hers",
                () -> send(caller, "POST", "/users/" + jane.user() + "/oathTokens/" + above.token, RESYNC, codes));
        calls.put("lose", () -> send(caller, "POST", "/oathTokens/" + above.token, LOST, "{}"));
        calls.put("recover", () -> send(caller, "POST", "/oathTokens/" + above.token, FOUND, "{}"));
        calls.put("revoke", () -> caller.delete("/oathTokens/" + above.token));
        calls.forEach((what, call) -> {
            Answer answer = call.get();
            assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(403);
        });
        assertThat(oathbound.get("/oathTokens/" + above.token).body()).isEqualTo(before);

        assertThat(hers.delete(device).status()).isEqualTo(204);
        assertThat(above.own.read(above.device).status()).isEqualTo(200);
    }

    @Test
    void anAdministratorOfIdentitiesTouchesNoAdministratorOfTheEnvironment() {
        Oathbound admin = oathbound.asWorker("Identity Data Admin");
        Holder above = new Holder("Environment Admin");
        Holder beside = new Holder("Identity Data Admin");
        Map<String, Map.Entry<String, String>> changes = new LinkedHashMap<>();
        changes.put("PUT /password", Map.entry(SET, "{'value':'correct horse battery staple'}"));
        changes.put("PUT /mfaEnabled", Map.entry(Oathbound.JSON, "{'mfaEnabled':true}"));
        changes.put("PUT /codeRequired", Map.entry(Oathbound.JSON, "{'codeRequired':false}"));
        changes.put("PATCH ", Map.entry(Oathbound.JSON, "{'email':'a@example.com'}"));
        changes.put("DELETE ", Map.entry(Oathbound.JSON, ""));
        changes.forEach((call, body) -> {
            String[] parts = call.split(" ", -1);
            assertThat(send(admin, parts[0], above.path() + parts[1], body.getKey(), body.getValue())
                            .status())
                    .as(call)
                    .isEqualTo(403);
            assertThat(send(admin, parts[0], beside.path() + parts[1], body.getKey(), body.getValue())
                            .status())
                    .as(call)
                    .isBetween(200, 299);
        });
        help(admin, above)
                .forEach(
                        (what, call) -> assertThat(call.get().status()).as(what).isEqualTo(403));
    }

    /** However the path is written, it is that person or nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/environments/ENV/users/ID/password",
                "/v1//environments/ENV/users/ID/password",
                "/v1/environments//ENV/users/ID/password",
                "/v1/environments/ENV//users/ID/password",
                "/v1/environments/ENV/users//ID/password",
                "/v1/environments/ENV/users/ID//password",
                "/v1/environments/ENV/users/ID/password/",
                "/v1/environments/ENV/users;x=1/ID;y=2/password",
                "/v1;x=/environments/ENV/users/ID/password",
                "/v1/environments/ENV/%75sers/ID/password",
                "/v1/environments/ENV/users/ID/%70assword",
                "/v1/./environments/ENV/users/ID/password",
                "/x/../v1/environments/ENV/users/ID/password",
                "/v1/environments/ENV/users/UPPER/password"
            })
    void aPathWrittenOtherwiseLeadsNowhereElse(String path) {
        Oathbound admin = oathbound.asWorker("Identity Data Admin");
        Holder above = new Holder("Environment Admin");
        String id = above.own.user();
        String written = admin.root()
                + path.replace("ENV", admin.environment())
                        .replace("ID", id)
                        .replace("UPPER", id.toUpperCase(Locale.ROOT));
        int status = admin.status(HttpRequest.newBuilder(URI.create(written))
                .header("Authorization", "Bearer " + admin.accessToken())
                .header("Content-Type", SET)
                .PUT(BodyPublishers.ofString("{\"value\":\"correct horse battery staple\"}")));
        assertThat(status).isBetween(400, 499);
    }

    @Test
    void noJobPairsOrUnpairsForWhoHoldsARole() {
        Holder holder = new Holder(HELP_DESK);
        String spare = Seeds.serialNumber("SPARE");
        oathbound.create(Seeds.hotp(spare));
        for (String kind : List.of("PAIR", "UNPAIR")) {
            ObjectNode job = JSON.createObjectNode().put("type", kind + "_OATH_TOKENS");
            job.putArray("pairs")
                    .addObject()
                    .put("serialNumber", spare)
                    .putObject("user")
                    .put("id", holder.own.user());
            JsonNode done = oathbound.done(
                    "application/vnd.oathbound.job.oathtokens." + kind.toLowerCase(Locale.ROOT) + "+json", job);
            assertThat(done.at("/result/errors")).as("%s", done).hasSize(1);
            assertThat(done.at("/result/errors/0/target").asText()).isEqualTo("user.id");
            assertThat(done.at("/result/errors/0/code").asText()).isEqualTo("CONSTRAINT_VIOLATION");
        }
        assertThat(holder.own.list().text("/size")).isEqualTo("1");
    }

    @Test
    void rolesAreGivenReadAndTaken() {
        Holder holder = new Holder("help desk", "Authenticator");
        Answer read = oathbound.get(holder.path() + "/roles");
        assertThat(read.json().get("roles").toString()).isEqualTo("[\"Authenticator\",\"Help Desk\"]");
        assertThat(give(holder.own.user()).json().get("roles")).isEmpty();
        assertThat(oathbound.get(holder.path() + "/roles").json().get("roles")).isEmpty();

        Answer unknown = give(holder.own.user(), "Emperor");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("/details/0/target")).isEqualTo("roles");
        assertThat(give(UUID.randomUUID().toString(), HELP_DESK).status()).isEqualTo(404);
        assertThat(oathbound.get("/users/" + UUID.randomUUID() + "/roles").status())
                .isEqualTo(404);
        assertThat(oathbound
                        .put(holder.path() + "/roles", JSON.createObjectNode())
                        .status())
                .isEqualTo(400);
    }
}
