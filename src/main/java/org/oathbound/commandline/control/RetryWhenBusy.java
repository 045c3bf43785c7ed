package org.oathbound.commandline.control;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.oathbound.commandline.entity.ExitCode;

/** Asks again when the service can't answer now: as long as a restart takes, and no oftener than it asks for. */
public final class RetryWhenBusy {

    private static final long NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_MILLIS = 500;

    private RetryWhenBusy() {}

    /** What the service answers in the end; the last {@link Failure} when that takes too long. */
    public static <T> T ask(Supplier<T> request) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return request.get();
            } catch (Failure e) {
                if (e.exitCode() != ExitCode.TRY_LATER || System.nanoTime() - begun > NANOS) {
                    throw e;
                }
                pause(e instanceof Refusal refusal ? 1000L * refusal.retryAfter() : PAUSE_MILLIS);
            }
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(Math.max(0, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }
}
