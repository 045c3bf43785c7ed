package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.RateLimit;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.problem.Problem;

class TokenLimitsTest {

    static final String HERE = "192.0.2.1";
    static final String ELSEWHERE = "198.51.100.1";
    static final int WRONG = 6;
    static final int REQUESTS = 20;

    static final Application APPLICATION = new Application(
            CLIENT, ENVIRONMENT, Registration.worker("Test", Set.of(Role.AUTHENTICATOR)), false, NOW, null);

    final AtomicLong nanoTime = new AtomicLong();
    String address = HERE;
    TokenLimits limits = new TokenLimits(
            () -> address,
            new RateLimit(REQUESTS, Duration.ofSeconds(5), nanoTime::get),
            new RateLimit(WRONG, Duration.ofMinutes(1), nanoTime::get),
            new RateLimit(WRONG, Duration.ofMinutes(1), nanoTime::get));

    static TokenLimits none() {
        RateLimit none = new RateLimit(0, Duration.ofSeconds(1));
        return new TokenLimits(() -> HERE, none, none, none);
    }

    void right(UUID client) {
        assertThat(limits.check(client, () -> Optional.of(APPLICATION))).contains(APPLICATION);
    }

    void wrong(UUID client) {
        assertThat(limits.check(client, Optional::empty)).isEmpty();
    }

    void assertRefused(UUID client) {
        assertThatThrownBy(() -> limits.check(client, () -> {
                    throw new AssertionError("The secret is looked at.");
                }))
                .isInstanceOf(Problem.Limited.class);
    }

    @Nested
    @DisplayName("Whoever guesses is stopped")
    class Guessing {

        @Test
        void anAddressAfterItsWrongSecretsWhateverApplicationsTheyWereFor() {
            for (int i = 0; i < WRONG; i++) {
                wrong(UUID.randomUUID());
            }
            assertRefused(UUID.randomUUID());
            assertRefused(CLIENT);
        }

        @Test
        void manyAddressesAfterTheWrongSecretsForOneApplication() {
            for (int i = 0; i < WRONG; i++) {
                address = "192.0.2." + i;
                wrong(CLIENT);
            }
            address = ELSEWHERE;
            assertRefused(CLIENT);
            right(UUID.randomUUID());
        }

        @Test
        void anAddressWhoseSecretWasRightOnce() {
            right(CLIENT);
            for (int i = 0; i < WRONG; i++) {
                wrong(CLIENT);
            }
            assertRefused(CLIENT);
        }

        @Test
        void manyAtOnceLikeOneAfterTheOther() {
            limits.check(CLIENT, () -> {
                for (int i = 1; i < WRONG; i++) {
                    wrong(CLIENT);
                }
                assertRefused(CLIENT);
                return Optional.empty();
            });
        }

        @Test
        void anAddressThatOnlyChangesWithinItsNetwork() {
            for (int i = 0; i < WRONG; i++) {
                address = "2001:db8:1:2::" + i;
                wrong(UUID.randomUUID());
            }
            address = "2001:db8:1:2:ffff::1";
            assertRefused(UUID.randomUUID());
            address = "2001:db8:1:3::1";
            wrong(UUID.randomUUID());
        }

        @Test
        void untilTimeHasGoneBy() {
            for (int i = 0; i < WRONG; i++) {
                wrong(CLIENT);
            }
            nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
            wrong(CLIENT);
            assertRefused(CLIENT);
        }
    }

    @Nested
    @DisplayName("An application with the right secret is not shut out by others")
    class Honest {

        @Test
        void whenTheyGuessElsewhereAndItHasBeenHere() {
            right(CLIENT);
            for (int i = 0; i < WRONG; i++) {
                address = "198.51.100." + i;
                wrong(CLIENT);
            }
            address = HERE;
            right(CLIENT);
        }

        @Test
        void rightSecretsDoNotCountAsGuesses() {
            for (int i = 0; i < REQUESTS; i++) {
                right(CLIENT);
            }
            nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
            assertThatCode(() -> wrong(CLIENT)).doesNotThrowAnyException();
        }

        @Test
        void aCheckThatCanNotBeMadeIsNoGuess() {
            for (int i = 0; i < WRONG; i++) {
                assertThatThrownBy(() -> limits.check(CLIENT, () -> {
                            throw new Problem.Unavailable("not now", Duration.ofSeconds(1));
                        }))
                        .isInstanceOf(Problem.Unavailable.class);
            }
            right(CLIENT);
        }

        @Test
        void aRequestThatIsRefusedForTheApplicationsSakeIsNoGuessOfItsAddress() {
            for (int i = 0; i < WRONG; i++) {
                address = "198.51.100." + i;
                wrong(CLIENT);
            }
            address = HERE;
            for (int i = 0; i < WRONG; i++) {
                assertRefused(CLIENT);
            }
            right(UUID.randomUUID());
        }

        @Test
        void butItTooAsksOnlySoOften() {
            for (int i = 0; i < REQUESTS; i++) {
                right(CLIENT);
            }
            assertRefused(CLIENT);
            nanoTime.addAndGet(Duration.ofMillis(250).toNanos());
            right(CLIENT);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AddressLimit.class, ApplicationLimitFilter.class, TokenLimits.class})
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
                        fixture.environments, fixture.applications, fixture.accessTokens, fixture.codes, limits));
        for (int i = 0; i < WRONG; i++) {
            wrong(CLIENT);
        }

        Answer answer = api.post(TokenEndpointTest.PATH, TokenEndpointTest.FORM).send(TokenEndpointTest.IN_FORM);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().getString("error")).isEqualTo("slow_down");
        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(api.post(TokenEndpointTest.PATH, TokenEndpointTest.FORM)
                        .send(TokenEndpointTest.IN_FORM)
                        .status())
                .isEqualTo(200);
    }
}
