package org.oathbound.token.entity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A person's device that a token serves.
 *
 * @param begunAt when the pairing began, to the millisecond; it counts once the person's enrolment lists the device
 */
public record Pairing(UUID person, UUID device, Instant begunAt) {

    /** Whose they are. */
    public static Set<UUID> persons(List<Pairing> pairings) {
        return pairings.stream().map(Pairing::person).collect(Collectors.toUnmodifiableSet());
    }
}
