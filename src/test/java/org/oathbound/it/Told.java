package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients of one server were told of its tokens, by serial number, and whether it was ever contradicted. */
final class Told {

    private final Map<String, String> created = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    /** May be revoked, for somebody tries to: told only when the answer comes. */
    private final Set<String> revoking = ConcurrentHashMap.newKeySet();

    private final Set<String> revocationRefused = ConcurrentHashMap.newKeySet();
    private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();

    /** What whoever begins to read now must find, and must not. */
    record Expectation(Set<String> there, Set<String> absent) {}

    void created(String serialNumber, String id) {
        created.put(serialNumber, id);
    }

    void refused(String serialNumber) {
        refused.add(serialNumber);
    }

    void revoking(String serialNumber) {
        revoking.add(serialNumber);
    }

    void revoked(String serialNumber) {
        revoked.add(serialNumber);
    }

    void revocationRefused(String serialNumber) {
        revocationRefused.add(serialNumber);
        revoking.remove(serialNumber);
    }

    void contradiction(String what) {
        contradictions.add(what);
    }

    int answers() {
        return created.size() + revoked.size();
    }

    int refusals() {
        return refused.size() + revocationRefused.size();
    }

    /** Ids of tokens that are there, by serial number. */
    Map<String, String> ids() {
        return created;
    }

    boolean isRevoking(String serialNumber) {
        return revoking.contains(serialNumber);
    }

    Expectation expectation() {
        return new Expectation(there(revoking), union(refused, revoked));
    }

    /** Somebody has read all tokens. */
    void saw(Expectation before, Collection<String> seen) {
        Set<String> gone = new HashSet<>(before.there);
        gone.removeAll(seen);
        gone.removeAll(revoking);
        Set<String> unasked = new HashSet<>(before.absent);
        unasked.retainAll(seen);
        if (!gone.isEmpty() || !unasked.isEmpty()) {
            contradiction("gone: " + gone + ", there in spite of the answer: " + unasked);
        }
        shown.addAll(seen);
    }

    void assertNeverContradicted() {
        assertThat(contradictions).as("contradictions").isEmpty();
    }

    /** All that was answered is there, and nothing else. */
    void assertExactly(Collection<String> seen) {
        assertNeverContradicted();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(there(revoked));
    }

    /** All that was answered or shown is there still; what was asked for without an answer may have happened or not. */
    void assertKept(Collection<String> seen) {
        assertNeverContradicted();
        assertThat(seen).containsAll(there(union(revoking, revocationRefused)));
        assertThat(seen).as("not revoked").noneMatch(revoked::contains);
    }

    /** What was refused, and taken back since, is not there. */
    void assertTakenBack(Collection<String> seen) {
        assertThat(union(refused, revocationRefused)).as("refused").isNotEmpty();
        assertThat(seen).as("not refused").noneMatch(refused::contains);
        assertThat(seen).containsAll(revocationRefused);
    }

    private Set<String> there(Set<String> without) {
        Set<String> there = union(created.keySet(), shown);
        there.removeAll(without);
        return there;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
