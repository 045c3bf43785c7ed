package org.oathbound.sealing;

import java.util.UUID;

/**
 * What a sealed value belongs to; it opens for nothing else.
 *
 * @param environment the environment of the entry
 * @param id the entry: a token's id, or a chunk of a job
 * @param life the life of the entry; a token that is revoked and created again begins another
 */
public record Binding(UUID environment, String id, String life) {}
