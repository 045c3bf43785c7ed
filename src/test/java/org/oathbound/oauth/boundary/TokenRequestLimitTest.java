package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.oauth.control.Fixture.CLIENT;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.entity.Role;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.RateLimit;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.password.GuessLimit;
import org.oathbound.problem.Problem;

class TokenRequestLimitTest {

    private static final int REQUESTS = 20;

    private final AtomicLong nanoTime = new AtomicLong();
    private String address = "192.0.2.1";
    private final TokenRequestLimit limit =
            new TokenRequestLimit(() -> address, new RateLimit(REQUESTS, Duration.ofSeconds(5), nanoTime::get));

    static TokenRequestLimit none() {
        return new TokenRequestLimit(() -> "192.0.2.1", new RateLimit(0, Duration.ofSeconds(1)));
    }

    @Test
    void anAddressAsksOnlySoOften() {
        for (int i = 0; i < REQUESTS; i++) {
            limit.take();
        }
        assertThatThrownBy(limit::take).isInstanceOf(Problem.Limited.class);
        address = "192.0.2.2";
        limit.take();
        address = "192.0.2.1";
        nanoTime.addAndGet(Duration.ofMillis(250).toNanos());
        limit.take();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {AddressLimit.class, ApplicationLimitFilter.class, TokenRequestLimit.class, GuessLimit.class})
    void limitsAreOnByDefault(Class<?> limited) {
        assertThat(Arrays.stream(limited.getConstructors())
                        .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                        .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                        .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
                        .filter(Objects::nonNull))
                .isNotEmpty()
                .allMatch(property -> property.name().startsWith("oathbound.limits."))
                .allMatch(property -> Integer.parseInt(property.defaultValue()) > 0);
    }

    @Test
    void theEndpointAnswersAsOAuthDoesAndSaysWhenToComeAgain(@TempDir Path folder) {
        Fixture fixture = new Fixture(folder);
        fixture.application(CLIENT, Role.AUTHENTICATOR);
        InMemoryApi api = new InMemoryApi(
                AuthorizationFilter.class,
                new TokenEndpoint(
                        fixture.environments,
                        fixture.applications,
                        fixture.accessTokens,
                        fixture.codes,
                        fixture.holders,
                        limit));
        for (int i = 0; i < REQUESTS; i++) {
            limit.take();
        }

        Answer answer = api.post(TokenEndpointTest.PATH, TokenEndpointTest.FORM).send(TokenEndpointTest.IN_FORM);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().getString("error")).isEqualTo("slow_down");
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(api.post(TokenEndpointTest.PATH, TokenEndpointTest.FORM)
                        .send(TokenEndpointTest.IN_FORM)
                        .status())
                .isEqualTo(200);
    }
}
