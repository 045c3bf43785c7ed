package org.oathbound.http;

import java.util.UUID;

/** Another resource, by its id. */
public record Reference(UUID id) {}
