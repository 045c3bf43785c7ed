package org.oathbound.password;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/** Derives keys of files from passwords, each of which may take up to a minute: never more than one at a time. */
public final class KeyDerivation {

    private static final Semaphore ONE = new Semaphore(1, true);

    private KeyDerivation() {}

    /**
     * Derives a key, as one of the slow hashes; where only one of those is computed at a time, beside it, for nobody could sign in
     * meanwhile.
     *
     * @throws Problem.Unavailable when another key is being derived
     */
    public static <T> T derive(Supplier<T> work) {
        if (!isFree()) {
            throw new Problem.Unavailable("The key of another file is being derived.", HashQueue.PATIENCE);
        }
        try {
            return HashQueue.AT_ONCE > 1 ? HashQueue.SHARED.compute(ClientNetwork.UNKNOWN, false, work) : work.get();
        } finally {
            ONE.release();
        }
    }

    private static boolean isFree() {
        try {
            return ONE.tryAcquire(HashQueue.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
