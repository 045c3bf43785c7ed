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
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Schema;
import org.oathbound.sealing.KeySet;

@Tag("slow")
class AccessTokenTest {

    Fixture fixture;
    Application application;
    AccessTokenVerifier verifier;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
        application = fixture.application(CLIENT, Role.ENVIRONMENT_ADMIN);
        verifier = fixture.verifierAt(NOW);
    }

    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(fixture.keys.signing(NOW).getKeyID());
    }

    Map<String, Object> claims() {
        return new HashMap<>(Map.of(
                "client_id", CLIENT.toString(),
                "iss", "https://auth.example.com/" + ENVIRONMENT + "/as",
                "iat", NOW.getEpochSecond(),
                "exp", NOW.getEpochSecond() + 3_600,
                "aud", List.of("https://auth.example.com"),
                "env", ENVIRONMENT.toString()));
    }

    static String sign(JWSHeader header, Map<String, Object> claims, JWSSigner signer) {
        try {
            JWSObject jwt = new JWSObject(header, new Payload(claims));
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    JWSSigner ours() {
        return by(fixture.keys.signing(NOW));
    }

    static JWSSigner by(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String with(String claim, @Nullable Object value) {
        Map<String, Object> claims = claims();
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return sign(header().build(), claims, ours());
    }

    @Nested
    @DisplayName("An access token is a JWT, signed with RS256 and valid for an hour")
    class Issued {

        @Test
        void saysWhoMayUseItWhereAndHowLong() throws ParseException {
            SignedJWT jwt = SignedJWT.parse(fixture.accessTokens.issue(application));

            assertThat(jwt.getHeader().toJSONObject())
                    .containsOnly(
                            Map.entry("alg", "RS256"),
                            Map.entry("typ", "at+jwt"),
                            Map.entry("kid", fixture.keys.signing(NOW).getKeyID()));
            assertThat(jwt.getPayload().toJSONObject())
                    .containsAllEntriesOf(claims())
                    .containsOnlyKeys("client_id", "iss", "iat", "exp", "aud", "env", "jti");
        }

        @Test
        void isAnotherEachTime() {
            assertThat(fixture.accessTokens.issue(application)).isNotEqualTo(fixture.accessTokens.issue(application));
        }

        @Test
        void namesItsIssuerByTheConfigurationOnly() {
            assertThat(new Issuer(Optional.empty(), Optional.of("https://mfa.example.com/")).of(ENVIRONMENT))
                    .isEqualTo("https://mfa.example.com/" + ENVIRONMENT + "/as");
            assertThat(new Issuer(Optional.empty(), Optional.empty()).audience())
                    .isEqualTo("http://localhost:8080");
        }
    }

    @Nested
    @DisplayName("It leads to its application as that is now")
    class Accepted {

        @Test
        void whileItLasts() {
            String token = fixture.accessTokens.issue(application);

            assertThat(verifier.verify(token).map(RequestPrincipal::application))
                    .contains(CLIENT);
            assertThat(fixture.verifierAt(NOW.plus(Duration.ofSeconds(3_599))).verify(token))
                    .isPresent();
        }

        @Test
        void asTheBuilderOfTheForgeriesMakesIt() {
            assertThat(verifier.verify(sign(header().build(), claims(), ours())))
                    .isPresent();
        }

        @Test
        void notWhenTheApplicationIsGone() {
            String token = fixture.accessTokens.issue(application);
            fixture.directory.delete(new DN(new RDN(Schema.ID, CLIENT.toString()), fixture.environment.applications()));

            assertThat(verifier.verify(token)).isEmpty();
        }

        @Test
        void notWhenItHasNoRoles() {
            Application powerless = fixture.application(UUID.randomUUID());

            assertThat(verifier.verify(fixture.accessTokens.issue(powerless))).isEmpty();
        }
    }

    @Nested
    @DisplayName("It is held against everything it says")
    class Refused {

        @Test
        void whenItHasExpired() {
            String token = fixture.accessTokens.issue(application);

            assertThat(fixture.verifierAt(NOW.plus(AccessTokens.LIFETIME)).verify(token))
                    .isEmpty();
        }

        @Test
        void whenItNeverExpires() {
            assertThat(verifier.verify(with("exp", null))).isEmpty();
        }

        @Test
        void beforeItsTime() {
            assertThat(verifier.verify(with("nbf", NOW.getEpochSecond() + 1))).isEmpty();
        }

        @Test
        void fromAnotherIssuer() {
            assertThat(verifier.verify(with("iss", "https://evil.example/" + ENVIRONMENT + "/as")))
                    .isEmpty();
        }

        @Test
        void forAnotherEnvironmentThanItsIssuers() {
            assertThat(verifier.verify(with("env", UUID.randomUUID().toString())))
                    .isEmpty();
            assertThat(verifier.verify(with("env", 5))).isEmpty();
            assertThat(verifier.verify(with("env", null))).isEmpty();
        }

        @Test
        void fromAnotherEnvironmentsIssuer() {
            assertThat(verifier.verify(with("iss", "https://auth.example.com/" + UUID.randomUUID() + "/as")))
                    .isEmpty();
        }

        @Test
        void forAnotherAudience() {
            assertThat(verifier.verify(with("aud", List.of("https://api.pingone.com"))))
                    .isEmpty();
            assertThat(verifier.verify(with("aud", null))).isEmpty();
        }

        @Test
        void forAnUnknownApplication() {
            assertThat(verifier.verify(with("client_id", UUID.randomUUID().toString())))
                    .isEmpty();
            assertThat(verifier.verify(with("client_id", "*"))).isEmpty();
            assertThat(verifier.verify(with("client_id", null))).isEmpty();
        }

        @Test
        void ofAnotherType() {
            assertThat(verifier.verify(sign(header().type(JOSEObjectType.JWT).build(), claims(), ours())))
                    .isEmpty();
            assertThat(verifier.verify(sign(header().type(null).build(), claims(), ours())))
                    .isEmpty();
        }

        @Test
        void byAnotherKey() throws JOSEException {
            RSAKey theirs = new RSAKeyGenerator(2048)
                    .keyID(fixture.keys.signing(NOW).getKeyID())
                    .generate();

            assertThat(verifier.verify(sign(header().build(), claims(), by(theirs))))
                    .isEmpty();
            assertThat(verifier.verify(sign(header().jwk(theirs.toPublicJWK()).build(), claims(), by(theirs))))
                    .isEmpty();
        }

        @Test
        void byAKeyThatIsNotNamed() {
            assertThat(verifier.verify(sign(header().keyID(null).build(), claims(), ours())))
                    .isEmpty();
            assertThat(verifier.verify(sign(header().keyID("other").build(), claims(), ours())))
                    .isEmpty();
        }

        @Test
        void byAnotherAlgorithmOfOurKey() {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(fixture.keys.signing(NOW).getKeyID())
                    .build();

            assertThat(verifier.verify(sign(header, claims(), ours()))).isEmpty();
        }

        @Test
        void byThePublicKeyTakenForASecret() throws JOSEException {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(fixture.keys.signing(NOW).getKeyID())
                    .build();
            byte[] publicKey = fixture.keys.signing(NOW).toRSAPublicKey().getEncoded();

            assertThat(verifier.verify(sign(header, claims(), new MACSigner(publicKey))))
                    .isEmpty();
        }

        @Test
        void unsigned() {
            String kid = fixture.keys.signing(NOW).getKeyID();
            for (String algorithm : List.of("none", "None", "NONE", "")) {
                String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
                String unsigned = Base64URL.encode(header) + "." + new Payload(claims()).toBase64URL() + ".";

                assertThat(verifier.verify(unsigned)).isEmpty();
                assertThat(verifier.verify(unsigned + "AAAA")).isEmpty();
            }
        }

        @Test
        void withAnotherPayload() {
            String[] parts = fixture.accessTokens.issue(application).split("\\.", -1);
            Map<String, Object> claims = claims();
            claims.put("client_id", UUID.randomUUID().toString());

            assertThat(verifier.verify(parts[0] + "." + new Payload(claims).toBase64URL() + "." + parts[2]))
                    .isEmpty();
        }

        @Test
        void underTheKeysOfAnotherService(@TempDir Path other) {
            KeySet theirs = new KeySet(new org.oathbound.directory.DataDirectory(other));
            String token = new AccessTokens(theirs, fixture.issuer, Fixture.at(NOW)).issue(application);

            assertThat(verifier.verify(token)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    "..",
                    "...",
                    "a.b.c",
                    "e30.e30.e30",
                    "e30..",
                    "\u0000",
                    "eyJhbGciOiJSUzI1NiJ9.e30.AA"
                })
        void whenItIsNoToken(String garbage) {
            assertThat(verifier.verify(garbage)).isEmpty();
        }

        @Test
        void whenItIsTooLarge() {
            assertThat(verifier.verify(with("padding", "x".repeat(4_000)))).isEmpty();
        }
    }
}
