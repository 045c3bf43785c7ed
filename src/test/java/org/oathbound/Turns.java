package org.oathbound;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one of several members go on at a time, each on a thread of its own; at each step chance decides which, so that a
 * seed brings the same order again.
 */
public final class Turns {

    private static final int PATIENCE_SECONDS = 60;

    private final Random random;
    private final SortedMap<String, Semaphore> waiting = new TreeMap<>();
    private int members;

    /** @param members how many take part, from the start until each leaves */
    public Turns(int members, Random random) {
        this.members = members;
        this.random = random;
    }

    /** Waits until it is this member's turn; the turn lasts until its next step. */
    public void step(String member) {
        Semaphore deadline = new Semaphore(0);
        arrive(member, deadline);
        try {
            if (!deadline.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(member + " waits for its turn, in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The member takes part no more. */
    public synchronized void leave() {
        members--;
        passOn();
    }

    private synchronized void arrive(String member, Semaphore deadline) {
        waiting.put(member, deadline);
        passOn();
    }

    /** When everybody waits, somebody goes on. */
    private void passOn() {
        if (!waiting.isEmpty() && waiting.size() == members) {
            waiting.remove(List.copyOf(waiting.keySet()).get(random.nextInt(members)))
                    .release();
        }
    }
}
