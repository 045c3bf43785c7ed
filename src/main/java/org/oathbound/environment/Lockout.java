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
    /** Only the lock that no time ends lasts longer. */
    public static final Duration LONGEST_COOL_DOWN = Duration.ofHours(24);

    /** How long the cool-down is that so many failures in a row begin; zero below the limit. */
    public Duration after(int failures) {
        if (failures < limit) {
            return Duration.ZERO;
        }
        Duration duration = coolDown;
        for (int i = limit; i < failures && duration.compareTo(LONGEST_COOL_DOWN) < 0; i++) {
            duration = duration.multipliedBy(2);
        }
        return duration.compareTo(LONGEST_COOL_DOWN) < 0 ? duration : LONGEST_COOL_DOWN;
    }
}
