package org.oathbound.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/**
 * Who computes the next slow hash, when more ask than can be served. Networks take {@linkplain Turns turns}. Whoever was right
 * lately goes first, three times of four; so neither can keep the other out. Nobody waits for longer than {@link #PATIENCE}, nor
 * gives up before half of it; when too many wait, the last one of the site that has most gives way.
 */
final class HashQueue {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The other processors serve those who have an access token. */
    static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** Of this process. */
    static final HashQueue SHARED = new HashQueue(AT_ONCE);

    /** Each of them holds a thread. */
    static final int MAX_WAITING = 256;

    private static final int KNOWN_IN_A_ROW = 3;

    private final int atOnce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Turns<Waiter> known = new Turns<>();
    private final Turns<Waiter> others = new Turns<>();
    private int running;
    private int knownInARow;

    /** @param atOnce how many are computed at the same time */
    HashQueue(int atOnce) {
        this.atOnce = atOnce;
    }

    private enum State {
        WAITS,
        RUNS,
        GIVES_WAY
    }

    private final class Waiter {

        private final Condition change = lock.newCondition();
        private State state = State.WAITS;

        void become(State next) {
            state = next;
            change.signal();
        }
    }

    /**
     * Computes something when its turn comes.
     *
     * @param isKnown whether this one was right lately
     * @throws Problem.Unavailable when its turn does not come in time
     */
    <T> T compute(ClientNetwork from, boolean isKnown, Supplier<T> work) {
        await(from, isKnown ? known : others);
        try {
            return work.get();
        } finally {
            end();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return known.size() + others.size();
        } finally {
            lock.unlock();
        }
    }

    private void await(ClientNetwork from, Turns<Waiter> turns) {
        lock.lock();
        try {
            Waiter waiter = new Waiter();
            makeRoom(from, turns);
            turns.add(from, waiter);
            start();
            if (!isGranted(waiter, turns == known ? PATIENCE.toNanos() : ofAStranger())) {
                turns.remove(from, waiter);
                throw tooMany();
            }
        } finally {
            lock.unlock();
        }
    }

    /** In nanoseconds: not the same for all, so that a crowd does not come again at once. */
    private static long ofAStranger() {
        return ThreadLocalRandom.current().nextLong(PATIENCE.toNanos() / 2, PATIENCE.toNanos());
    }

    private static boolean isGranted(Waiter waiter, long atMost) {
        long nanos = atMost;
        try {
            while (waiter.state == State.WAITS && nanos > 0) {
                nanos = waiter.change.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waiter.state == State.RUNS;
    }

    private void makeRoom(ClientNetwork from, Turns<Waiter> turns) {
        if (turns.size() >= MAX_WAITING) {
            turns.lastOfLargest(turns.of(from) + 1)
                    .orElseThrow(HashQueue::tooMany)
                    .become(State.GIVES_WAY);
        }
    }

    private void end() {
        lock.lock();
        try {
            running--;
            start();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock. */
    private void start() {
        while (running < atOnce) {
            Optional<Waiter> next = next();
            if (next.isEmpty()) {
                return;
            }
            running++;
            next.get().become(State.RUNS);
        }
    }

    private Optional<Waiter> next() {
        boolean isTurnOfOthers = knownInARow >= KNOWN_IN_A_ROW && others.size() > 0;
        if (known.size() > 0 && !isTurnOfOthers) {
            knownInARow++;
            return known.next();
        }
        knownInARow = 0;
        return others.next();
    }

    private static Problem.Unavailable tooMany() {
        return new Problem.Unavailable("Too many ask for access at once.", PATIENCE);
    }
}
