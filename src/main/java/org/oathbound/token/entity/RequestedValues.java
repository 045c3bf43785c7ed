package org.oathbound.token.entity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;

/**
 * Looks at the values of a request by name. What could not be read is told as a fault when its name is looked at, and not
 * as missing.
 *
 * @param unread why values could not be read
 * @param faults where faults are put
 * @param names those that were looked at
 */
record RequestedValues(List<Detail> unread, Faults faults, Set<String> names) {

    RequestedValues(List<Detail> unread, Faults faults) {
        this(unread, faults, new HashSet<>());
    }

    /** Tells the faults of names that were not looked at. */
    void tellRest() {
        unread.stream().filter(fault -> !names.contains(fault.target())).forEach(faults::add);
    }

    boolean isSaid(String name, @Nullable Object value) {
        return value != null || !unread(name).isEmpty();
    }

    <T> @Nullable T optional(String name, @Nullable T value) {
        unread(name).forEach(faults::add);
        return value;
    }

    /** An object of which a part could not be read is not missing as well. */
    <T> @Nullable T required(String name, @Nullable T value) {
        boolean isInPart = unread.stream().map(Detail::target).anyMatch(at -> at != null && at.startsWith(name + "."));
        if (!isSaid(name, value) && !isInPart) {
            faults.missing(name);
        }
        return optional(name, value);
    }

    @Nullable
    String oneOf(String name, @Nullable String value, List<String> allowed) {
        String text = required(name, value);
        if (text == null || allowed.contains(text)) {
            return text;
        }
        faults.notOneOf(name, allowed);
        return null;
    }

    /** What is no number is none of those that are allowed. */
    @Nullable
    Integer oneOf(String name, @Nullable Long value, Integer... allowed) {
        List<Detail> open = unread(name).stream()
                .filter(fault -> fault.code() == DetailCode.REQUIRED_VALUE)
                .toList();
        if (value == null && !open.isEmpty()) {
            open.forEach(faults::add); // which says how it can be said
            return null;
        }
        if (!isSaid(name, value)) {
            faults.missing(name);
            return null;
        }
        for (Integer number : allowed) {
            if (value != null && value == number.longValue()) {
                return number;
            }
        }
        faults.notOneOf(name, List.of(allowed));
        return null;
    }

    @Nullable
    Long inRange(String name, @Nullable Long value, long first, long last) {
        Long number = optional(name, value);
        if (number == null || (first <= number && number <= last)) {
            return number;
        }
        faults.outOfRange(name, first, last);
        return null;
    }

    private List<Detail> unread(String name) {
        names.add(name);
        return unread.stream().filter(fault -> name.equals(fault.target())).toList();
    }
}
