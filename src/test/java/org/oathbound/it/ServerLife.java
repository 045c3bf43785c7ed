package org.oathbound.it;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients at work on one server, each in a thread of its own, until it ends. */
final class ServerLife {

    private static final int PATIENCE_SECONDS = 150;
    private static final Set<ResultCode> NO_ANSWER =
            Set.of(ResultCode.SERVER_DOWN, ResultCode.CONNECT_ERROR, ResultCode.UNAVAILABLE);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> working = new ArrayList<>();
    private final AtomicInteger operations = new AtomicInteger();
    private volatile boolean ending;
    private volatile boolean ended;

    private ServerLife() {}

    static ServerLife begin(Interfaces server, List<CrashClient> clients) {
        ServerLife life = new ServerLife();
        for (CrashClient client : clients) {
            life.working.add(life.threads.submit(() -> {
                life.work(server, client);
                return null;
            }));
        }
        return life;
    }

    /** How many operations have come to their ends. */
    int operations() {
        return operations.get();
    }

    /**
     * Ends it in full swing.
     *
     * @param end what ends the server; from here on a request may fail for want of an answer
     */
    void end(Runnable end) throws InterruptedException, ExecutionException, TimeoutException {
        ending = true;
        end.run();
        ended = true;
        threads.shutdown();
        for (Future<?> client : working) {
            client.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void work(Interfaces server, CrashClient client) throws Exception {
        try {
            CrashClient.Operation operation = client.meet(server);
            while (!ended) {
                operation.once();
                operations.incrementAndGet();
            }
        } catch (UncheckedIOException | LDAPException e) {
            if (!ending || !isNoAnswer(e)) {
                throw e;
            }
        }
    }

    private static boolean isNoAnswer(Exception e) {
        return !(e instanceof LDAPException ldap) || NO_ANSWER.contains(ldap.getResultCode());
    }
}
