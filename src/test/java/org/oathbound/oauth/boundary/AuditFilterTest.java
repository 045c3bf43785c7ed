package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;
import static org.oathbound.oauth.control.Fixture.SECRET;

import jakarta.annotation.security.PermitAll;
import jakarta.json.Json;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.audit.Audited;
import org.oathbound.audit.Heard;
import org.oathbound.audit.Heard.Told;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.OathSettingsDocument;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.RateLimit;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

@DisplayName("Every attempt, change and refused call over HTTP is a line")
@Tag("slow")
class AuditFilterTest {

    private static final String THINGS = "v1/environments/" + ENVIRONMENT + "/things";
    private static final UUID THING = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    private final Heard heard = new Heard();
    private Fixture fixture;
    private InMemoryApi api;
    private String admin;
    private String reader;
    private static int changes;

    /** Stands for {@link AuditContextFilter}, which the container has. */
    private Scope request;

    @AfterEach
    void endRequest() {
        request.close();
    }

    @BeforeEach
    void start(@TempDir java.nio.file.Path folder) {
        request = AuditContext.from("192.0.2.7").enter();
        changes = 0;
        fixture = new Fixture(folder);
        api = new InMemoryApi(
                AuthorizationFilter.class,
                AuditFilter.class,
                new Container(),
                Things.class,
                new TokenEndpoint(
                        fixture.environments,
                        fixture.applications,
                        fixture.accessTokens,
                        fixture.codes,
                        fixture.holders,
                        TokenRequestLimitTest.none()));
        admin = "Bearer " + fixture.accessTokens.issue(fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN));
        reader = "Bearer " + fixture.accessTokens.issue(fixture.application(UUID.randomUUID(), Role.HELP_DESK));
    }

    @Path("v1/environments/{env}/things")
    @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
    public static class Things {

        @GET
        @Requires(Permission.READ_OATH_TOKEN)
        public String read() {
            return "1";
        }

        @GET
        @Path("{id}")
        @Requires(Permission.READ_OATH_TOKEN)
        public String readOne(@PathParam("id") String id) {
            throw new Problem.NotFound("There is none.");
        }

        @GET
        @Path("secrets")
        @Requires(Permission.EXPORT_DIRECTORY)
        @Audited(Action.SECRETS_EXPORT)
        public String export() {
            return "1";
        }

        @POST
        @Requires(Permission.CREATE_OATH_TOKEN)
        @Audited(Action.OATH_TOKEN_CREATE)
        public Response create() {
            changes++;
            return Response.status(201)
                    .location(URI.create("http://localhost/things/" + THING))
                    .entity("1")
                    .build();
        }

        @PUT
        @Path("{id}")
        @PermitAll
        @Audited(Action.POLICY_UPDATE)
        public String change(@PathParam("id") String id) {
            if (id.equals("bad")) {
                throw new Problem.InvalidData(
                        new Detail(DetailCode.INVALID_VALUE, "name", "The name Maximilian is too long."));
            } else if (id.equals("later")) {
                throw new Problem.Unavailable("Not now.", Duration.ofSeconds(1));
            }
            throw new IllegalStateException("broken");
        }

        @DELETE
        @Path("of/{user}/{device}")
        @Requires(Permission.DELETE_OATH_TOKEN)
        @Audited(Action.DEVICE_UNPAIR)
        public void unpair(@PathParam("user") UUID user, @PathParam("device") UUID device) {
            changes++;
        }
    }

    /** What the container and the interface do around it. */
    @PreMatching
    private final class Container implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty(AuditContextFilter.AUDIT, heard);
            request.setProperty(AuditContextFilter.SETTINGS, new CurrentSettings(fixture.directory));
            String header = request.getHeaderString("Authorization");
            @Nullable
            Principal caller = header == null || !header.startsWith("Bearer ")
                    ? null
                    : fixture.verifierAt(NOW).verify(header.substring(7)).orElse(null);
            SecurityContext before = request.getSecurityContext();
            request.setSecurityContext(new SecurityContext() {
                @Override
                public @Nullable Principal getUserPrincipal() {
                    return caller;
                }

                @Override
                public boolean isUserInRole(String role) {
                    return false;
                }

                @Override
                public boolean isSecure() {
                    return before != null && before.isSecure();
                }

                @Override
                public String getAuthenticationScheme() {
                    return "Bearer";
                }
            });
        }
    }

    private Answer call(String method, String path, String authorization) {
        return api.call(method, path).header("Authorization", authorization).send();
    }

    private Told only() {
        assertThat(heard.told()).hasSize(1);
        return heard.last();
    }

    @Test
    void aChangeWithWhoWhereAndWhatWasMade() {
        Answer answer = call("POST", THINGS, admin);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(only().text()).isEqualTo("oathToken.create success");
        assertThat(only().event().object()).isEqualTo(THING.toString());
        assertThat(only().context().environment()).isEqualTo(ENVIRONMENT);
        assertThat(only().context().actor()).isEqualTo("application:" + CLIENT);
        assertThat(only().context().correlationId()).isEqualTo(answer.header("correlation-id"));
    }

    @Test
    void aChangeOfWhatThePathEndsAtAndWhomItIsAbout() {
        UUID user = UUID.randomUUID();
        call("DELETE", THINGS + "/of/" + user + "/" + THING, admin);
        assertThat(only().text()).isEqualTo("device.unpair success");
        assertThat(only().event().object()).isEqualTo(THING.toString());
        assertThat(only().event().person()).isEqualTo(user);
    }

    @Test
    void theCorrelationIdIsTheCallers() {
        String id = UUID.randomUUID().toString();
        api.call("POST", THINGS)
                .header("Authorization", admin)
                .header("correlation-id", id)
                .send();
        assertThat(only().context().correlationId()).isEqualTo(id);
    }

    private Answer create(String ticket) {
        return api.call("POST", THINGS)
                .header("Authorization", admin)
                .header("Oathbound-Ticket", ticket)
                .send();
    }

    @Test
    void aTicketIsTheCallers() {
        assertThat(create("INC 4711").status()).isEqualTo(201);
        assertThat(only().context().ticket()).isEqualTo("INC 4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u00fc", "01234567890123456789012345678901234567890123456789012345678901234"})
    void whatIsNoTicketIsRefused(String ticket) {
        assertThat(create(ticket).status()).isEqualTo(400);
        assertThat(changes).isZero();
        assertThat(only().text()).isEqualTo("oathToken.create failure INVALID_REQUEST INVALID_VALUE");
    }

    @Test
    void anActWithoutATicketIsRefusedWhereTheSettingsAskForOne() {
        new StoredSettings(fixture.directory, new CurrentSettings(fixture.directory), Clock.systemUTC())
                .replace(
                        fixture.environments.get(ENVIRONMENT),
                        OathSettingsDocument.read(Json.createObjectBuilder()
                                .add("ticketRequired", true)
                                .build()));
        assertThat(call("POST", THINGS, admin).body()).contains("--ticket");
        assertThat(only().text()).isEqualTo("oathToken.create failure INVALID_REQUEST REQUIRED_VALUE");
        assertThat(call("GET", THINGS, admin).status()).isEqualTo(200);
        assertThat(changes).isZero();
        assertThat(create("INC4711").status()).isEqualTo(201);
    }

    @Test
    void noReadThatIsLetThrough() {
        assertThat(call("GET", THINGS, reader).status()).isEqualTo(200);
        assertThat(call("GET", THINGS + "/" + THING, reader).status()).isEqualTo(404);
        assertThat(heard.told()).isEmpty();
    }

    @Test
    void aReadThatGivesSecretsAway() {
        call("GET", THINGS + "/secrets", admin);
        assertThat(only().text()).isEqualTo("secrets.export success");
    }

    @Nested
    @DisplayName("What is refused")
    class Refused {

        @Test
        void nobodyKnown() {
            api.get(THINGS + "/" + THING).send();
            assertThat(only().text()).isEqualTo("call.refused refused ACCESS_FAILED INVALID_TOKEN");
            assertThat(only().context().actor()).isEqualTo("anonymous");
            assertThat(only().event().object()).isEqualTo("GET /v1/environments/{env}/things/{id}");
        }

        @Test
        void nobodyWithThePermission() {
            call("POST", THINGS, reader);
            assertThat(only().text()).isEqualTo("oathToken.create refused ACCESS_FAILED INSUFFICIENT_PERMISSIONS");
            assertThat(changes).isZero();
        }

        @Test
        void ofAnotherEnvironment() {
            UUID foreign = UUID.randomUUID();
            call("GET", "v1/environments/" + foreign + "/things", admin);
            assertThat(only().text()).isEqualTo("call.refused refused ACCESS_FAILED INSUFFICIENT_PERMISSIONS");
            assertThat(only().context().environment()).isEqualTo(foreign);
            assertThat(only().context().actor()).isEqualTo("application:" + CLIENT);
        }

        @Test
        void noSuchPathOrMethodForAChange() {
            assertThat(call("DELETE", "v1/somewhere/jdoe", admin).status()).isEqualTo(404);
            assertThat(only().text()).isEqualTo("call.refused failure NOT_FOUND");
            assertThat(only().event().object()).isEqualTo("DELETE");
            assertThat(call("DELETE", THINGS, admin).status()).isEqualTo(405);
            assertThat(heard.last().text()).isEqualTo("call.refused failure INVALID_REQUEST");
        }
    }

    @Nested
    @DisplayName("Is counted by network where an anonymous caller names nobody")
    class OfNobody {

        @Test
        void withoutAnAccessTokenWhateverThePathNames() {
            api.get(THINGS + "/" + THING).send();
            api.call("DELETE", THINGS + "/of/" + UUID.randomUUID() + "/" + THING)
                    .header("Authorization", "Bearer nonsense")
                    .send();
            assertThat(heard.texts()).hasSize(2).allMatch(text -> text.endsWith("ACCESS_FAILED INVALID_TOKEN"));
            assertThat(heard.networks()).containsExactly("c0000207", "c0000207");
        }

        @Test
        void withoutAPathThatThereIs() {
            api.call("DELETE", "v1/somewhere").send();
            assertThat(heard.networks()).hasSize(1);
        }

        @Test
        void withARequestThatCantBeRead() {
            api.post(ENVIRONMENT + "/as/token", "application/x-www-form-urlencoded")
                    .send("%");
            assertThat(only().text()).isEqualTo("accessToken.issue failure invalid_request");
            assertThat(heard.networks()).hasSize(1);
        }

        @Test
        void asOftenAsALimitRefusesIt() {
            RateLimit one = new RateLimit(1, Duration.ofDays(1));
            InMemoryApi limited = new InMemoryApi(
                    AuditFilter.class,
                    new Container(),
                    new TokenEndpoint(
                            fixture.environments,
                            fixture.applications,
                            fixture.accessTokens,
                            fixture.codes,
                            fixture.holders,
                            new TokenRequestLimit(() -> "192.0.2.7", one)));
            for (int i = 0; i < 3; i++) {
                limited.post(ENVIRONMENT + "/as/token", "application/x-www-form-urlencoded")
                        .send("grant_type=client_credentials&client_secret=guess&client_id=" + CLIENT);
            }
            assertThat(heard.texts())
                    .containsExactly(
                            "accessToken.issue refused invalid_client",
                            "accessToken.issue refused slow_down",
                            "accessToken.issue refused slow_down");
            assertThat(heard.networks())
                    .as("but for the attempt at the application")
                    .hasSize(2);
        }

        @Test
        void butNotOfACallerWhoIsKnown() {
            call("POST", THINGS, reader);
            assertThat(heard.networks()).isEmpty();
        }
    }

    @Nested
    @DisplayName("What failed, with the reason as a code and nothing of what was sent")
    class Failed {

        @Test
        void byWhatWasSent() {
            call("PUT", THINGS + "/bad", admin);
            assertThat(only().text()).isEqualTo("policy.update failure INVALID_DATA INVALID_VALUE");
            assertThat(only().event().object()).isNull();
        }

        @Test
        void byUs() {
            call("PUT", THINGS + "/later", admin);
            assertThat(heard.last().text()).isEqualTo("policy.update failure UNEXPECTED_ERROR");
            call("PUT", THINGS + "/broken", admin);
            assertThat(heard.last().text()).isEqualTo("policy.update failure UNEXPECTED_ERROR");
        }
    }

    @Nested
    @DisplayName("The token endpoint")
    class AtTheTokenEndpoint {

        private Answer ask(String secret) {
            return api.post(ENVIRONMENT + "/as/token", "application/x-www-form-urlencoded")
                    .send("grant_type=client_credentials&client_id=" + CLIENT + "&client_secret=" + secret);
        }

        @Test
        void namesWhoGotAnAccessToken() {
            Answer answer = ask(java.net.URLEncoder.encode(SECRET, java.nio.charset.StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(only().text()).isEqualTo("accessToken.issue success");
            assertThat(only().event().object()).isEqualTo(CLIENT.toString());
            assertThat(only().context().actor()).isEqualTo("application:" + CLIENT);
            assertThat(only().toString()).doesNotContain(answer.json().getString("access_token"));
        }

        @Test
        void namesWhoseSecretWasWrong() {
            assertThat(ask("hunter2hunter2").status()).isEqualTo(401);
            assertThat(only().text()).isEqualTo("accessToken.issue refused invalid_client");
            assertThat(only().event().object()).isEqualTo(CLIENT.toString());
            assertThat(only().context().actor()).isEqualTo("anonymous");
            assertThat(only().toString()).doesNotContain("hunter2");
        }
    }

    @Nested
    @DisplayName("Each request of whoever broke the glass, with the reason that was given")
    class BrokenGlass {

        private final BreakGlassPass pass = new BreakGlassPass(UUID.randomUUID(), "All applications are lost {0} %s");

        private String token() {
            return "Bearer " + fixture.accessTokens.issue(ENVIRONMENT, pass);
        }

        @Test
        void aChange() {
            call("POST", THINGS, token());
            assertThat(only().text()).isEqualTo("oathToken.create success");
            assertThat(only().context().actor()).isEqualTo("breakGlass:" + pass.id());
            assertThat(only().event().breakGlass()).isEqualTo(pass.reason());
        }

        @Test
        void aRead() {
            call("GET", THINGS, token());
            assertThat(only().text()).isEqualTo("breakGlass.read success");
            assertThat(only().event().object()).isEqualTo("GET /v1/environments/{env}/things");
            assertThat(only().event().breakGlass()).isEqualTo(pass.reason());
        }
    }

    @Nested
    @DisplayName("Where no line can be written")
    class NoLine {

        @Test
        void nothingIsBegun() {
            heard.fail();
            Answer answer = call("POST", THINGS, admin);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(changes).isZero();
        }

        @Test
        void theAnswerIsNoSuccessAndSaysNothingOfWhatWasDone() {
            Heard failingLater = heard;
            InMemoryApi later = new InMemoryApi(
                    AuthorizationFilter.class, AuditFilter.class, new Container(), FailingOnTheWay.class);
            FailingOnTheWay.heard = failingLater;
            Answer answer = later.post("failing", "application/json").send();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().getString("code")).isEqualTo("UNEXPECTED_ERROR");
            assertThat(answer.body()).doesNotContain("the secret");
        }

        @Test
        void aReadIsAnsweredStill() {
            heard.fail();
            assertThat(call("GET", THINGS, reader).status()).isEqualTo(200);
        }

        @Test
        void aRefusalIsNone() {
            heard.fail();
            assertThat(api.get(THINGS).send().status()).isEqualTo(503);
        }
    }

    @Path("failing")
    @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
    public static class FailingOnTheWay {

        static @Nullable Heard heard;

        @POST
        @PermitAll
        @Audited(Action.OATH_TOKEN_CREATE)
        public Response create() {
            if (heard != null) {
                heard.fail();
            }
            return Response.status(201)
                    .location(URI.create("http://localhost/things/" + THING))
                    .entity("{\"secret\": \"the secret\"}")
                    .build();
        }
    }

    @Test
    void theOutcomesAreThoseThatAreDocumented() {
        assertThat(Outcome.values())
                .extracting(Outcome::toString)
                .containsExactly("success", "failure", "refused", "accepted", "needs-next", "rejected", "locked");
    }
}
