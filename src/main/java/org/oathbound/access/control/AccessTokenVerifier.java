package org.oathbound.access.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.access.entity.BreakGlassPass;
import org.oathbound.sealing.KeySet;

/** Tells whose an access token is, if it is one of ours and holds now (RFC 9068 section 4). */
@ApplicationScoped
public class AccessTokenVerifier {

    private static final int MAX_CHARACTERS = 4_096;

    private final Applications applications;
    private final Issuer issuer;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    @Inject
    public AccessTokenVerifier(Applications applications, Issuer issuer, KeySet keys, Clock clock) {
        this.applications = applications;
        this.issuer = issuer;
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(AccessTokens.TYPE));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys.publicKeys())));
        processor.setJWTClaimsSetVerifier(new ClaimsVerifier(issuer.audience(), clock));
    }

    /** Whom the token was issued to, as he is now; nothing when the token does not hold. */
    public Optional<Caller> verify(String accessToken) {
        return claimsOf(accessToken)
                .flatMap(this::caller)
                .filter(found -> !found.application().roles().isEmpty());
    }

    private Optional<JWTClaimsSet> claimsOf(String accessToken) {
        if (accessToken.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        Optional<SignedJWT> jwt = parse(accessToken);
        try {
            // Without a kid the processor would try every key.
            return jwt.isPresent() && jwt.get().getHeader().getKeyID() != null
                    ? Optional.of(processor.process(jwt.get(), null))
                    : Optional.empty();
        } catch (BadJOSEException e) {
            return Optional.empty();
        } catch (JOSEException e) {
            throw new IllegalStateException("The signature of an access token can't be checked.", e);
        }
    }

    private static Optional<SignedJWT> parse(String accessToken) {
        try {
            return Optional.of(SignedJWT.parse(accessToken));
        } catch (ParseException | RuntimeException e) { // what the parser throws is not all declared
            return Optional.empty();
        }
    }

    private Optional<Caller> caller(JWTClaimsSet claims) {
        try {
            UUID environment = UUID.fromString(claims.getStringClaim("env"));
            UUID client = UUID.fromString(claims.getStringClaim("client_id"));
            if (!issuer.of(environment).equals(claims.getIssuer())) {
                return Optional.empty();
            }
            return claims.getClaim(AccessTokens.BREAK_GLASS) == null
                    ? applications.find(environment, client).map(Caller::new)
                    : breakGlass(claims, environment, client);
        } catch (ParseException | IllegalArgumentException e) { // signed by our key, and yet not of our making
            return Optional.empty();
        }
    }

    /** Nobody can take such a token back, so it is not good for a moment longer than they are made for. */
    private Optional<Caller> breakGlass(JWTClaimsSet claims, UUID environment, UUID client) throws ParseException {
        BreakGlassPass pass = new BreakGlassPass(
                UUID.fromString(Objects.requireNonNullElse(claims.getJWTID(), "")),
                claims.getStringClaim(AccessTokens.BREAK_GLASS));
        Instant issuedAt = claims.getIssueTime().toInstant();
        Instant expiresAt = claims.getExpirationTime().toInstant();
        boolean holds = client.equals(BreakGlassPass.CLIENT_ID)
                && !issuedAt.isAfter(clock.instant())
                && !expiresAt.isAfter(issuedAt.plus(AccessTokens.LIFETIME));
        return holds
                ? applications.breakGlass(environment, issuedAt).map(application -> new Caller(application, pass))
                : Optional.empty();
    }

    /** Time by our clock, to the second: whoever checks is who has issued. */
    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final Clock clock;

        ClaimsVerifier(String audience, Clock clock) {
            super(audience, null, Set.of("client_id", "iss", "iat", "exp", "env"));
            this.clock = clock;
            setMaxClockSkew(0);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
