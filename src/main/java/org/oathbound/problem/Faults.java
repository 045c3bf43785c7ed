package org.oathbound.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with named values, so that one pass finds every fault of a request. */
public final class Faults {

    private final String path;
    private final List<Detail> found;

    public Faults() {
        this("", new ArrayList<>());
    }

    private Faults(String path, List<Detail> found) {
        this.path = path;
        this.found = found;
    }

    /** Collects into the same list for the members of an object, which are named with a dot, such as {@code totp.timeStep}. */
    public Faults within(String name) {
        return new Faults(path + name + ".", found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order in which they were found. */
    public List<Detail> all() {
        return List.copyOf(found);
    }

    public void add(DetailCode code, String name, String message) {
        add(code, name, message, Map.of());
    }

    public void add(DetailCode code, String name, String message, Map<String, Object> facts) {
        found.add(new Detail(code, path + name, message, facts));
    }

    public void add(Detail fault) {
        found.add(fault);
    }

    public void invalid(String name, String message) {
        add(DetailCode.INVALID_VALUE, name, message);
    }

    public void missing(String name) {
        add(DetailCode.REQUIRED_VALUE, name, "A value is required.");
    }

    public void tooLong(String name, int maximum) {
        add(
                DetailCode.SIZE_LIMIT_EXCEEDED,
                name,
                "The value is longer than " + maximum + " characters.",
                Map.of("maximumValue", maximum));
    }

    public void notMatching(String name, String message, String pattern) {
        add(DetailCode.INVALID_VALUE, name, message, Map.of("allowedPattern", pattern));
    }

    public void notOneOf(String name, List<?> allowed) {
        add(
                DetailCode.INVALID_VALUE,
                name,
                "The value must be one of " + allowed + ".",
                Map.of("allowedValues", allowed));
    }

    public void outOfRange(String name, long first, long last) {
        add(
                DetailCode.OUT_OF_RANGE,
                name,
                "The value must be from " + first + " to " + last + ".",
                Map.of("rangeMinimumValue", first, "rangeMaximumValue", last));
    }
}
