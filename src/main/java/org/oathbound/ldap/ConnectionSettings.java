package org.oathbound.ldap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.oathbound.tls.Tls;

/** What all connections of the LDAP interface have: how long what may take, and with which certificate they go over to TLS. */
final class ConnectionSettings {

    private static final long LOOK_EVERY_MILLIS = 250;

    private final @Nullable Tls tls;
    private final ConnectionTimeouts times;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "oathbound-ldap-times");
        thread.setDaemon(true);
        return thread;
    });

    ConnectionSettings(@Nullable Tls tls, ConnectionTimeouts times) {
        this.tls = tls;
        this.times = times;
        clock.setRemoveOnCancelPolicy(true);
    }

    @Nullable
    Tls tls() {
        return tls;
    }

    Tls requireTls() {
        if (tls == null) {
            throw new IllegalStateException("There is no certificate.");
        }
        return tls;
    }

    ConnectionTimeouts times() {
        return times;
    }

    /** Closes a port's connections when their time is over. */
    ScheduledFuture<?> watch(ConnectionLimit connectionLimit) {
        return clock.scheduleWithFixedDelay(
                () -> connectionLimit.closeOverdue(System.nanoTime()),
                LOOK_EVERY_MILLIS,
                LOOK_EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    ScheduledFuture<?> closeAfterHandshakeTime(TimedSocket socket) {
        return clock.schedule(() -> close(socket), times.handshake().toMillis(), TimeUnit.MILLISECONDS);
    }

    void end() {
        clock.shutdownNow();
    }

    private static void close(TimedSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
