package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * What clients know of things, by their names: for each the values that were asked for, in their order, and the earliest
 * that it may still have. One thread asks for the values of a name, one after the other; any thread may read them.
 */
final class Ledger {

    /** The value of what is not there. */
    static final String ABSENT = "";

    private final ConcurrentNavigableMap<String, Course> courses = new ConcurrentSkipListMap<>();

    /** Begins with a name that nobody has asked anything of. */
    void expect(String name) {
        courses.put(name, new Course());
    }

    /** Noted before the request is sent. */
    void asks(String name, String value) {
        course(name).asks(value);
    }

    /** Noted when the request is answered: nobody may be shown an earlier value any more. */
    void answered(String name) {
        course(name).answered();
    }

    /** The value that was asked for last. */
    String latest(String name) {
        return course(name).latest();
    }

    /** Some name that begins so; rather one that is being changed, of which a reader might be told too early. */
    String any(String prefix, Random random) {
        List<String> names =
                List.copyOf(courses.subMap(prefix, prefix + '\uffff').keySet());
        List<String> changing =
                names.stream().filter(name -> course(name).isChanging()).toList();
        List<String> some = changing.isEmpty() || random.nextInt(4) == 0 ? names : changing;
        return some.get(random.nextInt(some.size()));
    }

    /** Noted before a reader asks: the earliest that it may be shown, of each name that begins so. */
    Map<String, Integer> earliest(String prefix) {
        Map<String, Integer> earliest = new HashMap<>();
        courses.subMap(prefix, prefix + '\uffff').forEach((name, course) -> earliest.put(name, course.earliest()));
        return earliest;
    }

    /** Noted when a reader has been shown a value, or only something about it. */
    void shown(String name, Predicate<String> value, int earliest, String what) {
        course(name).shown(value, earliest, name + " is " + what);
    }

    /** As {@link #shown}, for all names of {@link #earliest}: what is not among the values is not there. */
    void shown(Map<String, String> values, Map<String, Integer> earliest) {
        assertThat(values.keySet().stream().filter(name -> !courses.containsKey(name)))
                .as("what nobody ever asked for")
                .isEmpty();
        earliest.forEach((name, from) -> {
            String value = values.getOrDefault(name, ABSENT);
            shown(name, value::equals, from, describe(value));
        });
    }

    /** What there is after a start: each as somebody was told, or as somebody asked since, and nothing is under way. */
    void settle(String prefix, Map<String, String> values) {
        shown(values, earliest(prefix));
        courses.subMap(prefix, prefix + '\uffff')
                .forEach((name, course) -> course.settle(values.getOrDefault(name, ABSENT)));
    }

    static String describe(String value) {
        return value.equals(ABSENT) ? "not there" : value;
    }

    private Course course(String name) {
        Course course = courses.get(name);
        if (course == null) {
            throw new AssertionError("Nobody ever asked for " + name);
        }
        return course;
    }

    private static final class Course {
        private final List<String> values = new ArrayList<>(List.of(ABSENT));
        private int earliest;
        private int told;

        synchronized void asks(String value) {
            values.add(value);
        }

        synchronized void answered() {
            told = values.size() - 1;
            earliest = told;
        }

        synchronized String latest() {
            return values.get(values.size() - 1);
        }

        synchronized boolean isChanging() {
            return told < values.size() - 1;
        }

        synchronized int earliest() {
            return earliest;
        }

        /** A value that was asked for twice counts as the earlier one, lest we know more than we can. */
        synchronized void shown(Predicate<String> value, int from, String what) {
            for (int i = from; i < values.size(); i++) {
                if (value.test(values.get(i))) {
                    earliest = Math.max(earliest, i);
                    return;
                }
            }
            throw new AssertionError(what + ", but must be one of "
                    + values.subList(from, values.size()).stream()
                            .map(Ledger::describe)
                            .toList());
        }

        synchronized void settle(String value) {
            values.clear();
            values.add(value);
            told = 0;
            earliest = 0;
        }
    }
}
