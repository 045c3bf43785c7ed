package org.oathbound.oauth.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Texts;
import org.oathbound.sealing.KeySet;

/** Our own access tokens: of applications, of people who have signed in, and of break-glass access. */
@ApplicationScoped
class OwnTokens implements TokenIssuer {

    private final Applications applications;
    private final Environments environments;
    private final RoleHolders holders;
    private final AuthorizationCodes codes;
    private final Issuer issuer;
    private final KeySet keys;
    private final Clock clock;
    private final TokenProcessor processor;

    @Inject
    OwnTokens(
            Applications applications,
            Environments environments,
            RoleHolders holders,
            AuthorizationCodes codes,
            Issuer issuer,
            KeySet keys,
            Clock clock) {
        this.applications = applications;
        this.environments = environments;
        this.holders = holders;
        this.codes = codes;
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
        this.processor = new TokenProcessor(
                Set.of(AccessTokens.TYPE),
                Set.of(JWSAlgorithm.RS256),
                (selector, context) -> selector.select(keys.publicKeys(clock.instant())),
                issuer.audience(),
                Set.of("client_id", "iss", "iat", "exp", "env"),
                Duration.ZERO, // the checker is the issuer
                clock);
    }

    @Override
    public Optional<CheckedToken> check(SignedJWT token) {
        try {
            return processor
                    .claims(token)
                    .filter(this::isWhole)
                    .map(claims -> new CheckedToken(this, token.getHeader().getKeyID(), claims));
        } catch (JOSEException e) {
            throw new IllegalStateException("The signature of an access token can't be checked.", e);
        }
    }

    /** A key that was taken out of the set takes its tokens with it. */
    @Override
    public Optional<RequestPrincipal> caller(CheckedToken token) {
        if (!keys.verifies(token.keyId(), clock.instant())) {
            return Optional.empty();
        }
        JWTClaimsSet claims = token.claims();
        return environments
                .find(uuid(claims, "env"))
                .flatMap(environment -> claims.getClaim(AccessTokens.BREAK_GLASS) == null
                        ? caller(environment, claims)
                        : breakGlass(environment, claims));
    }

    private Optional<RequestPrincipal> caller(Environment environment, JWTClaimsSet claims) {
        if (uuid(claims, "client_id").equals(PersonSession.CLIENT_ID)) {
            return session(environment, claims);
        }
        Optional<Application> application =
                applications.find(environment, uuid(claims, "client_id")).filter(Application::enabled);
        if (claims.getSubject() == null) {
            return application
                    .filter(found -> !found.isPublic())
                    .map(found -> RequestPrincipal.application(environment, found));
        }
        UUID person = uuid(claims, "sub");
        return application
                .filter(found -> !codes.isTakenBack(text(claims, "jti")))
                .flatMap(found -> holders.inSession(environment, person, issuedAt(claims))
                        .map(roles -> RequestPrincipal.person(environment, person, roles, found.id())));
    }

    /** The caller for a person who has signed in without an application, as long as the person's session lasts. */
    private Optional<RequestPrincipal> session(Environment environment, JWTClaimsSet claims) {
        try {
            UUID person = uuid(claims, "sub");
            PersonSession session = PersonSession.of(person, claims.getStringListClaim(AccessTokens.METHODS));
            return holders.inSession(environment, person, issuedAt(claims))
                    .map(roles -> RequestPrincipal.person(environment, session, roles));
        } catch (ParseException | IllegalArgumentException e) { // signed by our key, and yet not of our making
            return Optional.empty();
        }
    }

    /** Such a token can't be revoked, so it is not valid for a moment longer than break-glass tokens are made for. */
    private Optional<RequestPrincipal> breakGlass(Environment environment, JWTClaimsSet claims) {
        try {
            BreakGlassPass pass =
                    new BreakGlassPass(uuid(claims, "jti"), claims.getStringClaim(AccessTokens.BREAK_GLASS));
            Instant issuedAt = claims.getIssueTime().toInstant();
            Instant expiresAt = claims.getExpirationTime().toInstant();
            boolean holds = uuid(claims, "client_id").equals(BreakGlassPass.CLIENT_ID)
                    && !issuedAt.isAfter(clock.instant())
                    && !expiresAt.isAfter(issuedAt.plus(AccessTokens.LIFETIME));
            return holds ? Optional.of(RequestPrincipal.breakGlass(environment, pass)) : Optional.empty();
        } catch (ParseException | IllegalArgumentException e) { // signed by our key, and yet not of our making
            return Optional.empty();
        }
    }

    /** Signed by our key, and of our making too. */
    private boolean isWhole(JWTClaimsSet claims) {
        boolean hasIds = Texts.isUuid(text(claims, "env"))
                && Texts.isUuid(text(claims, "client_id"))
                && (claims.getClaim("sub") == null || Texts.isUuid(text(claims, "sub")));
        return hasIds && issuer.of(uuid(claims, "env")).equals(claims.getIssuer());
    }

    private static Instant issuedAt(JWTClaimsSet claims) {
        return claims.getIssueTime().toInstant();
    }

    private static UUID uuid(JWTClaimsSet claims, String name) {
        return UUID.fromString(text(claims, name));
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }
}
