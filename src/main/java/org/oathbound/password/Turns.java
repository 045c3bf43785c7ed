package org.oathbound.password;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Who waits, in the order of their turns: the sites take turns, at each site its networks, and in a network it is first come first
 * served. Not safe for several threads.
 *
 * @param <T> told apart by identity
 */
final class Turns<T> {

    private final SequencedMap<String, SequencedMap<String, Deque<T>>> sites = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    /** How many of a site wait. */
    int of(ClientNetwork site) {
        return count(sites.getOrDefault(site.site(), new LinkedHashMap<>()));
    }

    void add(ClientNetwork from, T waiter) {
        sites.computeIfAbsent(from.site(), any -> new LinkedHashMap<>())
                .computeIfAbsent(from.network(), any -> new ArrayDeque<>())
                .add(waiter);
        size++;
    }

    /** Takes the next one out. */
    Optional<T> next() {
        Map.Entry<String, SequencedMap<String, Deque<T>>> site = sites.pollFirstEntry();
        if (site == null) {
            return Optional.empty();
        }
        Map.Entry<String, Deque<T>> network = site.getValue().pollFirstEntry();
        T next = network.getValue().remove();
        size--;
        if (!network.getValue().isEmpty()) {
            site.getValue().putLast(network.getKey(), network.getValue());
        }
        if (!site.getValue().isEmpty()) {
            sites.putLast(site.getKey(), site.getValue());
        }
        return Optional.of(next);
    }

    /** Takes out the one that came last of the site that has most waiting, if that has more than so many. */
    Optional<T> lastOfLargest(int moreThan) {
        return sites.entrySet().stream()
                .filter(site -> count(site.getValue()) > moreThan)
                .max(Comparator.comparingInt(site -> count(site.getValue())))
                .map(site -> {
                    Map.Entry<String, Deque<T>> network = site.getValue().entrySet().stream()
                            .max(Comparator.comparingInt(one -> one.getValue().size()))
                            .orElseThrow();
                    T last = network.getValue().getLast();
                    remove(new ClientNetwork("", network.getKey(), site.getKey()), last);
                    return last;
                });
    }

    void remove(ClientNetwork from, T waiter) {
        SequencedMap<String, Deque<T>> networks = sites.get(from.site());
        Deque<T> deque = networks == null ? null : networks.get(from.network());
        if (networks != null && deque != null && deque.removeLastOccurrence(waiter)) {
            size--;
            if (deque.isEmpty()) {
                networks.remove(from.network());
            }
            if (networks.isEmpty()) {
                sites.remove(from.site());
            }
        }
    }

    private static int count(Map<String, ? extends Deque<?>> networks) {
        return networks.values().stream().mapToInt(Deque::size).sum();
    }
}
