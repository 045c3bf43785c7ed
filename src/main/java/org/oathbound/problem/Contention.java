package org.oathbound.problem;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** What to do when a compare-and-set was lost to another writer: read and decide again, for a while. */
public final class Contention {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int LONGEST_PAUSE_MILLIS = 20;

    private Contention() {}

    /**
     * Tries until an attempt yields something, with a random pause between two of them.
     *
     * @param attempt reads, decides, writes; empty when the write was lost to another
     * @throws Problem.Unavailable busy, when none has succeeded within 5 seconds
     */
    public static <T> T settle(Supplier<Optional<T>> attempt) {
        long started = System.nanoTime();
        while (true) {
            Optional<T> outcome = attempt.get();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (System.nanoTime() - started > DEADLINE.toNanos()) {
                throw Problem.Unavailable.busy("Too many others are changing the same entry.", Duration.ofSeconds(1));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("The service is stopping.", Duration.ofSeconds(5));
        }
    }
}
