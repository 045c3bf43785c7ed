package org.oathbound.token.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * A person's device that a token serves.
 *
 * @param begunAt when the pairing began, to the millisecond; it counts once the person's enrolment lists the device
 */
public record Pairing(UUID person, UUID device, Instant begunAt) {}
