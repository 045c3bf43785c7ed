package org.oathbound.commandline.control;

import java.io.PrintStream;
import java.util.function.Supplier;

/** What is said, on standard error, when the process is interrupted while something is done. */
public final class InterruptMessage {

    private final PrintStream err;
    private final String said;

    public InterruptMessage(Terminal terminal, String text) {
        this.err = terminal.err();
        // In one write, on a line of its own, whatever was being drawn.
        this.said = (terminal.screen().columns().isPresent() ? "\n" : "") + text + "\n";
    }

    /** Does it, and says nothing if it comes to its end. */
    public <T> T whenInterruptedIn(Supplier<T> work) {
        Thread hook = new Thread(() -> err.print(said)); // loads nothing any more: the classes' files may be gone
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is being said.
        }
    }
}
