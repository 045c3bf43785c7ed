package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments are each other's strangers. */
class EnvironmentsIT extends Deployed {

    private Oathbound other;

    @BeforeEach
    void createsAnother() {
        other = oathbound.asNewEnvironment(Seeds.serialNumber("Branch "));
    }

    private Answer list() {
        return oathbound.send(oathbound.authorized("/v1/environments"));
    }

    private Answer delete(String environment) {
        return oathbound.send(
                oathbound.authorized("/v1/environments/" + environment).DELETE());
    }

    private void assertNotDeleted(String environment) {
        Answer refused = delete(environment);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.text("/code")).isEqualTo("REQUEST_FAILED");
        assertThat(refused.text("/details/0/code")).isEqualTo("CONSTRAINT_VIOLATION");
        assertThat(oathbound
                        .send(oathbound.authorized("/v1/environments/" + environment))
                        .status())
                .isEqualTo(200);
    }

    private static List<String> ids(Answer answer) {
        List<String> ids = new ArrayList<>();
        answer.json()
                .at("/_embedded/environments")
                .forEach(environment -> ids.add(environment.get("id").asText()));
        return ids;
    }

    @Test
    void oneIsMadeWithItsFirstApplicationAndEndsWithIt() {
        assertThat(ids(list())).startsWith(oathbound.environment()).contains(other.environment());
        assertThat(list().body() + oathbound.get("").body() + other.get("").body() + log())
                .doesNotContain(other.clientSecret());
        Answer first = other.get("/applications/" + other.clientId());
        assertThat(first.json().get("roles").toString())
                .isEqualTo("[\"Environment Admin\",\"Identity Data Admin\",\"Authenticator\"]");

        assertThat(delete(other.environment()).status()).isEqualTo(204);

        assertThat(ids(list())).doesNotContain(other.environment());
        assertThat(other.get("").status()).isEqualTo(401);
        assertThat(other.authenticate(other.clientId(), other.clientSecret()).status())
                .isIn(401, 404);
        assertThat(delete(other.environment()).status()).isEqualTo(404);
    }

    @Test
    void oneIsDeletedOnlyWhenItIsEmptyAndTheDefaultOneNever() {
        assertNotDeleted(oathbound.environment());
        OwnDevices somebody = OwnDevices.ofNewUser(other, "somebody");
        assertNotDeleted(other.environment());
        assertThat(other.delete("/users/" + somebody.user()).status()).isEqualTo(204);
        Answer token = other.create(Seeds.hotp("E1"));
        assertThat(token.status()).as(token.body()).isEqualTo(201);
        assertNotDeleted(other.environment());
        assertThat(other.delete("/oathTokens/" + token.text("/id")).status()).isEqualTo(204);
        assertThat(delete(other.environment()).status()).isEqualTo(204);
    }

    @Test
    void theNameIsOneLine() {
        for (String name : List.of("", " ", "a\\nb", "x".repeat(257))) {
            Answer refused = oathbound.send(oathbound
                    .authorized("/v1/environments")
                    .header("Content-Type", Oathbound.JSON)
                    .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.text("/details/0/target")).isEqualTo("name");
        }
    }

    @Test
    void nothingOfOneIsThereInAnother() {
        String serialNumber = Seeds.serialNumber("WALL");
        OwnDevices jane = OwnDevices.ofNewUser(oathbound, serialNumber);
        Answer token = oathbound.create(Seeds.hotp(serialNumber));
        String device = jane.paired(serialNumber, "ACTIVE");
        String job = oathbound
                .post("/oathJobs", Oathbound.REVOKE, Seeds.revokeJob(List.of(token.text("/id"))))
                .text("/id");
        String flow = oathbound
                .signOn(jane.user(), device, Seeds.code(serialNumber, 0))
                .text("/id");

        for (String tail : List.of(
                "/users/" + jane.user(),
                "/users/" + jane.user() + "/devices",
                "/users/" + jane.user() + "/devices/" + device,
                "/users/" + jane.user() + "/roles",
                "/oathTokens/" + token.text("/id"),
                "/oathJobs/" + job,
                "/oathJobs/" + job + "/report",
                "/jobs/" + job,
                "/applications/" + oathbound.clientId())) {
            assertThat(oathbound.get(tail).status()).as(tail).isEqualTo(200);
            assertThat(other.get(tail).status()).as(tail).isEqualTo(404);
        }
        assertThat(other.delete("/oathTokens/" + token.text("/id")).status()).isEqualTo(404);
        assertThat(other.delete("/users/" + jane.user()).status()).isEqualTo(404);
        assertThat(other.signOn(jane.user(), device, Seeds.code(serialNumber, 1))
                        .status())
                .isIn(400, 404);
        assertThat(other.send(other.authorized("/" + other.environment() + "/deviceAuthentications/" + flow))
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/users").text("/size")).isEqualTo("0");
        assertThat(other.get("/oathTokens").text("/size")).isEqualTo("0");
        assertThat(other.get("/devices").text("/size")).isEqualTo("0");
        assertThat(other.get("/oathJobs").text("/size")).isEqualTo("0");
        assertThat(oathbound.get("/oathTokens/" + token.text("/id")).status()).isEqualTo(200);
        assertThat(oathbound
                        .authenticate(other.clientId(), other.clientSecret())
                        .status())
                .as("the other's application at our token endpoint")
                .isEqualTo(401);
    }

    @Test
    void theSameNameAndSerialNumberAreTwoThingsInTwo() {
        String name = Seeds.serialNumber("TWICE");
        String here = OwnDevices.ofNewUser(oathbound, name).user();
        String there = OwnDevices.ofNewUser(other, name).user();
        Answer token = oathbound.create(Seeds.hotp(name));
        Answer twin = other.create(Seeds.hotp(name));
        assertThat(twin.status()).as(twin.body()).isEqualTo(201);
        assertThat(twin.text("/id")).isNotEqualTo(token.text("/id"));
        assertThat(here).isNotEqualTo(there);
    }

    @Test
    void ldapReachesIntoOneOnlyFromInside() throws Exception {
        String name = Seeds.serialNumber("inside");
        OwnDevices.ofNewUser(other, name);
        String base = "oathboundId=" + other.environment() + ",ou=Environments," + Oathbound.SUFFIX;
        try (LDAPConnection ldap = oathbound.ldap()) {
            assertThat(count(ldap, Oathbound.SUFFIX, name)).isZero();
            assertThat(count(ldap, "ou=People," + Oathbound.SUFFIX, name)).isZero();
            assertThat(count(ldap, base, name)).isEqualTo(1);
            assertThat(count(ldap, "ou=Environments," + Oathbound.SUFFIX, name)).isEqualTo(1);
        }
    }

    private static int count(LDAPConnection ldap, String base, String uid) {
        try {
            return ldap.search(base, SearchScope.SUB, "(uid=" + uid + ")").getEntryCount();
        } catch (LDAPException e) {
            throw new AssertionError(base, e);
        }
    }
}
