package org.oathbound.operations.launcher;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What the value of a property has to be.
 *
 * @param wanted how a message names it, after "must be"
 * @param accepts whether a value that is not empty is one
 */
record ValueKind(String wanted, Predicate<String> accepts) {

    /** The place of use may still refuse it. */
    static final ValueKind TEXT = new ValueKind("a text", text -> true);

    /** Like a text, so that no message ever shows one. */
    static final ValueKind SECRET = new ValueKind("a secret", text -> true);

    static final ValueKind PORT = new ValueKind("a port from 0 to 65535", text -> isNumber(text, 0, 0xFFFF));

    static final ValueKind BOOLEAN =
            new ValueKind("true or false", text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));

    static final ValueKind DURATION =
            new ValueKind("a duration of ISO 8601, such as PT10M for minutes or P7D for days", ValueKind::isDuration);

    static final ValueKind UUID = new ValueKind("a UUID", matching(KnownProperties.UUID));

    /** Further rules are those of the place of use. */
    static final ValueKind URL =
            new ValueKind("an absolute http or https URL", matching("(?i:https?)://[^/?#\\s]+[^\\s]*"));

    /** What links and issuers begin with: it has no query and no fragment. */
    static final ValueKind BASE_URL =
            new ValueKind("an absolute http or https URL", matching("https?://[^/?#\\s]+[^?#\\s]*"));

    static final ValueKind ADDRESS =
            new ValueKind("an IP address or a host name", matching("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+(%\\w+)?]?"));

    static final ValueKind NETWORKS = new ValueKind(
            "addresses and networks, such as 10.0.0.0/8, with commas between", text -> Arrays.stream(text.split(","))
                    .map(String::strip)
                    .allMatch(part -> part.matches("([0-9A-Fa-f:.]+(/[0-9]{1,3})?)?")));

    static ValueKind number(long from, long to) {
        return new ValueKind("a whole number from " + from + " to " + to, text -> isNumber(text, from, to));
    }

    private static Predicate<String> matching(String pattern) {
        return text -> text.matches(pattern);
    }

    private static boolean isNumber(String text, long from, long to) {
        if (!text.matches("[0-9]{1,19}")) {
            return false;
        }
        try {
            long number = Long.parseLong(text);
            return from <= number && number <= to;
        } catch (NumberFormatException e) {
            return false; // more than a long
        }
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
