package org.oathbound.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many of something go on for each of many callers at the same time. Holds only those for whom something does. */
final class AtOnce {

    private final int most;
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    /** @param most of one caller */
    AtOnce(int most) {
        this.most = most;
    }

    /** Whether one more may begin; if so, {@link #end} must follow. */
    boolean begin(String caller) {
        if (counts.merge(caller, 1, Integer::sum) <= most) {
            return true;
        }
        end(caller);
        return false;
    }

    void end(String caller) {
        counts.computeIfPresent(caller, (any, count) -> count == 1 ? null : count - 1);
    }
}
