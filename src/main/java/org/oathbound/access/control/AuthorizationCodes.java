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

/** Authorization codes: each is good once, for a minute, and for whoever knows what its challenge was made from. */
@ApplicationScoped
public class AuthorizationCodes {

    private static final int MAX = 10_000;

    /** By the codes' hashes, so that a dump of the memory holds none that is good. */
    private final Cache<String, String> cache;

    private final Clock clock;

    @Inject
    AuthorizationCodes(CacheManager caches, Clock clock) {
        this(ShortLived.cache(caches, "oathbound-authorization-codes", MAX, AuthorizationCode.LASTS), clock);
    }

    AuthorizationCodes(Cache<String, String> cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** A code for a person who has signed in. */
    public String issue(UUID environment, UUID application, UUID person, String redirectUri, String challenge) {
        Instant until = clock.instant().plus(AuthorizationCode.LASTS);
        String code = RandomSecret.next();
        cache.put(
                Sha256.of(code),
                text(new AuthorizationCode(environment, application, person, redirectUri, challenge, until)));
        return code;
    }

    /**
     * What a code stands for. Whatever comes of it, the code is used up.
     *
     * @param verifier the {@code code_verifier} (RFC 7636 section 4.6)
     */
    public Optional<AuthorizationCode> redeem(
            UUID environment, UUID application, String code, String redirectUri, String verifier) {
        return Optional.ofNullable(cache.getAndRemove(Sha256.of(code)))
                .map(AuthorizationCodes::parse)
                .filter(found -> found.environment().equals(environment)
                        && found.application().equals(application)
                        && found.redirectUri().equals(redirectUri)
                        && found.challenge().equals(Sha256.of(verifier))
                        && clock.instant().isBefore(found.expiresAt()));
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

    private static AuthorizationCode parse(String text) {
        JsonObject json = Json.createReader(new StringReader(text)).readObject();
        return new AuthorizationCode(
                UUID.fromString(json.getString("environment")),
                UUID.fromString(json.getString("application")),
                UUID.fromString(json.getString("person")),
                json.getString("redirectUri"),
                json.getString("challenge"),
                Instant.parse(json.getString("expiresAt")));
    }
}
