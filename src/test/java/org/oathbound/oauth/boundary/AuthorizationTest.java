package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;

import jakarta.annotation.security.PermitAll;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.RateLimit;
import org.oathbound.oauth.control.Fixture;

@DisplayName(
        "Every resource method says which permission it requires, and a caller has access to his own environment only")
class AuthorizationTest {

    static final String THINGS = "v1/environments/" + ENVIRONMENT + "/things";

    static Fixture fixture;
    static InMemoryApi api;
    static String admin;
    static String reader;
    static String authenticator;

    @BeforeAll
    static void start(@TempDir java.nio.file.Path folder) {
        fixture = new Fixture(folder);
        api = new InMemoryApi(AuthorizationFilter.class, new Container(), Things.class);
        admin = fixture.accessTokens.issue(fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN));
        reader = fixture.accessTokens.issue(fixture.application(UUID.randomUUID(), Role.HELP_DESK));
        authenticator = fixture.accessTokens.issue(fixture.application(UUID.randomUUID(), Role.AUTHENTICATOR));
    }

    @Test
    void eachCallerHasALimitOfHisOwn() {
        InMemoryApi limited = new InMemoryApi(
                AuthorizationFilter.class,
                new ApplicationLimitFilter(new RateLimit(3, Duration.ofDays(1))),
                new Container(),
                Things.class);
        for (int i = 0; i < 3; i++) {
            assertThat(limited.get(THINGS)
                            .header("Authorization", "Bearer " + admin)
                            .send()
                            .status())
                    .isEqualTo(200);
        }
        Answer refused =
                limited.get(THINGS).header("Authorization", "Bearer " + admin).send();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().getString("code")).isEqualTo("REQUEST_LIMITED");
        assertThat(refused.header("Retry-After")).isEqualTo("28800");
        assertThat(limited.get(THINGS)
                        .header("Authorization", "Bearer " + reader)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Path("v1/environments/{env}/things")
    @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
    public static class Things {

        @GET
        @Requires(Permission.READ_OATH_TOKEN)
        public String read(@PathParam("env") UUID environment) {
            return "\"" + environment + "\"";
        }

        @POST
        @Requires(Permission.CREATE_OATH_TOKEN)
        public String create(InputStream body) throws java.io.IOException {
            return String.valueOf(body.readAllBytes().length);
        }

        @GET
        @Path("several")
        @Requires({Permission.READ_OATH_TOKEN, Permission.READ_DEVICE})
        public String readSeveral() {
            return "1";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "1";
        }

        @GET
        @Path("forgotten")
        public String forgotten() {
            return "1";
        }
    }

    /** What the container does around the authentication mechanism. */
    @PreMatching
    static final class Container implements ContainerRequestFilter {

        private @Nullable Principal caller;

        @Override
        public void filter(ContainerRequestContext request) {
            caller = null;
            HttpServletRequest servletRequest = proxy(HttpServletRequest.class, arguments -> {
                if (arguments.length == 1) {
                    return request.getHeaderString((String) arguments[0]);
                }
                request.setProperty((String) arguments[0], arguments[1]);
                return null;
            });
            HttpMessageContext messages = proxy(HttpMessageContext.class, arguments -> {
                caller = arguments.length == 0 ? null : (Principal) arguments[0];
                return AuthenticationStatus.SUCCESS;
            });
            new BearerAuthentication(fixture.verifierAt(NOW))
                    .validateRequest(servletRequest, proxy(HttpServletResponse.class, arguments -> null), messages);
            Principal found = caller;
            request.setSecurityContext(proxy(SecurityContext.class, arguments -> found));
        }

        private interface Body {
            @Nullable
            Object answer(Object[] arguments);
        }

        private static <T> T proxy(Class<T> type, Body body) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> body.answer(arguments == null ? new Object[0] : arguments)));
        }
    }

    static Answer get(String path, String token) {
        return api.get(path).header("Authorization", "Bearer " + token).send();
    }

    static void assertRefused(Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo("ACCESS_FAILED");
        assertThat(answer.json().getJsonArray("details").getJsonObject(0).getString("code"))
                .isEqualTo(detail);
    }

    @Test
    void whoIsPermittedGetsThrough() {
        assertThat(get(THINGS, admin).status()).isEqualTo(200);
        assertThat(get(THINGS, reader).status()).isEqualTo(200);
        assertThat(api.get(THINGS)
                        .header("Authorization", "bearer  " + admin)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutATokenNobodyDoes() {
        Answer answer = api.get(THINGS).send();

        assertRefused(answer, 401, "INVALID_TOKEN");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"oathbound\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "a b", "é"})
    void withABadTokenNobodyDoes(String token) {
        Answer answer = get(THINGS, token);

        assertRefused(answer, 401, "INVALID_TOKEN");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void aTokenWithABitTooManyIsBad() {
        assertRefused(get(THINGS, admin + ".x"), 401, "INVALID_TOKEN");
        assertRefused(get(THINGS, admin + " x"), 401, "INVALID_TOKEN");
    }

    @Test
    void anotherEnvironmentIsForbidden() {
        assertRefused(get("v1/environments/" + UUID.randomUUID() + "/things", admin), 403, "INSUFFICIENT_PERMISSIONS");
    }

    @Test
    void theEnvironmentMayBeSpelledInUpperCase() {
        String upper = "v1/environments/" + ENVIRONMENT.toString().toUpperCase(java.util.Locale.ROOT) + "/things";

        assertThat(get(upper, admin).status()).isEqualTo(200);
    }

    @Test
    void aRoleThatDoesNotPermitItIsNotEnough() {
        assertRefused(get(THINGS, authenticator), 403, "INSUFFICIENT_PERMISSIONS");
    }

    @Test
    void whoeverIsPermittedPartOfItIsNotEnough() {
        assertThat(get(THINGS + "/several", reader).status()).isEqualTo(200);
        assertRefused(get(THINGS + "/several", admin), 403, "INSUFFICIENT_PERMISSIONS");
    }

    @Test
    void itIsDecidedBeforeTheBodyIsRead() {
        InputStream unreadable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                throw new AssertionError("read");
            }
        };

        assertRefused(
                api.post(THINGS, "application/json")
                        .header("Authorization", "Bearer " + reader)
                        .send(unreadable),
                403,
                "INSUFFICIENT_PERMISSIONS");
        assertRefused(api.post(THINGS, "application/json").send(unreadable), 401, "INVALID_TOKEN");
        assertRefused(
                api.post(THINGS, "application/json")
                        .header("Content-Length", "99999999")
                        .send(unreadable),
                401,
                "INVALID_TOKEN");
    }

    @Test
    void whatIsOpenIsOpenToAll() {
        assertThat(api.get(THINGS + "/open").send().status()).isEqualTo(200);
        assertThat(get(THINGS + "/open", "x").status()).isEqualTo(200);
    }

    @Test
    void aMethodThatSaysNothingIsClosedToAll() {
        assertRefused(get(THINGS + "/forgotten", admin), 403, "INSUFFICIENT_PERMISSIONS");
    }
}
