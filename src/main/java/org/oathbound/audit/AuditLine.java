package org.oathbound.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a line together: its members in their order, without those that are null, the hash last. */
final class AuditLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder(400);

    AuditLine(long sequence, Instant now) {
        text.append("{\"seq\":").append(sequence);
        with("time", TIME.format(now));
    }

    /** Adds the members of an event, its context, and of how many calls it tells. */
    AuditLine with(RecordedEvent recorded) {
        with(recorded.event(), recorded.context());
        return recorded.count() == 0 ? this : with("count", recorded.count());
    }

    /** Adds the members of an event and its context. */
    AuditLine with(AuditEvent event, AuditContext context) {
        return with("environment", event.environment() == null ? context.environment() : event.environment())
                .with("actor", context.actor())
                .with("action", event.action())
                .with("object", event.object())
                .with("outcome", event.outcome())
                .with("reason", event.reason())
                .with("person", event.person())
                .with("device", event.device())
                .with("token", event.token())
                .with("breakGlass", event.breakGlass())
                .with("ticket", context.ticket())
                .with("correlationId", context.correlationId())
                .with("address", context.address());
    }

    AuditLine with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(",\"").append(name).append("\":");
            LineText.append(text, value.toString());
        }
        return this;
    }

    AuditLine with(String name, long value) {
        text.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    /** The line as far as its hash. */
    byte[] body() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole line. */
    static byte[] closed(byte[] body, String hash) {
        byte[] end = (",\"hash\":\"" + hash + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(body, body.length + end.length);
        System.arraycopy(end, 0, line, body.length, end.length);
        return line;
    }

    /**
     * A line as it stands in a file, without its end.
     *
     * @param text as far as its hash
     * @param torn bytes before it that are no line, if it says so; else 0
     * @param previous the hash of the line before, if it says so
     */
    record Read(
            long sequence,
            String text,
            String hash,
            long torn,
            @Nullable String previous) {

        private static final int END_LENGTH = ",\"hash\":\"\"}".length() + 43;
        private static final Pattern END = Pattern.compile(",\"hash\":\"(" + Chain.HASH_PATTERN + ")\"}");
        private static final Pattern SEQUENCE = Pattern.compile("\\{\"seq\":([0-9]{1,18}),");
        private static final Pattern TORN = Pattern.compile(",\"torn\":([0-9]{1,18})(,|$)");
        private static final Pattern PREVIOUS = Pattern.compile(",\"previous\":\"(" + Chain.HASH_PATTERN + "|)\"");

        /** Null for what is no line of ours. A quote inside a value has a backslash before it, so none is taken for a member. */
        static @Nullable Read parse(byte[] bytes) {
            String line = new String(bytes, StandardCharsets.ISO_8859_1);
            int length = line.length() - END_LENGTH;
            Matcher sequence = SEQUENCE.matcher(line);
            if (length < 0 || !sequence.lookingAt()) {
                return null;
            }
            Matcher hash = END.matcher(line.substring(length));
            if (!hash.matches()) {
                return null;
            }
            String text = line.substring(0, length);
            Matcher torn = TORN.matcher(text);
            Matcher previous = PREVIOUS.matcher(text);
            return new Read(
                    Long.parseLong(sequence.group(1)),
                    text,
                    hash.group(1),
                    torn.find() ? Long.parseLong(torn.group(1)) : 0,
                    previous.find() ? previous.group(1) : null);
        }

        byte[] body() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        boolean tellsOf(Action action) {
            return text.contains(",\"action\":\"" + action + "\"");
        }

        boolean has(Outcome outcome) {
            return text.contains(",\"outcome\":\"" + outcome + "\"");
        }

        /** What it was done to, where that has nothing to escape; else empty. */
        String object() {
            Matcher object =
                    Pattern.compile(",\"object\":\"([A-Za-z0-9._-]*)\"").matcher(text);
            return object.find() ? object.group(1) : "";
        }
    }
}
