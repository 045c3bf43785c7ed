package org.oathbound.token.entity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Faults;

/**
 * What is to be told about tokens from now on.
 *
 * @param names which values change, of {@link #NAMES}; one that is null then is removed
 */
public record LabelChange(
        Set<String> names,
        @Nullable String location,
        @Nullable String note,
        @Nullable Instant expiresAt) {

    /** What can be changed, as the API spells it. */
    public static final Set<String> NAMES = Set.of("location", "note", "expiresAt");

    public static final int MAX_LOCATION_LENGTH = 100;
    public static final int MAX_NOTE_LENGTH = 500;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /**
     * Checks what a request says.
     *
     * @param texts by the names of the API; an empty one removes the value
     */
    public static LabelChange read(Map<String, String> texts, Faults faults) {
        return new LabelChange(
                new TreeSet<>(texts.keySet()),
                text("location", texts.get("location"), MAX_LOCATION_LENGTH, faults),
                text("note", texts.get("note"), MAX_NOTE_LENGTH, faults),
                texts.getOrDefault("expiresAt", "").isEmpty()
                        ? null
                        : time("expiresAt", texts.get("expiresAt"), faults));
    }

    /** The label after the change. */
    public NewToken.Label applied(NewToken.Label before) {
        return new NewToken.Label(
                before.rowNumber(),
                before.manufacturer(),
                before.model(),
                names.contains("expiresAt") ? expiresAt : before.expiresAt(),
                names.contains("location") ? location : before.location(),
                names.contains("note") ? note : before.note());
    }

    /** One line of text; null for an empty one. */
    static @Nullable String text(String name, @Nullable String text, int maximum, Faults faults) {
        String trimmed = text == null ? "" : text.strip();
        if (trimmed.length() > maximum) {
            faults.tooLong(name, maximum);
        } else if (trimmed.chars().anyMatch(Character::isISOControl)) {
            faults.invalid(name, "Control characters are not allowed.");
        }
        return trimmed.isEmpty() ? null : trimmed;
    }

    static @Nullable Instant time(String name, @Nullable String text, Faults faults) {
        try {
            Instant instant = text == null ? null : Instant.parse(text);
            if (instant == null || !(instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST))) {
                return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            // It is no time of ours either.
        }
        faults.invalid(name, "The time must be like 2030-12-31T00:00:00.000Z, from 1970.");
        return null;
    }
}
