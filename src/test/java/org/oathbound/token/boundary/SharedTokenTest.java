package org.oathbound.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.Links;
import org.oathbound.http.LinksFixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.otp.Secrets;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;

@DisplayName("What is done to a token needs the right over everybody who has it")
@Tag("slow")
class SharedTokenTest {

    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";

    /** Of the secret of RFC 4226's appendix D, at the counters 0 and 1. */
    private static final String RIGHT = otps(0, 1);

    private static final String WRONG = otps(0, 0);

    @TempDir
    static Path keys;

    private static Seals seals;

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:10Z"));
    private final RoleHolders roles = new RoleHolders(directory);
    private Environment environment;
    private DevicesFixture parts;
    private TokenId id;
    private UUID jane;
    private UUID admin;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(keys));
    }

    private static String otps(long counter, long next) {
        return "{\"otps\":[\"%s\",\"%s\"]}"
                .formatted(
                        Secrets.code("AB1", counter).text(),
                        Secrets.code("AB1", next).text());
    }

    @BeforeEach
    void start() {
        environment = environments.createDefault(UUID.randomUUID(), "check");
        parts = new DevicesFixture(directory, seals, clock);
        jane = parts.person(environment, "jane").id();
        admin = parts.person(environment, "admin").id();
        roles.set(environment, admin, Set.of(Role.IDENTITY_DATA_ADMIN));
        id = TokenId.of(environment.id(), new SerialNumber("AB1"));
        parts.fob(environment, "AB1");
        pair(jane);
    }

    private void pair(UUID person) {
        parts.pairings.begin(environment, id, new Pairing(person, UUID.randomUUID(), clock.instant()));
    }

    private InMemoryApi api(Role role) {
        Links links = LinksFixture.links();
        Resynchronisation resynchronisation = new Resynchronisation(environments, parts.verifier, roles, links, clock);
        return new InMemoryApi(
                new SignedIn(environment, role),
                new TokensResource(
                        environments,
                        parts.tokens,
                        parts.lostTokens,
                        parts.pairings,
                        resynchronisation,
                        parts.settings,
                        roles,
                        links),
                new UserTokenResource(resynchronisation));
    }

    private Answer send(Role role, String method, String parent, String body) {
        return api(role)
                .call(method, "v1/environments/" + environment.id() + parent + "/oathTokens/" + id)
                .header("Content-Type", RESYNC)
                .send(body);
    }

    private Token token() {
        return parts.tokens.find(environment, id).orElseThrow();
    }

    private void isForbidden(Role role, String method, String parent, String body) {
        Token before = token();
        Answer answer = send(role, method, parent, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().getString("code")).isEqualTo("ACCESS_FAILED");
        assertThat(token()).isEqualTo(before);
    }

    @Test
    void whenItIsResynchronised() {
        pair(admin);
        for (Role role : new Role[] {Role.HELP_DESK, Role.TOKEN_MANAGER}) {
            isForbidden(role, "POST", "", RIGHT);
            isForbidden(role, "POST", "", WRONG);
        }
        assertThat(send(Role.IDENTITY_DATA_ADMIN, "POST", "", RIGHT).status()).isEqualTo(200);
    }

    @Test
    void whenItIsResynchronisedForOneOfThem() {
        pair(admin);
        isForbidden(Role.HELP_DESK, "POST", "/users/" + jane, RIGHT);
        isForbidden(Role.HELP_DESK, "POST", "/users/" + jane, WRONG);
        assertThat(send(Role.IDENTITY_DATA_ADMIN, "POST", "/users/" + jane, RIGHT)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void butForAUserWhoHasItNotItIsNotFound() {
        pair(admin);
        assertThat(send(Role.HELP_DESK, "POST", "/users/" + UUID.randomUUID(), RIGHT)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whenItIsRevoked() {
        pair(admin);
        isForbidden(Role.TOKEN_MANAGER, "DELETE", "", "");
        assertThat(send(Role.ENVIRONMENT_ADMIN, "DELETE", "", "").status()).isEqualTo(204);
        assertThat(send(Role.TOKEN_MANAGER, "DELETE", "", "").status()).isEqualTo(404);
    }

    @Test
    void andWhatOnlySomebodyOrdinaryHasIsHelpedWith() {
        assertThat(send(Role.HELP_DESK, "POST", "", RIGHT).status()).isEqualTo(200);
        assertThat(send(Role.TOKEN_MANAGER, "DELETE", "", "").status()).isEqualTo(204);
    }
}
