package org.oathbound.access.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.access.control.Fixture.CLIENT;
import static org.oathbound.access.control.Fixture.ENVIRONMENT;
import static org.oathbound.access.control.Fixture.NOW;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.access.control.Fixture;
import org.oathbound.access.entity.BreakGlassPass;
import org.oathbound.access.entity.Role;

@DisplayName("Each request of whoever broke the glass is a line of the log")
class BearerAuthenticationTest {

    private static final Logger LOG = Logger.getLogger("org.oathbound.access");

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Fixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
        LOG.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(handler);
    }

    private void request(String path, String accessToken) {
        Map<String, String> answers =
                Map.of("getMethod", "DELETE", "getRequestURI", path, "getHeader", "Bearer " + accessToken);
        new BearerAuthentication(fixture.verifierAt(NOW))
                .validateRequest(
                        proxy(HttpServletRequest.class, answers),
                        proxy(HttpServletResponse.class, Map.of()),
                        proxy(
                                HttpMessageContext.class,
                                Map.of("notifyContainerAboutLogin", AuthenticationStatus.SUCCESS)));
    }

    private static <T> T proxy(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer(answers, method.getName())));
    }

    private static @Nullable Object answer(Map<String, ?> answers, String method) {
        return answers.get(method);
    }

    @Test
    void withWhatWasDoneAndWhyAndNotWithTheToken() {
        BreakGlassPass pass = new BreakGlassPass(UUID.randomUUID(), "All applications are lost {0} %s");
        String token = fixture.accessTokens.issue(ENVIRONMENT, pass);

        request("/v1/environments/" + ENVIRONMENT + "/oathTokens/1", token);
        request("/v1/x\r\nWARNING: y\u2028z", token);

        assertThat(logged).extracting(LogRecord::getLevel).containsExactly(Level.WARNING, Level.WARNING);
        assertThat(logged)
                .extracting(LogRecord::getMessage)
                .containsExactly(
                        "The glass is broken: DELETE /v1/environments/" + ENVIRONMENT
                                + "/oathTokens/1 by the access token " + pass.id()
                                + "; the reason that was given: All applications are lost {0} %s",
                        "The glass is broken: DELETE /v1/x__WARNING:_y_z by the access token " + pass.id()
                                + "; the reason that was given: All applications are lost {0} %s");
        assertThat(logged).extracting(LogRecord::getParameters).containsOnlyNulls();
    }

    @Test
    void butNoneOfAnApplication() {
        request("/v1/x", fixture.accessTokens.issue(fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN)));

        assertThat(logged).isEmpty();
    }
}
