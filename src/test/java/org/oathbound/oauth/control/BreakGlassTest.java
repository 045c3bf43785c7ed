package org.oathbound.oauth.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.Role;

@Tag("slow")
class BreakGlassTest {

    private static final BreakGlassPass PASS = new BreakGlassPass(
            UUID.fromString("6a1f6f0c-3c53-4b5e-9b52-0d7e4d3f5a10"), "The client secret is lost: №7");

    private Fixture fixture;
    private AccessTokenVerifier verifier;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
        verifier = fixture.verifierAt(NOW);
    }

    private Map<String, Object> claims() {
        return new HashMap<>(Map.of(
                "client_id", BreakGlassPass.CLIENT_ID.toString(),
                "iss", "https://auth.example.com/" + ENVIRONMENT + "/as",
                "iat", NOW.getEpochSecond(),
                "exp", NOW.getEpochSecond() + 3_600,
                "aud", List.of("https://auth.example.com"),
                "env", ENVIRONMENT.toString(),
                "jti", PASS.id().toString(),
                "break_glass", PASS.reason()));
    }

    private String sign(Map<String, Object> claims, RSAKey key) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(fixture.keys.signing(NOW).getKeyID())
                    .build();
            JWSObject jwt = new JWSObject(header, new Payload(claims));
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String with(String claim, @Nullable Object value) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        if (value != null) {
            claims.put(claim, value);
        }
        return sign(claims, fixture.keys.signing(NOW));
    }

    @Nested
    @DisplayName("The host's owner is an administrator for an hour")
    class Accepted {

        @Test
        void withTheRightsOfTheFirstApplicationThoughThereIsNone() {
            RequestPrincipal caller = verifier.verify(fixture.accessTokens.issue(ENVIRONMENT, PASS))
                    .orElseThrow();

            assertThat(caller.application()).isEqualTo(BreakGlassPass.CLIENT_ID);
            assertThat(caller.getName()).isEqualTo("breakGlass:" + PASS.id());
            assertThat(caller.environment()).isEqualTo(fixture.environment);
            assertThat(caller.roles())
                    .containsExactlyInAnyOrder(Role.ENVIRONMENT_ADMIN, Role.IDENTITY_DATA_ADMIN, Role.AUTHENTICATOR);
            assertThat(caller.breakGlass()).contains(PASS);
        }

        @Test
        void asTheBuilderOfTheForgeriesMakesIt() throws ParseException {
            assertThat(verifier.verify(with("x", null))).isPresent();
            assertThat(SignedJWT.parse(fixture.accessTokens.issue(ENVIRONMENT, PASS))
                            .getPayload()
                            .toJSONObject())
                    .isEqualTo(claims());
        }

        @Test
        void toTheLastSecond() {
            String token = fixture.accessTokens.issue(ENVIRONMENT, PASS);

            assertThat(fixture.verifierAt(NOW.plus(Duration.ofMinutes(60)).minusMillis(1))
                            .verify(token))
                    .isPresent();
            assertThat(fixture.verifierAt(NOW.plus(Duration.ofMinutes(60))).verify(token))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("Nothing else is such a token")
    class Refused {

        @Test
        void underAnotherKey() throws JOSEException {
            RSAKey theirs = new RSAKeyGenerator(2048)
                    .keyID(fixture.keys.signing(NOW).getKeyID())
                    .generate();

            assertThat(verifier.verify(sign(claims(), theirs))).isEmpty();
        }

        @Test
        void forLongerThanAnHour() {
            assertThat(verifier.verify(with("exp", NOW.getEpochSecond() + 3_601)))
                    .isEmpty();
            assertThat(verifier.verify(with("iat", NOW.getEpochSecond() - 1))).isEmpty();
            assertThat(verifier.verify(with("exp", null))).isEmpty();
            assertThat(verifier.verify(with("iat", null))).isEmpty();
        }

        @Test
        void madeAheadOfItsTime() {
            Map<String, Object> claims = claims();
            claims.put("iat", NOW.getEpochSecond() + 1);
            claims.put("exp", NOW.getEpochSecond() + 1 + 3_600);

            assertThat(verifier.verify(sign(claims, fixture.keys.signing(NOW)))).isEmpty();
        }

        @Test
        void whenItHasExpired() {
            Map<String, Object> claims = claims();
            claims.put("iat", NOW.getEpochSecond() - 3_600);
            claims.put("exp", NOW.getEpochSecond());

            assertThat(verifier.verify(sign(claims, fixture.keys.signing(NOW)))).isEmpty();
        }

        @Test
        void forAnEnvironmentThatThereIsNot() {
            UUID other = UUID.randomUUID();
            Map<String, Object> claims = claims();
            claims.put("env", other.toString());
            claims.put("iss", "https://auth.example.com/" + other + "/as");

            assertThat(verifier.verify(sign(claims, fixture.keys.signing(NOW)))).isEmpty();
            assertThat(verifier.verify(with("env", other.toString()))).isEmpty();
        }

        @Test
        void fromAnotherIssuerOrForAnotherAudience() {
            assertThat(verifier.verify(with("iss", "https://evil.example/" + ENVIRONMENT + "/as")))
                    .isEmpty();
            assertThat(verifier.verify(with("aud", List.of("https://evil.example"))))
                    .isEmpty();
        }

        @Test
        void inTheNameOfAnApplication() {
            fixture.application(CLIENT, Role.AUTHENTICATOR);

            assertThat(verifier.verify(with("client_id", CLIENT.toString()))).isEmpty();
        }

        @Test
        void withoutWhatTheLogNeeds() {
            assertThat(verifier.verify(with("jti", null))).isEmpty();
            assertThat(verifier.verify(with("jti", "one\ntwo"))).isEmpty();
            assertThat(verifier.verify(with("break_glass", null))).isEmpty();
            assertThat(verifier.verify(with("break_glass", true))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "   ", "one\ntwo", "one\rtwo", "a\u0085b", "a\u2028b", "a\u0000b", "a\u202eb"})
        void forAReasonThatIsNotOneLineOfText(String reason) {
            assertThat(verifier.verify(with("break_glass", reason))).isEmpty();
        }

        @Test
        void forAReasonThatIsTooLong() {
            assertThat(verifier.verify(with("break_glass", "x".repeat(200)))).isPresent();
            assertThat(verifier.verify(with("break_glass", "x".repeat(201)))).isEmpty();
        }
    }

    @Test
    @DisplayName("An application's access token is none")
    void ofAnApplication() {
        Application application = fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN);

        RequestPrincipal caller =
                verifier.verify(fixture.accessTokens.issue(application)).orElseThrow();

        assertThat(caller.application()).isEqualTo(CLIENT);
        assertThat(caller.breakGlass()).isEmpty();
    }
}
