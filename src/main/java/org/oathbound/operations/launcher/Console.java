package org.oathbound.operations.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.oathbound.tls.TlsSettings;

/**
 * Shows the log: the product's lines, and those of the server from the level on that {@value #SERVER_LOG} names. By the
 * handler, for the server sets levels at loggers of its own.
 */
public final class Console extends ConsoleHandler {

    /** A level as {@code java.util.logging} names it. */
    static final String SERVER_LOG = "oathbound.log.server";

    private static final String PRODUCT = "org.oathbound";
    private static final int FRAMES_OF_CAUSE = 10;

    /** Warnings of every start that mean nothing: this one, that the path of the root application is empty. */
    private static final String HARMLESS = "Context path from ServletContext: ";

    /** The server's lines of a start that has not come to its end: null afterwards. */
    private static final AtomicReference<@Nullable Queue<LogRecord>> HELD_BACK =
            new AtomicReference<>(new ConcurrentLinkedQueue<>());

    /** Where the application was refused for a reason of its own, only the server logs the reason. */
    private static final AtomicReference<@Nullable String> REASON = new AtomicReference<>();

    private static volatile boolean serverIsSilent;

    private final Level server = serverLevel();

    public Console() {
        setLevel(Level.ALL);
        setFormatter(new LogLine());
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        return super.isLoggable(record) && (isOurs(record) || isShown(record));
    }

    /** What the server says of a start is shown when the start is over: where it fails for a known reason, not at all. */
    @Override
    public void publish(LogRecord record) {
        noteReason(record.getThrown());
        @Nullable Queue<LogRecord> held = HELD_BACK.get();
        if (held == null || isOurs(record) || TlsSettings.ofProcess(SERVER_LOG).isPresent()) {
            super.publish(record);
        } else if (isLoggable(record)) {
            held.add(record);
        }
    }

    /** The last of ours among its causes: what the container wraps around it says nothing, nor what a library says below. */
    private static void noteReason(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (isThrownByUs(cause)) {
                REASON.set(cause.getMessage());
            }
        }
    }

    /** Shows what was held back: the start is over. */
    static void startIsOver() {
        @Nullable Queue<LogRecord> held = HELD_BACK.getAndSet(null);
        if (held != null) {
            Console console = new Console();
            held.forEach(console::publish);
        }
    }

    /** The message of the last exception that was thrown by the product and logged by the server. */
    static Optional<String> lastReason() {
        return Optional.ofNullable(REASON.get());
    }

    /** From now on the server's lines are not shown: it is being ended. */
    static void silenceServer() {
        serverIsSilent = true;
    }

    private static boolean isThrownByUs(Throwable e) {
        return (e instanceof IllegalStateException || e instanceof IllegalArgumentException)
                && Arrays.stream(e.getStackTrace()).limit(FRAMES_OF_CAUSE).anyMatch(frame -> frame.getClassName()
                        .startsWith(PRODUCT));
    }

    private boolean isShown(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        return !serverIsSilent
                && record.getLevel().intValue() >= server.intValue()
                && (server.intValue() < Level.WARNING.intValue() || !message.startsWith(HARMLESS));
    }

    static boolean isOurs(LogRecord record) {
        return record.getLoggerName() != null && record.getLoggerName().startsWith(PRODUCT);
    }

    /** @throws IllegalArgumentException when the configured one is none */
    static Level serverLevel() {
        String text = TlsSettings.ofProcess(SERVER_LOG).orElse("WARNING");
        try {
            return Level.parse(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    SERVER_LOG + " must be OFF, SEVERE, WARNING, INFO, CONFIG, FINE, FINER, FINEST or ALL, not \""
                            + text + "\".",
                    e);
        }
    }
}
