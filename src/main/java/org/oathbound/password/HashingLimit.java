package org.oathbound.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/**
 * How many slow hashes this process computes at once: half of the processors may hash, the others serve those who have an access
 * token.
 */
public final class HashingLimit {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Semaphore HASHING =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** A key is derived from a password in up to a minute: never more than one at a time. */
    private static final Semaphore DERIVING = new Semaphore(1, true);

    private HashingLimit() {}

    /** Computes a hash; {@link Problem.Unavailable} when too many are asking at once. */
    static <T> T hash(Supplier<T> work) {
        return within(HASHING, work);
    }

    /** Derives the key of a file, which counts as a hash; {@link Problem.Unavailable} as for a hash, and beside another one. */
    public static <T> T derive(Supplier<T> work) {
        return within(DERIVING, () -> within(HASHING, work));
    }

    private static <T> T within(Semaphore permits, Supplier<T> work) {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static Problem.Unavailable tooMany() {
        return new Problem.Unavailable("Too many ask for access at once.", PATIENCE);
    }
}
