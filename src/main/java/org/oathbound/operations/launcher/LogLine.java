package org.oathbound.operations.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log: time (UTC), level, logger, message. Exceptions are a part of it, by their type and message;
 * unexpected ones of the product itself have their stack trace below.
 */
final class LogLine extends Formatter {

    @Override
    public String format(LogRecord record) {
        String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
        boolean ours = Console.isOurs(record);
        String message = formatMessage(record);
        StringBuilder line = new StringBuilder()
                .append(Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(record.getLevel().getName())
                .append(' ')
                .append(logger.substring(logger.lastIndexOf('.') + 1))
                .append(": ")
                .append(ours ? message : oneLine(message));
        @Nullable Throwable thrown = record.getThrown();
        if (thrown != null && ours) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            line.append(System.lineSeparator()).append(trace.toString().stripTrailing());
        } else {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                line.append(": ").append(oneLine(cause.toString()));
            }
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
