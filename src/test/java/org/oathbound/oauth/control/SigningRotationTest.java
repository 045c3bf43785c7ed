package org.oathbound.oauth.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Role;
import org.oathbound.oauth.boundary.IssuerMetadata;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Resealing;
import org.oathbound.sealing.SealedValues;
import org.oathbound.sealing.SealingRotation;
import org.oathbound.sealing.Seals;

@DisplayName("Signing keys rotate without an outage")
@Tag("slow")
class SigningRotationTest {

    private static final Duration PUBLISHED = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(NOW);
    private Fixture fixture;
    private Application application;
    private Service service;
    private String old;

    /** The parts of a process that has read the keys from the file. */
    private final class Service {

        private final KeySet keys = KeySets.in(folder);
        private final AccessTokens tokens = new AccessTokens(keys, fixture.issuer, clock);
        private final AccessTokenVerifier verifier = Fixture.verifier(fixture.directory, fixture.issuer, keys, clock);
        private final SigningRotation rotation;

        Service() {
            SealedValues values = new SealedValues(fixture.directory, fixture.directory, fixture.directory);
            Resealing resealing = new Resealing(keys, new Seals(keys), values, fixture.directory, command -> {});
            rotation = new SigningRotation(
                    keys, new SealingRotation(keys, values, resealing, Clock.systemUTC()), PUBLISHED, clock);
        }

        String issue() {
            return tokens.issue(application);
        }

        boolean verifies(String token) {
            return verifier.verify(token).isPresent();
        }

        List<String> published() {
            return keys.publicKeys(clock.instant()).getKeys().stream()
                    .map(JWK::getKeyID)
                    .toList();
        }
    }

    @BeforeEach
    void start() {
        fixture = new Fixture(folder);
        application = fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN);
        service = new Service();
        old = service.published().get(0);
    }

    private static String keyOf(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> inFile() throws Exception {
        return JWKSet.load(folder.resolve("keyset.json").toFile()).getKeys().stream()
                .filter(key -> key.getAlgorithm().getName().equals("RS256"))
                .map(JWK::getKeyID)
                .toList();
    }

    @Nested
    @DisplayName("Step by step, whether or not the service starts again at each")
    class Steps {

        @Test
        void theNewOneIsPublishedFirstAndTheOldOneVerifiesToItsLastToken() throws Exception {
            for (boolean restarts : List.of(false, true)) {
                String id = service.rotation.begin(false);
                restart(restarts);
                assertThat(service.published()).containsExactly(id, old);
                assertThat(keyOf(service.issue())).isEqualTo(old);

                clock.move(PUBLISHED.minus(SECOND));
                String last = service.issue();
                assertThat(keyOf(last)).isEqualTo(old);
                clock.move(SECOND);
                restart(restarts);
                assertThat(keyOf(service.issue())).isEqualTo(id);
                assertThat(service.verifies(service.issue())).isTrue();

                clock.move(AccessTokens.LIFETIME.minus(SECOND.multipliedBy(2)));
                service.rotation.dropEnded();
                restart(restarts);
                assertThat(service.verifies(last)).isTrue();
                assertThat(inFile()).containsExactly(id, old);

                clock.move(Duration.ofMinutes(5).plus(SECOND.multipliedBy(2)));
                assertThat(service.published()).containsExactly(id);
                service.rotation.dropEnded();
                restart(restarts);
                assertThat(inFile()).containsExactly(id);
                assertThat(service.verifies(service.issue())).isTrue();
                old = id;
            }
        }

        private void restart(boolean really) {
            if (really) {
                service = new Service();
            }
        }

        /** The key that waits takes its turn, and none of the tokens is void before it expires. */
        @Test
        void twoInARow() {
            String first = service.rotation.begin(false);
            clock.move(Duration.ofMinutes(2));
            String second = service.rotation.begin(false);
            String byOld = service.issue();
            clock.move(Duration.ofMinutes(3));
            String byFirst = service.issue();
            clock.move(Duration.ofMinutes(2));
            String bySecond = service.issue();

            assertThat(List.of(keyOf(byOld), keyOf(byFirst), keyOf(bySecond))).containsExactly(old, first, second);
            assertThat(List.of(byOld, byFirst, bySecond)).allMatch(service::verifies);
            clock.move(AccessTokens.LIFETIME.minus(SECOND));
            assertThat(service.verifies(bySecond)).isTrue();
        }
    }

    @Test
    void aStolenKeyIsGoneAtOnceWithAllThatItHasSigned() throws Exception {
        String token = service.issue();
        String id = service.rotation.begin(true);

        assertThat(inFile()).containsExactly(id);
        assertThat(service.verifies(token)).isFalse();
        assertThat(keyOf(service.issue())).isEqualTo(id);
        assertThat(service.verifies(service.issue())).isTrue();
    }

    @Test
    void nothingButThePublicPartsIsShownToOutsiders() {
        service.rotation.begin(false);
        UUID environment = ENVIRONMENT;
        Map<String, Object> shown =
                new IssuerMetadata(fixture.environments, fixture.issuer, service.keys, clock).keys(environment);

        assertThat((List<?>) shown.get("keys")).hasSize(2).allSatisfy(key -> assertThat(((Map<?, ?>) key).keySet())
                .map(String::valueOf)
                .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e"));
    }
}
