package org.oathbound.oauth.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.oauth.entity.AuthorizationCode;
import org.oathbound.sealing.KeySet;

/** Issues access tokens: JWT (RFC 9068), RS256. */
@ApplicationScoped
public class AccessTokens {

    /** How long one is valid. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    /** The claim that has the reason, and nothing but a break-glass token has. */
    static final String BREAK_GLASS = "break_glass";

    /** The claim that says how a person has signed in (RFC 8176). */
    static final String METHODS = "amr";

    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final KeySet keys;
    private final Issuer issuer;
    private final Clock clock;

    @Inject
    public AccessTokens(KeySet keys, Issuer issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** An access token for this application, from now on. */
    public String issue(Application application) {
        return signed(new Payload(claims(
                application.id(), application.environment(), UUID.randomUUID().toString())));
    }

    /** An access token for a person who has signed in with that application, from now on (RFC 9068 section 2.2). */
    public String issue(Application application, AuthorizationCode code) {
        Map<String, Object> claims = claims(application.id(), application.environment(), code.id());
        claims.put("sub", code.person().toString());
        return signed(new Payload(claims));
    }

    /** An access token for a person who has signed in without an application, valid from now on. */
    public String issue(UUID environment, PersonSession session) {
        Map<String, Object> claims =
                claims(PersonSession.CLIENT_ID, environment, UUID.randomUUID().toString());
        claims.put("sub", session.person().toString());
        claims.put(METHODS, session.methods());
        return signed(new Payload(claims));
    }

    /** A break-glass access token for that environment, valid from now on. */
    public String issue(UUID environment, BreakGlassPass pass) {
        Map<String, Object> claims =
                claims(BreakGlassPass.CLIENT_ID, environment, pass.id().toString());
        claims.put(BREAK_GLASS, pass.reason());
        return signed(new Payload(claims));
    }

    private Map<String, Object> claims(UUID client, UUID environment, String id) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("client_id", client.toString());
        claims.put("iss", issuer.of(environment));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("aud", List.of(issuer.audience())); // a list even of one, as PingOne has it
        claims.put("env", environment.toString());
        claims.put("jti", id);
        return claims;
    }

    private String signed(Payload claims) {
        RSAKey key = keys.signing(clock.instant());
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        try {
            JWSObject jwt = new JWSObject(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key of the key set can't sign.", e);
        }
    }
}
