package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Entry;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.FailureState.Waiting;
import org.oathbound.token.entity.LineFailures;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;

/** Those values of a token's entry that judging a code changes. What waits is written as its moment and its factors. */
final class MovingValues {

    private MovingValues() {}

    static FailureState failureState(Entry entry) {
        return new FailureState(
                (int) Attributes.number(entry, Schema.FAILURE_COUNT),
                Attributes.timeOrNull(entry, Schema.LOCKED_UNTIL),
                waiting(entry.getAttributeValue(Schema.WAITING)),
                Attributes.timeOrNull(entry, Schema.RESTORED_AT),
                Attributes.timeOrNull(entry, Schema.LAST_LOGIN),
                Attributes.values(entry, Schema.ACCEPTED).stream()
                        .map(Long::valueOf)
                        .toList(),
                Attributes.values(entry, Schema.SHARED_FAILURES).stream()
                        .map(MovingValues::lineFailures)
                        .toList());
    }

    static NavigableSet<Long> unused(Entry entry) {
        return Attributes.values(entry, Schema.UNUSED).stream()
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entry with the token's moving values. */
    static Entry with(Entry seen, Token token) {
        FailureState failureState = token.failureState();
        Entry entry = Attributes.with(seen, Schema.FAILURE_COUNT, failureState.failures());
        Attributes.put(entry, Schema.LOCKED_UNTIL, failureState.lockedUntil());
        Attributes.put(entry, Schema.RESTORED_AT, failureState.restoredAt());
        Attributes.put(entry, Schema.LAST_LOGIN, failureState.lastUsedAt());
        Waiting waiting = failureState.waiting();
        Attributes.put(entry, Schema.WAITING, waiting == null ? null : text(waiting));
        Attributes.put(entry, Schema.ACCEPTED, failureState.accepted());
        Attributes.put(
                entry,
                Schema.SHARED_FAILURES,
                failureState.lines().stream().map(MovingValues::text).toList());
        switch (token) {
            case HotpToken hotp -> TokenEntry.putFirstAllowed(entry, hotp.nextCounter());
            case TotpToken totp -> {
                TokenEntry.putFirstAllowed(entry, totp.lastStep() + 1);
                Attributes.put(entry, Schema.TOTP_DRIFT, totp.drift());
            }
            case TemporaryToken temporary -> Attributes.put(entry, Schema.UNUSED, temporary.unused());
        }
        return entry;
    }

    private static @Nullable Waiting waiting(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ");
        return new Waiting(Stream.of(parts).skip(1).map(Long::valueOf).toList(), GeneralizedTime.parse(parts[0]));
    }

    private static LineFailures lineFailures(String text) {
        String[] parts = text.split(" ", -1);
        return new LineFailures(UUID.fromString(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static String text(LineFailures lines) {
        return lines.person() + " " + lines.counted() + " " + lines.takenBack();
    }

    private static String text(Waiting waiting) {
        return GeneralizedTime.of(waiting.since())
                + waiting.factors().stream().map(factor -> " " + factor).collect(Collectors.joining());
    }
}
