package org.oathbound.environment;

import java.time.Duration;

/**
 * What wrong codes in a row lead to.
 *
 * @param limit the failure that begins the first cool-down; each further one begins the next, twice as long
 * @param coolDown how long the first takes
 */
public record Lockout(int limit, Duration coolDown) {}
