package org.oathbound.oauth.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What an authorization code stands for (RFC 6749 section 4.1.2).
 *
 * @param id the {@code jti} of the access token that it is exchanged for, so that this can be taken back
 * @param challenge the {@code code_challenge}, S256 (RFC 7636 section 4.2)
 * @param expiresAt it is good until then, once
 */
public record AuthorizationCode(
        String id,
        UUID environment,
        UUID application,
        UUID person,
        String redirectUri,
        String challenge,
        Instant expiresAt) {

    /** RFC 6749 wants ten minutes at most; a program asks at once. */
    public static final Duration LASTS = Duration.ofMinutes(1);

    /** When the person signed in. */
    public Instant issuedAt() {
        return expiresAt.minus(LASTS);
    }
}
