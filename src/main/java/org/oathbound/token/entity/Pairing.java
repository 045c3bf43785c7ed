package org.oathbound.token.entity;

import java.util.UUID;

/** A person's device that a token serves. */
public record Pairing(UUID person, UUID device) {}
