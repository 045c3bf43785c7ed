package org.oathbound.access.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.oathbound.access.entity.AuthorizationCode;

/**
 * Authorization codes: each is good once, for a minute, and for whoever knows what its challenge was made from. Where one is
 * shown again, somebody has it who should not: the access token that it was exchanged for is taken back (RFC 6749 section
 * 4.1.2).
 */
@ApplicationScoped
public class AuthorizationCodes {

    private static final int MAX = 10_000;

    /** One lives longer than its code by far. */
    private static final int MAX_ACCESS_TOKENS = 100_000;

    private static final String HOLDS = "holds";
    private static final String TAKEN_BACK = "taken back";

    /** By the codes' hashes, so that a dump of the memory holds none that is good. */
    private final Cache<String, String> cache;

    /** What has become of each code's access token, by its {@code jti}. */
    private final Cache<String, String> accessTokens;

    private final Clock clock;

    @Inject
    AuthorizationCodes(CacheManager caches, Clock clock) {
        this(caches, "oathbound-authorization-codes", clock);
    }

    AuthorizationCodes(CacheManager caches, String name, Clock clock) {
        this.cache = ShortLived.cache(caches, name, MAX, AuthorizationCode.LASTS);
        this.accessTokens = ShortLived.cache(
                caches,
                name + "-exchanged",
                MAX_ACCESS_TOKENS,
                AccessTokens.LIFETIME.plus(AuthorizationCode.LASTS).plus(AuthorizationCode.LASTS));
        this.clock = clock;
    }

    /** A code for a person who has signed in. */
    public String issue(UUID environment, UUID application, UUID person, String redirectUri, String challenge) {
        Instant until = clock.instant().plus(AuthorizationCode.LASTS);
        String code = RandomSecret.next();
        String id = Sha256.of(code);
        accessTokens.put(id, HOLDS); // before anybody has the code, so that two at once are noticed
        cache.put(id, text(new AuthorizationCode(id, environment, application, person, redirectUri, challenge, until)));
        return code;
    }

    /**
     * What a code stands for. Whatever comes of it, the code is used up; where it was before, its access token is taken back.
     *
     * @param verifier the {@code code_verifier} (RFC 7636 section 4.6)
     */
    public Optional<AuthorizationCode> redeem(
            UUID environment, UUID application, String code, String redirectUri, String verifier) {
        String id = Sha256.of(code);
        Optional<String> known = Optional.ofNullable(cache.getAndRemove(id));
        if (known.isEmpty()) {
            accessTokens.replace(id, TAKEN_BACK); // only where there was such a code: strangers fill no memory
        }
        return known.map(text -> parse(id, text))
                .filter(found -> found.environment().equals(environment)
                        && found.application().equals(application)
                        && found.redirectUri().equals(redirectUri)
                        && found.challenge().equals(Sha256.of(verifier))
                        && clock.instant().isBefore(found.expiresAt()));
    }

    /** Whether the access token with that {@code jti} holds no more, for its code was shown again. */
    boolean isTakenBack(String id) {
        return TAKEN_BACK.equals(accessTokens.get(id));
    }

    private static String text(AuthorizationCode code) {
        return Json.createObjectBuilder()
                .add("environment", code.environment().toString())
                .add("application", code.application().toString())
                .add("person", code.person().toString())
                .add("redirectUri", code.redirectUri())
                .add("challenge", code.challenge())
                .add("expiresAt", code.expiresAt().toString())
                .build()
                .toString();
    }

    private static AuthorizationCode parse(String id, String text) {
        JsonObject json = Json.createReader(new StringReader(text)).readObject();
        return new AuthorizationCode(
                id,
                UUID.fromString(json.getString("environment")),
                UUID.fromString(json.getString("application")),
                UUID.fromString(json.getString("person")),
                json.getString("redirectUri"),
                json.getString("challenge"),
                Instant.parse(json.getString("expiresAt")));
    }
}
