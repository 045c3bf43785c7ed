package org.oathbound.ldap;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections of one port, at most a fixed number. A full port closes a connection that has not bound for a new
 * one. Unbound connections of one address take half of the number at most, so that idle clients can't lock others out.
 */
final class ConnectionLimit {

    private static final System.Logger LOG = System.getLogger(ConnectionLimit.class.getName());

    private final int room;
    private final Set<TimedSocket> taken = new HashSet<>();

    ConnectionLimit(int room) {
        this.room = room;
    }

    /** Whether the connection is accepted, for which another one is closed if need be. */
    boolean take(TimedSocket newcomer) {
        Optional<TimedSocket> leaving = Optional.empty();
        synchronized (this) {
            if (isFullFor(newcomer)) {
                leaving = whoGivesWay(newcomer);
                if (leaving.isEmpty()) {
                    return false;
                }
                taken.remove(leaving.get());
            }
            taken.add(newcomer);
        }
        leaving.ifPresent(ConnectionLimit::close);
        return true;
    }

    synchronized void leave(TimedSocket gone) {
        taken.remove(gone);
    }

    /** Closes those whose turn has lasted too long. */
    void closeOverdue(long now) {
        List<TimedSocket> overdue;
        synchronized (this) {
            overdue = taken.stream()
                    .filter(socket -> socket.deadline().isOver(now))
                    .toList();
        }
        overdue.forEach(ConnectionLimit::close);
    }

    private boolean isFullFor(TimedSocket newcomer) {
        return taken.size() >= room || hasItsShare(newcomer.network());
    }

    private boolean hasItsShare(String network) {
        return unbound().filter(socket -> socket.network().equals(network)).count() >= Math.max(1, room / 2);
    }

    /**
     * The connection that has done nothing for longest, of the newcomer's address if that has its share, else of the
     * address that has most.
     */
    private Optional<TimedSocket> whoGivesWay(TimedSocket newcomer) {
        boolean amongItsOwn = hasItsShare(newcomer.network());
        Map<String, Long> each = unbound().collect(Collectors.groupingBy(TimedSocket::network, Collectors.counting()));
        long now = System.nanoTime();
        return unbound()
                .filter(socket -> socket.deadline().awaitsClient())
                .filter(socket -> !amongItsOwn || socket.network().equals(newcomer.network()))
                .max(Comparator.comparing((TimedSocket socket) -> each.getOrDefault(socket.network(), 0L))
                        .thenComparing(socket -> socket.deadline().lasted(now)));
    }

    private Stream<TimedSocket> unbound() {
        return taken.stream().filter(socket -> !socket.deadline().isBound());
    }

    /** Without a word: some clients take a notice for a failure of their next request, and do not try that again. */
    private static void close(TimedSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Was closed already", e);
        }
    }
}
