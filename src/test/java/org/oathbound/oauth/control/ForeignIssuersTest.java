package org.oathbound.oauth.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.oauth.control.Fixture.NOW;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.Role;
import org.oathbound.problem.Problem;

@DisplayName("Tokens of issuers that the configuration trusts, and of no others")
@Tag("slow")
class ForeignIssuersTest {

    private static final String ISSUER = "https://sso.example.com";

    private Fixture fixture;
    private HttpServer server;
    private ECKey key;
    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, JOSEException {
        fixture = new Fixture(folder);
        key = new ECKeyGenerator(Curve.P_256).keyID("their-key").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        properties.put("oathbound.foreign-issuers", "corp");
        put("issuer", ISSUER);
        put("audience", "oathbound");
        put("jwks-url", "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
        put("roles-claim", "realm_access.roles");
        put("help-desk", "it-support,it-night");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void put(String property, String value) {
        properties.put("oathbound.foreign-issuer.corp." + property, value);
    }

    private AccessTokenVerifier verifier() {
        return fixture.verifierAt(
                NOW, new ForeignIssuers(new MapConfig(properties), fixture.environments, Fixture.at(NOW)));
    }

    private JWTClaimsSet.Builder claims(String... roles) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("oathbound")
                .subject("jane@example.com")
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    private String signed(JWTClaimsSet.Builder claims, @Nullable JOSEObjectType type) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims.build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, JOSEObjectType.JWT);
    }

    @Test
    void giveTheRolesThatTheConfigurationNames() throws JOSEException {
        RequestPrincipal caller =
                verifier().verify(signed(claims("it-night", "others"))).orElseThrow();

        assertThat(caller.getName()).isEqualTo("foreign:corp:jane@example.com");
        assertThat(caller.roles()).isEqualTo(Set.of(Role.HELP_DESK));
        assertThat(caller.environment()).isEqualTo(fixture.environment);
    }

    @Test
    void giveARoleByItsTitleWhereNothingElseIsNamed() throws JOSEException {
        assertThat(verifier().verify(signed(claims("Identity Data Read Only", "Help Desk"), null)))
                .hasValueSatisfying(
                        caller -> assertThat(caller.roles()).isEqualTo(Set.of(Role.IDENTITY_DATA_READ_ONLY)));
    }

    @Test
    void giveNothingWithoutARole() throws JOSEException {
        assertThat(verifier().verify(signed(claims("others")))).isEmpty();
        assertThat(verifier().verify(signed(claims().claim("realm_access", "Help Desk"))))
                .isEmpty();
    }

    @Test
    void areHeldAgainstWhatTheySay() throws JOSEException {
        AccessTokenVerifier verifier = verifier();
        String[] roles = {"it-support"};

        assertThat(verifier.verify(signed(claims(roles).audience("other")))).isEmpty();
        assertThat(verifier.verify(signed(claims(roles).issuer("https://evil.example"))))
                .isEmpty();
        assertThat(verifier.verify(signed(claims(roles).subject(null)))).isEmpty();
        assertThat(verifier.verify(signed(claims(roles).expirationTime(null)))).isEmpty();
        assertThat(verifier.verify(signed(claims(roles).expirationTime(Date.from(NOW.minusSeconds(61))))))
                .isEmpty();
        assertThat(verifier.verify(signed(claims(roles), new JOSEObjectType("secevent+jwt"))))
                .isEmpty();
        assertThat(verifier.verify(signed(claims(roles)))).isPresent();
    }

    @Test
    void notByAKeyOfTheirsThatIsNone() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                claims("it-support").build());
        jwt.sign(new MACSigner(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(verifier().verify(jwt.serialize())).isEmpty();
    }

    @Test
    void notInTheNameOfOurOwnIssuer() throws JOSEException {
        String ours = fixture.issuer.of(Fixture.ENVIRONMENT);
        JWTClaimsSet.Builder claims = claims("it-support")
                .issuer(ours)
                .claim("env", Fixture.ENVIRONMENT.toString())
                .claim("client_id", Fixture.CLIENT.toString())
                .audience(fixture.issuer.audience());

        assertThat(verifier().verify(signed(claims, AccessTokens.TYPE))).isEmpty();
    }

    @Test
    void areNotJudgedWhileTheirKeysCantBeFetched() throws JOSEException {
        server.stop(0);
        String token = signed(claims("it-support"));

        assertThatThrownBy(() -> verifier().verify(token)).isInstanceOf(Problem.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "jwks-url, http://sso.example.com/jwks, must be an https URL",
        "jwks-url, file:///etc/passwd, must be an https URL",
        "jwks-url, nonsense, must be an https URL",
        "environment, prod, must be the id of an environment",
    })
    void aWrongSettingStopsTheStart(String property, String value, String why) {
        put(property, value);
        assertThatThrownBy(this::verifier)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oathbound.foreign-issuer.corp." + property + " " + why);
    }

    @Test
    void aMissingSettingStopsTheStart() {
        properties.remove("oathbound.foreign-issuer.corp.audience");
        assertThatThrownBy(this::verifier).hasMessageContaining("corp.audience is missing");
    }

    @Test
    void anEnvironmentOfItsOwn() throws JOSEException {
        put("environment", UUID.randomUUID().toString());
        assertThat(verifier().verify(signed(claims("it-support")))).isEmpty();
    }
}
