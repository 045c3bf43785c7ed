package org.oathbound.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.oathbound.problem.Problem;

/**
 * Hashes secrets and passwords of those who come without an access token, a few at once: half of the processors may hash,
 * the others serve those who have one.
 */
@ApplicationScoped
public class SlowHash {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** A hash to be stored. */
    public String of(String secret) {
        return PasswordHash.of(secret);
    }

    /**
     * Whether a secret is the one that was stored; takes as long where nothing was, and is no then.
     *
     * @param stored empty where there is nothing to compare with
     * @throws Problem.Unavailable when too many are asking at once
     */
    public boolean matches(String stored, String secret) {
        try {
            if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return stored.isEmpty() ? PasswordHash.matchesNobody(secret) : PasswordHash.matches(stored, secret);
        } finally {
            hashing.release();
        }
    }

    private static Problem.Unavailable tooMany() {
        return new Problem.Unavailable("Too many ask for access at once.", PATIENCE);
    }
}
