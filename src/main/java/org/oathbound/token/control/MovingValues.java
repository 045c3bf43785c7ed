package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Entry;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.FailureState.Waiting;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;

/** Those values of a token's entry that judging a code changes. What waits is written as its moment and its factors. */
final class MovingValues {

    private MovingValues() {}

    static FailureState failureState(Entry entry) {
        return new FailureState(
                (int) TokenEntry.number(entry, Schema.FAILURE_COUNT),
                TokenEntry.time(entry, Schema.LOCKED_UNTIL),
                waiting(entry.getAttributeValue(Schema.WAITING)),
                TokenEntry.time(entry, Schema.RESTORED_AT),
                TokenEntry.time(entry, Schema.LAST_LOGIN));
    }

    static NavigableSet<Long> unused(Entry entry) {
        String[] values = entry.getAttributeValues(Schema.UNUSED);
        return Stream.of(values == null ? new String[0] : values)
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entry with the token's moving values. */
    static Entry with(Entry seen, Token token) {
        Entry entry = seen.duplicate();
        FailureState failureState = token.failureState();
        entry.setAttribute(Schema.FAILURE_COUNT, Integer.toString(failureState.failures()));
        put(entry, Schema.LOCKED_UNTIL, failureState.lockedUntil());
        put(entry, Schema.RESTORED_AT, failureState.restoredAt());
        put(entry, Schema.LAST_LOGIN, failureState.lastUsedAt());
        entry.removeAttribute(Schema.WAITING);
        if (failureState.waiting() != null) {
            entry.setAttribute(Schema.WAITING, text(failureState.waiting()));
        }
        switch (token) {
            case HotpToken hotp -> TokenEntry.putFirstAllowed(entry, hotp.nextCounter());
            case TotpToken totp -> {
                TokenEntry.putFirstAllowed(entry, totp.lastStep() + 1);
                entry.setAttribute(Schema.TOTP_DRIFT, Integer.toString(totp.drift()));
            }
            case TemporaryToken temporary -> putUnused(entry, temporary.unused());
        }
        return entry;
    }

    static void putUnused(Entry entry, NavigableSet<Long> unused) {
        entry.removeAttribute(Schema.UNUSED);
        if (!unused.isEmpty()) {
            entry.setAttribute(
                    Schema.UNUSED, unused.stream().map(Object::toString).toList());
        }
    }

    private static void put(Entry entry, String attribute, @Nullable Instant time) {
        entry.removeAttribute(attribute);
        if (time != null) {
            entry.setAttribute(attribute, GeneralizedTime.of(time));
        }
    }

    private static @Nullable Waiting waiting(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ");
        return new Waiting(Stream.of(parts).skip(1).map(Long::valueOf).toList(), GeneralizedTime.parse(parts[0]));
    }

    private static String text(Waiting waiting) {
        return GeneralizedTime.of(waiting.since())
                + waiting.factors().stream().map(factor -> " " + factor).collect(Collectors.joining());
    }
}
