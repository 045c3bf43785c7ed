package org.oathbound.oauth.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.application.control.RandomSecret;
import org.oathbound.oauth.entity.AuthorizationCode;

/**
 * Authorization codes: each is good once, for a minute, and for the client that knows the verifier of its challenge. A
 * code that is presented again has been stolen: the access token that it was exchanged for is taken back (RFC 6749
 * section 4.1.2).
 */
@ApplicationScoped
public class AuthorizationCodes {

    private static final int MAX = 10_000;

    /** An access token lives much longer than its code. */
    private static final int MAX_ACCESS_TOKENS = 100_000;

    private static final String HOLDS = "holds";
    private static final String TAKEN_BACK = "taken back";

    /** By the codes' hashes, so that a dump of the memory holds none that is good. */
    private final ExpiringStore<AuthorizationCode> codes;

    /** The state of each code's access token, by its {@code jti}. */
    private final ExpiringStore<String> accessTokens;

    private final Clock clock;

    @Inject
    AuthorizationCodes(Clock clock) {
        this(
                new MemoryStore<>(MAX, AuthorizationCode.LASTS),
                new MemoryStore<>(
                        MAX_ACCESS_TOKENS,
                        AccessTokens.LIFETIME.plus(AuthorizationCode.LASTS).plus(AuthorizationCode.LASTS)),
                clock);
    }

    AuthorizationCodes(ExpiringStore<AuthorizationCode> codes, ExpiringStore<String> accessTokens, Clock clock) {
        this.codes = codes;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /** A code for a person who has signed in. */
    public String issue(UUID environment, UUID application, UUID person, String redirectUri, String challenge) {
        Instant until = clock.instant().plus(AuthorizationCode.LASTS);
        String code = RandomSecret.next();
        String id = Sha256.of(code);
        accessTokens.put(id, HOLDS); // before a client has the code, so that two at once are noticed
        codes.put(id, new AuthorizationCode(id, environment, application, person, redirectUri, challenge, until));
        return code;
    }

    /**
     * Returns what a code stands for. The code is used up in any case; where it was used up before, its access token is
     * revoked.
     *
     * @param verifier the {@code code_verifier} (RFC 7636 section 4.6)
     */
    public Optional<AuthorizationCode> redeem(
            UUID environment, UUID application, String code, String redirectUri, String verifier) {
        String id = Sha256.of(code);
        Optional<AuthorizationCode> known = codes.remove(id);
        if (known.isEmpty()) {
            accessTokens.replace(id, HOLDS, TAKEN_BACK); // only where there was such a code: guesses fill no memory
        }
        return known.filter(found -> found.environment().equals(environment)
                && found.application().equals(application)
                && found.redirectUri().equals(redirectUri)
                && found.challenge().equals(Sha256.of(verifier))
                && clock.instant().isBefore(found.expiresAt()));
    }

    /** Whether the access token with that {@code jti} holds no more, for its code was shown again. */
    boolean isTakenBack(String id) {
        return accessTokens.get(id).filter(TAKEN_BACK::equals).isPresent();
    }
}
