package org.oathbound;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine it runs on: without it the test is skipped, and where everything must run it fails. */
public final class Machine {

    private Machine() {}

    /** Whether there is such a command, and it ends well. */
    public static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Skips the test, or fails it, where something is missing.
     *
     * @param there whether the machine has it
     * @param what it is, and how to get it
     */
    public static void mustHave(boolean there, String what) {
        if (!there && "true".equals(System.getenv("OATHBOUND_CI"))) {
            throw new AssertionError("No test may be skipped here, and this one needs " + what);
        }
        Assumptions.assumeTrue(there, () -> "It needs " + what);
    }
}
