package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who live in somebody else's directory: a real slapd, which is only read. */
class CorporateDirectoryIT {

    private static final String PASSWORD = Slapd.PASSWORD;

    @TempDir
    private static Path temporary;

    private static Slapd slapd;
    private static ServerProcess server;
    private static Oathbound oathbound;
    private static LDAPConnection authenticator;

    private final String username = Seeds.serialNumber("corp").toLowerCase(Locale.ROOT);
    private UUID id;
    private long counter;
    private String serialNumber = "";

    @BeforeAll
    static void start() throws LDAPException {
        slapd = Slapd.start(temporary.resolve("slapd"));
        server = ServerProcess.start(temporary.resolve("data"), slapd.environment());
        oathbound = server.oathbound();
        authenticator = CodeInterfaces.authenticator(server);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            authenticator.close();
            server.close();
        }
        if (slapd != null) {
            slapd.close();
        }
    }

    @BeforeEach
    void hire() throws LDAPException {
        id = slapd.hire(username);
    }

    private OwnDevices devices() {
        return OwnDevices.of(oathbound, id.toString());
    }

    /** The interfaces of somebody who has just been paired. */
    private CodeInterfaces paired() {
        serialNumber = Seeds.serialNumber("CORP");
        String token = oathbound.create(Seeds.hotp(serialNumber)).text("/id");
        String device = devices().paired(serialNumber, "ACTIVE");
        return interfaces(device, token, username, Slapd.name(username));
    }

    private CodeInterfaces interfaces(String device, String token, String uid, String name) {
        return new CodeInterfaces(
                oathbound, server.ldapPort(), devices(), device, token, uid, name, PASSWORD, authenticator);
    }

    private String nextCode() {
        return Seeds.code(serialNumber, counter++);
    }

    /** Which interfaces take a code of their own each; no is also that there is no answer. */
    private Map<String, Boolean> taken(CodeInterfaces interfaces) throws Exception {
        Map<String, Boolean> taken = new LinkedHashMap<>();
        for (String where : interfaces.of("").keySet()) {
            Callable<Boolean> attempt =
                    Objects.requireNonNull(interfaces.of(nextCode()).get(where));
            try {
                taken.put(where, attempt.call());
            } catch (LDAPException e) {
                assertThat(e.getResultCode()).isIn(ResultCode.UNAVAILABLE, ResultCode.UNWILLING_TO_PERFORM);
                taken.put(where, false);
            }
        }
        return taken;
    }

    private static List<UUID> found(String filter) {
        Answer answer = oathbound.get("/users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/_embedded/users").isEmpty()
                ? List.of()
                : List.of(UUID.fromString(answer.text("/_embedded/users/0/id")));
    }

    private static LDAPConnection anonymous() throws LDAPException {
        return new LDAPConnection("127.0.0.1", server.ldapPort());
    }

    @Test
    void isFoundByUserNameAndByIdWithoutBeingCreated() throws LDAPException {
        assertThat(found("username eq \"" + username + "\"")).containsExactly(id);
        Answer read = oathbound.get("/users/" + id);
        assertThat(read.text("/username")).isEqualTo(username);
        assertThat(read.text("/email")).isEqualTo(username + "@corp.test");
        assertThat(devices().list().status()).isEqualTo(200);
        try (LDAPConnection administrator = oathbound.ldap()) {
            assertThat(administrator.getEntry("oathboundId=" + id + ",ou=Enrolments," + Oathbound.SUFFIX))
                    .isNull();
            paired();
            assertThat(administrator
                            .getEntry("oathboundId=" + id + ",ou=Enrolments," + Oathbound.SUFFIX)
                            .getAttributeValue("oathboundIdentity"))
                    .isEqualTo(Slapd.name(username));
        }
    }

    @Test
    void signsOnAtEveryInterface() throws Exception {
        assertThat(taken(paired())).doesNotContainValue(false);
    }

    @Test
    void keepsWhatHeHasWhenHeIsMovedAndRenamed() throws Exception {
        CodeInterfaces before = paired();
        String renamed = username + "x";
        String name = "uid=" + renamed + ",ou=Abroad," + Slapd.BASE;
        try (LDAPConnection manager = slapd.manager()) {
            manager.modifyDN(
                    new ModifyDNRequest(Slapd.name(username), "uid=" + renamed, true, "ou=Abroad," + Slapd.BASE));
        }
        assertThat(taken(interfaces(before.device(), before.token(), renamed, name)))
                .doesNotContainValue(false);
        assertThat(found("username eq \"" + username + "\"")).isEmpty();
        assertThat(found("username eq \"" + renamed + "\"")).containsExactly(id);
    }

    @Test
    void doesNotGetInAnyMoreWhenHeIsGoneAndIsReported() throws Exception {
        CodeInterfaces interfaces = paired();
        try (LDAPConnection manager = slapd.manager()) {
            manager.delete(Slapd.name(username));
        }
        assertThat(taken(interfaces)).doesNotContainValue(true);
        assertThat(oathbound.get("/users/" + id).status()).isEqualTo(404);
        assertThat(reported(interfaces.token())).isEqualTo("GONE");
        assertThat(oathbound.delete("/users/" + id).status()).isEqualTo(204);
        assertThat(reported(interfaces.token())).isEqualTo("STOCK");
    }

    private static String reported(String token) {
        Answer report = oathbound.get("/reports/oathTokens", "Accept", "application/json");
        assertThat(report.status()).isEqualTo(200);
        for (var line : report.json().get("rows")) {
            if (line.path("tokenId").asText().equals(token)) {
                return line.path("state").asText();
            }
        }
        return "none";
    }

    @Test
    void waitsForADirectoryThatIsStoppedAndStartedAgain() throws Exception {
        CodeInterfaces interfaces = paired();
        slapd.stop();
        try {
            assertThat(taken(interfaces)).doesNotContainValue(true);
            assertThat(oathbound.get("/users/" + id).status()).isEqualTo(503);
            assertThat(oathbound.get("/users/" + id).header("Retry-After")).isNotEmpty();
        } finally {
            slapd.start();
        }
        assertThat(taken(interfaces)).doesNotContainValue(false);
    }

    @Test
    void isChangedOnlyWhereHeLives() {
        String path = "/users/" + id;
        for (Answer answer : List.of(
                oathbound.put(path, JsonNodeFactory.instance.objectNode().put("username", username + "z")),
                oathbound.delete(path))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("corporate directory");
        }
    }

    @Test
    void isSearchedForThroughUsByWhoMayReadPeopleAndIsNotWritten() throws LDAPException {
        Oathbound worker = oathbound.asWorker("Identity Data Read Only");
        try (LDAPConnection connection = anonymous()) {
            assertThat(resultOf(() -> connection.search(Slapd.BASE, SearchScope.SUB, "(uid=*)")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            connection.bind(
                    "oathboundId=" + worker.clientId() + ",ou=Applications," + Oathbound.SUFFIX, worker.clientSecret());
            List<SearchResultEntry> entries = connection
                    .search("ou=Staff," + Slapd.BASE, SearchScope.ONE, "(uid=" + username + ")", "mail", "userPassword")
                    .getSearchEntries();
            assertThat(entries).hasSize(1);
            assertThat(entries.get(0).getDN()).isEqualTo(Slapd.name(username));
            assertThat(entries.get(0).getAttributeValue("mail")).isEqualTo(username + "@corp.test");
            assertThat(entries.get(0).hasAttribute("userPassword")).isFalse();
            assertThat(resultOf(() -> connection.search(Slapd.BASE, SearchScope.SUB, "(userPassword=*)")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(resultOf(() -> connection.search(Slapd.BASE, SearchScope.SUB, "(sambaNTPassword=*)")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(resultOf(() -> connection.search("ou=None," + Slapd.BASE, SearchScope.SUB, "(uid=*)")))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        }
        try (LDAPConnection administrator = oathbound.ldap()) {
            Modification change = new Modification(ModificationType.REPLACE, "mail", "other@corp.test");
            assertThat(resultOf(() -> administrator.modify(Slapd.name(username), change)))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
            assertThat(resultOf(() -> administrator.delete(Slapd.name(username))))
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }
    }

    @Test
    void bindsByHisOwnNameAndReadsHimselfAlone() throws LDAPException {
        slapd.hire(username + "y");
        try (LDAPConnection connection = anonymous()) {
            connection.bind(Slapd.name(username), PASSWORD);
            var who = (WhoAmIExtendedResult) connection.processExtendedOperation(new WhoAmIExtendedRequest());
            assertThat(who.getAuthorizationID()).isEqualTo("dn:" + Slapd.name(username));
            assertThat(connection.getEntry(Slapd.name(username)).getAttributeValue("uid"))
                    .isEqualTo(username);
            assertThat(connection
                            .search(Slapd.BASE, SearchScope.SUB, "(objectClass=person)")
                            .getSearchEntries())
                    .extracting(SearchResultEntry::getDN)
                    .containsExactly(Slapd.name(username));
            assertThat(resultOf(() -> connection.search(Slapd.name(username + "y"), SearchScope.BASE, "(uid=*)")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
    }

    @Test
    void makesHimselfASecretThroughPingDirectorysApi() throws Exception {
        String path = "/directory/v1/" + Slapd.name(username);
        Answer made = post(path + "/generateTOTPSharedSecret", "{\"staticPassword\":\"" + PASSWORD + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        Confidential.note(Confidential.Kind.SECRET, made.text("/totpSharedSecret"));
        assertThat(devices().list().json().at("/_embedded/devices")).hasSize(1);
    }

    @Test
    void hasASessionAndReadsHimself() {
        Answer session = post(
                "/directory/v1/authenticate",
                "{\"credentials\":{\"authenticationType\":\"password\",\"username\":\"" + username
                        + "\",\"staticPassword\":\"" + PASSWORD + "\"}}");
        assertThat(session.status()).as(session.body()).isEqualTo(200);
        Answer me = oathbound.send(oathbound
                .request("/directory/v1/me")
                .header("Authorization", "Bearer " + session.text("/accessToken"))
                .GET());
        assertThat(me.status()).as(me.body()).isEqualTo(200);
        assertThat(me.text("/_dn")).isEqualTo(Slapd.name(username));
        assertThat(me.body()).doesNotContain("userPassword");
    }

    private static Answer post(String path, String body) {
        return oathbound.send(
                oathbound.request(path).header("Content-Type", Oathbound.JSON).POST(BodyPublishers.ofString(body)));
    }

    private interface Request {
        void send() throws LDAPException;
    }

    private static ResultCode resultOf(Request request) {
        LDAPException refused = catchThrowableOfType(LDAPException.class, request::send);
        return refused == null ? ResultCode.SUCCESS : refused.getResultCode();
    }
}
