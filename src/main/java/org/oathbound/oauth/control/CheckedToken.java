package org.oathbound.oauth.control;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;

/**
 * An access token whose signature and claims are right.
 *
 * @param issuer whose it is
 * @param keyId the {@code kid} of the key that has signed it
 */
record CheckedToken(TokenIssuer issuer, String keyId, JWTClaimsSet claims) {

    Instant expiresAt() {
        return claims.getExpirationTime().toInstant();
    }

    @Override
    public String toString() {
        return "CheckedToken[" + claims.getJWTID() + "]";
    }
}
