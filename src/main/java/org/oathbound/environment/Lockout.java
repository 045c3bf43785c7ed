package org.oathbound.environment;

import java.time.Duration;

/**
 * What wrong codes in a row lead to.
 *
 * @param limit the failure that begins the first cool-down; each further one begins the next, twice as long
 * @param coolDown how long the first takes
 */
public record Lockout(int limit, Duration coolDown) {

    static final int HIGHEST_LIMIT = 10;
    static final Duration SHORTEST_COOL_DOWN = Duration.ofSeconds(30);
    static final Duration LONGEST_COOL_DOWN = Duration.ofHours(24);
}
