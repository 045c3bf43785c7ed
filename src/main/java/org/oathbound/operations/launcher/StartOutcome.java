package org.oathbound.operations.launcher;

import java.lang.System.Logger;
import java.util.Optional;

/**
 * Tells the launcher, which is in another class loader, what became of the application's start. It is in the JVM's system
 * properties, as values of types that both know.
 */
public final class StartOutcome {

    private static final String LAUNCHED = "org.oathbound.launched";
    private static final String STARTED = "org.oathbound.started";
    private static final String FAILED = "org.oathbound.failed";

    private StartOutcome() {}

    /** The launcher says that it is there. */
    static void expect() {
        System.setProperty(LAUNCHED, "true");
    }

    /**
     * The application has started.
     *
     * @param whenPortsAreOpen what is to be done once clients can connect: at once where no launcher opens the ports later
     */
    public static void started(Runnable whenPortsAreOpen) {
        if (System.getProperty(LAUNCHED) == null) {
            whenPortsAreOpen.run();
        } else {
            System.getProperties().put(STARTED, whenPortsAreOpen);
        }
    }

    /**
     * The application can't start. Where there is a launcher, it says why as the last line on the screen; elsewhere the log
     * does.
     *
     * @param why a sentence
     */
    public static void failed(String why, Logger log) {
        if (System.getProperty(LAUNCHED) == null) {
            log.log(Logger.Level.ERROR, "{0}", cannotStart(why));
        } else {
            System.setProperty(FAILED, why);
        }
    }

    /** The action to run once clients can connect; empty when the application has not started. */
    static Optional<Runnable> whenPortsAreOpen() {
        return System.getProperties().get(STARTED) instanceof Runnable runnable
                ? Optional.of(runnable)
                : Optional.empty();
    }

    static Optional<String> failure() {
        return Optional.ofNullable(System.getProperty(FAILED));
    }

    static String cannotStart(String why) {
        return "Oathbound can't start. " + why;
    }
}
