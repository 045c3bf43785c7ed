package org.oathbound.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The requests that are being answered, so that a stop can let them finish. As a bean: those of HTTP. */
@ApplicationScoped
public class InFlight {

    /** One party more than there are requests, until a thread waits for their end. */
    private final Phaser requests = new Phaser(1);

    private volatile boolean isEnding;

    /** Whether a request may begin: not once a stop waits. If so, {@link #end} must follow. */
    public boolean begin() {
        return !isEnding && requests.register() >= 0;
    }

    public void end() {
        requests.arriveAndDeregister();
    }

    /** Lets no more begin, and waits for those that have. False when they took longer. */
    public boolean awaitEnd(Duration atMost) {
        isEnding = true;
        try {
            requests.awaitAdvanceInterruptibly(
                    requests.arriveAndDeregister(), atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
