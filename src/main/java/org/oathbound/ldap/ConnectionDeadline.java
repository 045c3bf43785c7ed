package org.oathbound.ldap;

import java.time.Duration;

/**
 * Whether the client or the server has to act on one connection, and since when: the client must finish a request that
 * it has begun, the server must answer, and a client that has not bound must bind soon. All moments are of {@link
 * System#nanoTime}.
 */
final class ConnectionDeadline {

    private enum Phase {
        NOTHING_SENT,
        SENDING,
        ANSWERING
    }

    private final ConnectionTimeouts times;
    private Phase phase = Phase.NOTHING_SENT;
    private long since;
    private boolean bound;

    ConnectionDeadline(ConnectionTimeouts times, long now) {
        this.times = times;
        this.since = now;
    }

    /** The client has just come. */
    synchronized void begin(long now) {
        become(Phase.NOTHING_SENT, now);
    }

    /** The answer before has left: its thread asks for more. */
    synchronized void wantsMore(long now) {
        if (phase == Phase.ANSWERING) {
            become(Phase.NOTHING_SENT, now);
        }
    }

    /** Something of a request has arrived. */
    synchronized void received(long now) {
        if (phase == Phase.NOTHING_SENT) {
            become(Phase.SENDING, now);
        }
    }

    /** A request is whole. */
    synchronized void asked(long now) {
        become(Phase.ANSWERING, now);
    }

    synchronized void bound(boolean asSomebody) {
        bound = asSomebody;
    }

    synchronized boolean isBound() {
        return bound;
    }

    /** Whether no answer is lost when this connection is closed. */
    synchronized boolean awaitsClient() {
        return phase != Phase.ANSWERING;
    }

    /** For how long it has been so. */
    synchronized Duration lasted(long now) {
        return Duration.ofNanos(now - since);
    }

    synchronized boolean isOver(long now) {
        return lasted(now).compareTo(limit()) > 0;
    }

    private Duration limit() {
        if (phase == Phase.NOTHING_SENT) {
            return bound ? times.idle() : times.unbound();
        }
        return phase == Phase.SENDING ? times.request() : times.answer();
    }

    private void become(Phase next, long now) {
        phase = next;
        since = now;
    }
}
