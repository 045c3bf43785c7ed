package org.oathbound.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.oathbound.problem.Problem;

/** Hashes secrets and passwords of those who come without an access token, a few at once ({@link HashingLimit}). */
@ApplicationScoped
public class SlowHash {

    /** A hash to be stored. */
    public String of(String secret) {
        return PasswordHash.of(secret);
    }

    /** A hash to be stored, of a secret that shall be good beside another one for a while; one hash compares with both. */
    public String beside(String other, String secret) {
        return PasswordHash.beside(other, secret);
    }

    /**
     * Whether a secret is the one that was stored; takes as long where nothing was, and is no then.
     *
     * @param stored empty where there is nothing to compare with
     * @throws Problem.Unavailable when too many are asking at once
     */
    public boolean matches(String stored, String secret) {
        return isAnyOf(stored.isEmpty() ? List.of() : List.of(stored), secret);
    }

    /** The same of several that are good, each stored {@linkplain #beside beside} the one before. */
    public boolean isAnyOf(List<String> stored, String secret) {
        return HashingLimit.hash(() -> PasswordHash.isAnyOf(stored, secret));
    }
}
