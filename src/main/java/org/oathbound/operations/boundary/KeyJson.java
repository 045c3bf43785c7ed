package org.oathbound.operations.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.sealing.KeyFact;
import org.oathbound.sealing.KeyFact.Purpose;
import org.oathbound.sealing.SealingRotation.Progress;

/**
 * What is told of a key; never the key.
 *
 * @param use one of {@link KeyFact.Use}, or {@code MISSING}: values name it, and the key set does not have it
 * @param values how many values are under it, of a key that seals
 */
public record KeyJson(
        String id,
        Purpose purpose,
        String use,
        @Nullable Instant createdAt,
        @Nullable Instant usedFrom,
        @Nullable Instant usedUntil,
        @Nullable Integer values) {

    static List<KeyJson> all(List<KeyFact> facts, Progress progress) {
        Set<String> sealing = facts.stream()
                .filter(fact -> fact.purpose() == Purpose.SEALING)
                .map(KeyFact::id)
                .collect(Collectors.toSet());
        Stream<KeyJson> missing = progress.counts().entrySet().stream()
                .filter(count -> !sealing.contains(count.getKey()))
                .map(count ->
                        new KeyJson(count.getKey(), Purpose.SEALING, "MISSING", null, null, null, count.getValue()));
        return Stream.concat(facts.stream().map(fact -> of(fact, progress)), missing)
                .toList();
    }

    private static KeyJson of(KeyFact fact, Progress progress) {
        return new KeyJson(
                fact.id(),
                fact.purpose(),
                fact.use().name(),
                fact.createdAt(),
                fact.usedFrom(),
                fact.usedUntil(),
                fact.purpose() == Purpose.SEALING ? (Integer) progress.under(fact.id()) : null);
    }
}
