package org.oathbound.oauth.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Clock;
import java.util.Optional;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.PersonSession;

/**
 * Tells whose an access token is, if it holds now (RFC 9068 section 4). That its signature and claims are right is
 * remembered until it expires; whether its application, its person and its key are still there is looked up each time.
 */
@ApplicationScoped
public class AccessTokenVerifier {

    private static final int MAX_CHARACTERS = 4_096;
    private static final int REMEMBERED = 10_000;

    private final OwnTokens own;
    private final ForeignIssuers foreign;
    private final Clock clock;

    /** By a hash of the token, so that a dump of the memory holds none. */
    private final Cache<String, CheckedToken> checked =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    @Inject
    public AccessTokenVerifier(OwnTokens own, ForeignIssuers foreign, Clock clock) {
        this.own = own;
        this.foreign = foreign;
        this.clock = clock;
    }

    /**
     * The caller that the token was issued to, with the caller's present roles; empty when the token is not valid, or
     * its owner has no role. A person who has signed in without an application needs none: the person may see and
     * change their own data.
     */
    public Optional<RequestPrincipal> verify(String accessToken) {
        return checked(accessToken)
                .filter(token -> clock.instant().isBefore(token.expiresAt()))
                .flatMap(token -> token.issuer().caller(token))
                .filter(caller ->
                        !caller.roles().isEmpty() || caller.application().equals(PersonSession.CLIENT_ID));
    }

    private Optional<CheckedToken> checked(String accessToken) {
        if (accessToken.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        String name = Sha256.of(accessToken);
        Optional<CheckedToken> remembered = Optional.ofNullable(checked.getIfPresent(name));
        if (remembered.isPresent()) {
            return remembered;
        }
        Optional<CheckedToken> found = check(accessToken);
        found.ifPresent(token -> checked.put(name, token));
        return found;
    }

    private Optional<CheckedToken> check(String accessToken) {
        // Without a kid the processor would try every key.
        return parse(accessToken)
                .filter(token -> token.jwt().getHeader().getKeyID() != null)
                .flatMap(token -> issuerOf(token).check(token.jwt()));
    }

    private TokenIssuer issuerOf(Parsed token) {
        Optional<ForeignIssuer> named = foreign.named(token.unverified().getIssuer());
        return named.isPresent() ? named.get() : own;
    }

    private static Optional<Parsed> parse(String accessToken) {
        try {
            SignedJWT jwt = SignedJWT.parse(accessToken);
            return Optional.ofNullable(jwt.getJWTClaimsSet()).map(claims -> new Parsed(jwt, claims));
        } catch (ParseException | RuntimeException e) { // what the parser throws is not all declared
            return Optional.empty();
        }
    }

    /** @param unverified the claims, which any client may have written */
    private record Parsed(SignedJWT jwt, JWTClaimsSet unverified) {}
}
