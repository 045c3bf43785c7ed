package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People over HTTP, and what LDAP sees of them and does with them. */
class UsersIT extends Deployed {

    private static final String USERS = "/users";
    private static final String SET = "application/vnd.pingidentity.password.set+json";
    private static final String PASSWORD = "correct horse battery staple";

    private Answer send(String method, String tail, String mediaType, String body) {
        return oathbound.send(oathbound
                .authorized(oathbound.path(tail))
                .header("Content-Type", mediaType)
                .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private Answer post(String body) {
        return send("POST", USERS, Oathbound.JSON, body);
    }

    /** The path of a new user. */
    private String created(String body) {
        Answer answer = post(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return USERS + "/" + answer.text("/id");
    }

    private static String name() {
        return "u" + UUID.randomUUID();
    }

    private List<String> found(String filter) {
        List<String> found = new ArrayList<>();
        Answer answer = oathbound.get(USERS + "?limit=200&filter=" + Oathbound.encoded(filter));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        answer.json()
                .at("/_embedded/users")
                .forEach(user -> found.add(user.get("username").asText()));
        return found;
    }

    @Test
    void areCreatedReadChangedAndDeleted() {
        String name = name();
        Answer created =
                post("{'username':'" + name + "','email':'a@example.com','name':{'given':'Jane','family':'Doe'},"
                        + "'population':{'id':'"
                        + oathbound.get("/populations").text("/_embedded/populations/0/id")
                        + "'},'password':{'value':'" + PASSWORD + "'}}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(created.text("/_links/self/href"));
        assertThat(oathbound.follow(created.header("Location")).json()).isEqualTo(created.json());
        String user = USERS + "/" + created.text("/id");

        Answer patched =
                send("PATCH", user, "application/json; charset=utf-8", "{'email':null,'name':{'given':'Janet'}}");
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(patched.json().has("email")).isFalse();
        assertThat(patched.text("/name/given") + patched.text("/name/family")).isEqualTo("JanetDoe");

        Answer replaced = send("PUT", user, Oathbound.JSON, "{'username':'" + name + ".2','email':'b@example.com'}");
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(replaced.json().has("name")).isFalse();
        assertThat(oathbound.get(user).json()).isEqualTo(replaced.json());
        assertThat(found("username eq \"" + name.toUpperCase(Locale.ROOT) + ".2\" and email eq \"B@example.com\""))
                .containsExactly(name + ".2");
        assertThat(found("username eq \"" + name + "\"")).isEmpty();

        assertThat(send("PUT", user + "/password", SET, "{'value':'" + PASSWORD + " again'}")
                        .text("/status"))
                .isEqualTo("OK");
        assertThat(oathbound.delete(user).status()).isEqualTo(204);
        assertThat(oathbound.get(user).status()).isEqualTo(404);
        assertThat(oathbound.delete(user).status()).isEqualTo(404);
        assertThat(found("id eq \"" + created.text("/id") + "\"")).isEmpty();
        assertNothingSecretWasLogged();
        assertThat(log()).doesNotContain(PASSWORD);
    }

    @Test
    void haveOneUserNameOnlyOnceHoweverItIsWritten() throws Exception {
        String name = name() + " d\u00f6e";
        CyclicBarrier start = new CyclicBarrier(8);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                String variant =
                        client % 2 == 0 ? name : name.toUpperCase(Locale.ROOT).replace(" ", "  ");
                answers.add(clients.submit(() -> {
                    start.await();
                    return post("{'username':'" + variant + "'}");
                }));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                statuses.add(answer.get().status());
                if (answer.get().status() != 201) {
                    assertThat(answer.get().text("/details/0/code")).isEqualTo("UNIQUENESS_VIOLATION");
                    assertThat(answer.get().text("/details/0/target")).isEqualTo("username");
                }
            }
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 400);
            assertThat(found("username sw \"" + name + "\"")).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void signOnAsTheirOwnCallsSay() {
        String user = created("{'username':'" + name() + "'}");
        assertThat(oathbound.get(user + "/mfaEnabled").text("/mfaEnabled")).isEqualTo("true");
        assertThat(send("PUT", user + "/mfaEnabled", Oathbound.JSON, "{'mfaEnabled':false}")
                        .text("/mfaEnabled"))
                .isEqualTo("false");
        assertThat(send("PUT", user + "/codeRequired", Oathbound.JSON, "{'codeRequired':true}")
                        .text("/codeRequired"))
                .isEqualTo("true");
        JsonNode seen = oathbound.get(user).json();
        assertThat(seen.get("mfaEnabled").asBoolean()).isFalse();
        assertThat(seen.get("codeRequired").asBoolean()).isTrue();

        String until = Instant.now()
                .plus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        String bypass = "{'bypassMFAEnabledUntil':'" + until + "'}";
        Answer refused = send("PUT", user + "/bypassMFA", Oathbound.JSON, bypass);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/code")).isEqualTo("REQUEST_FAILED");
        assertThat(send("PUT", "/oathSettings", Oathbound.JSON, "{'bypassMfa':true}")
                        .status())
                .isEqualTo(200);
        assertThat(Instant.parse(
                        send("PUT", user + "/bypassMFA", Oathbound.JSON, bypass).text("/bypassMFAEnabledUntil")))
                .isEqualTo(until);
        assertThat(oathbound.get(user + "/bypassMFA").text("/bypassMFAEnabled")).isEqualTo("true");
        send("PUT", user + "/bypassMFA", Oathbound.JSON, "{'bypassMFAEnabledUntil':null}");
        assertThat(oathbound.get(user + "/bypassMFA").json().has("bypassMFAEnabledUntil"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'username':'*','email':'nobody'}",
                "{'username':'a\\u0000b'}",
                "{'username':'x','enabled':'no'}",
                "{'username':'x','password':{'value':'short'}}",
                "[]",
                "{"
            })
    void areNotCreatedWithAFault(String body) {
        assertThat(post(body).status()).isEqualTo(400);
    }

    @Test
    void areListedPageByPage() {
        String prefix = name();
        for (int i = 0; i < 7; i++) {
            created("{'username':'" + prefix + (char) ('g' - i) + "'}");
        }
        List<String> seen = new ArrayList<>();
        Answer page = oathbound.get(USERS + "?limit=3&filter=" + Oathbound.encoded("username sw \"" + prefix + "\""));
        while (true) {
            page.json()
                    .at("/_embedded/users")
                    .forEach(user -> seen.add(user.get("username").asText()));
            if (page.text("/_links/next/href").isEmpty()) {
                break;
            }
            page = oathbound.follow(page.text("/_links/next/href"));
        }
        assertThat(seen).hasSize(7).isSorted();
    }

    @Test
    void areEntriesThatLdapReadsAndRenames() throws Exception {
        String name = name();
        String user =
                created("{'username':'" + name + "','email':'a@example.com','password':{'value':'" + PASSWORD + "'}}");
        try (LDAPConnection ldap = oathbound.ldap()) {
            SearchResultEntry entry = ldap.getEntry(People.dn(name));
            assertThat(entry.getAttributeValue("mail")).isEqualTo("a@example.com");
            assertThat(entry.hasAttribute("userPassword")).isFalse();

            ldap.modify("dn: " + People.dn(name), "changetype: modify", "replace: mail", "mail: ldap@example.com");
            ldap.modifyDN(People.dn(name), "uid=" + name + ".renamed", true);
            assertThat(oathbound.get(user).text("/username")).isEqualTo(name + ".renamed");
            assertThat(oathbound.get(user).text("/email")).isEqualTo("ldap@example.com");
            assertThat(found("username eq \"" + name + ".renamed\"")).hasSize(1);

            String enrolment =
                    "oathboundId=" + user.substring(USERS.length() + 1) + ",ou=Enrolments," + Oathbound.SUFFIX;
            assertThat(ldap.getEntry(enrolment)).isNotNull();
            ldap.delete(People.dn(name + ".renamed"));
            assertThat(oathbound.get(user).status()).isEqualTo(404);
            assertThat(ldap.getEntry(enrolment)).isNull();
        }
    }

    @Test
    void areNotThoseWhomLdapHasAdded() throws Exception {
        String name = name();
        try (LDAPConnection ldap = oathbound.ldap()) {
            ldap.add("dn: " + People.dn(name), "objectClass: inetOrgPerson", "uid: " + name, "cn: x", "sn: x");
            assertThat(found("username sw \"" + name + "\"")).isEmpty();
            assertThat(post("{'username':'" + name + "'}").text("/details/0/code"))
                    .isEqualTo("UNIQUENESS_VIOLATION");
        }
    }

    @Test
    void areNotMadeByLdap() throws Exception {
        try (LDAPConnection ldap = oathbound.ldap()) {
            String dn = People.dn(name());
            assertThatExceptionOfType(LDAPException.class)
                    .isThrownBy(() -> ldap.add(
                            "dn: " + dn,
                            "objectClass: inetOrgPerson",
                            "objectClass: oathboundPerson",
                            "cn: x",
                            "sn: x",
                            "oathboundRevision: 0",
                            "oathboundId: " + UUID.randomUUID()))
                    .extracting(LDAPException::getResultCode)
                    .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }
    }
}
