package org.oathbound.ldap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.oathbound.tls.Tls;

/** What all connections of the LDAP door have: how long they may do nothing, how long a handshake may take, and with what. */
final class Guard {

    private final @Nullable Tls tls;
    private final Duration idle;
    private final Duration handshake;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "oathbound-ldap-handshakes");
        thread.setDaemon(true);
        return thread;
    });

    Guard(@Nullable Tls tls, Duration idle, Duration handshake) {
        this.tls = tls;
        this.idle = idle;
        this.handshake = handshake;
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

    int idleMillis() {
        return Math.toIntExact(idle.toMillis());
    }

    ScheduledFuture<?> closeAfterHandshakeTime(GuardedSocket socket) {
        return clock.schedule(() -> close(socket), handshake.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end() {
        clock.shutdownNow();
    }

    private static void close(GuardedSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
