package org.oathbound.directory;

import com.unboundid.util.StaticUtils;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.oathbound.problem.Problem;

/** Instants in LDAP's generalized time (RFC 4517 section 3.3.13), UTC, with milliseconds. */
public final class GeneralizedTime {

    private GeneralizedTime() {}

    public static String of(Instant instant) {
        return StaticUtils.encodeGeneralizedTime(instant.toEpochMilli());
    }

    /** The moment that it is by a clock, as exact as it is stored: what is written now is equal to what is read then. */
    public static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Reads a stored time; {@link Problem.Corrupt} when it is none. */
    public static Instant parse(String text) {
        try {
            return StaticUtils.decodeGeneralizedTime(text).toInstant();
        } catch (ParseException e) {
            throw new Problem.Corrupt("A stored time can't be read: " + text);
        }
    }
}
