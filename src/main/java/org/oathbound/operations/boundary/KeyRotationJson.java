package org.oathbound.operations.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Link;
import org.oathbound.sealing.KeyFact;
import org.oathbound.sealing.KeyFact.Purpose;
import org.oathbound.sealing.KeyFact.Use;
import org.oathbound.sealing.SealingRotation.Progress;

/**
 * How far the rotation to a key has come. It is read from the keys and the values, so a restart changes nothing of it.
 *
 * @param id that of the key
 * @param usedFrom when the key begins to sign
 * @param othersUntil when the last of the others ceases to verify
 */
public record KeyRotationJson(
        @JsonbProperty("_links") Map<String, Link> links,
        String id,
        Purpose purpose,
        Status status,
        @Nullable Instant createdAt,
        @Nullable Instant usedFrom,
        @Nullable Instant othersUntil,
        @Nullable Values values) {

    /** Where a rotation stands. */
    public enum Status {
        RUNNING,
        DONE,
        /** A later rotation has taken its place. */
        REPLACED
    }

    /**
     * How many sealed values there are.
     *
     * @param unreadable those that no key opens; the others' keys stay while there are any
     */
    public record Values(int underThisKey, int underOtherKeys, int unreadable) {}

    static KeyRotationJson sealing(
            KeyFact key, List<KeyFact> others, boolean keysAreOurs, Progress progress, Map<String, Link> links) {
        int left = progress.underOthersThan(key.id());
        boolean done = left == 0 && (others.isEmpty() || !keysAreOurs);
        Values values = new Values(progress.under(key.id()), left, progress.unreadable());
        return new KeyRotationJson(
                links, key.id(), key.purpose(), status(key, done), key.createdAt(), null, null, values);
    }

    static KeyRotationJson signing(KeyFact key, List<KeyFact> others, Map<String, Link> links) {
        Instant until = others.stream()
                .map(KeyFact::usedUntil)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        boolean done = key.use() == Use.IN_USE && others.isEmpty();
        return new KeyRotationJson(
                links, key.id(), key.purpose(), status(key, done), key.createdAt(), key.usedFrom(), until, null);
    }

    private static Status status(KeyFact key, boolean done) {
        if (key.use() == Use.FORMER) {
            return Status.REPLACED;
        }
        return done ? Status.DONE : Status.RUNNING;
    }
}
