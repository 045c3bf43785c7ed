package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Eight clients who create and revoke tokens, and four who read them all the while. */
final class Crowd implements AutoCloseable {

    private static final int WRITERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Oathbound oathbound;
    private final String prefix;
    private final Told told = new Told();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private volatile boolean alone;
    private volatile boolean over;

    /** Something that a client does once. */
    private interface Turn {
        void take() throws LDAPException;
    }

    /** @param prefix of the serial numbers of its tokens, which nobody else's have */
    Crowd(Oathbound oathbound, String prefix) {
        this.oathbound = oathbound;
        this.prefix = prefix;
        for (int i = 0; i < WRITERS; i++) {
            Deque<String> own = new ArrayDeque<>();
            clients.execute(() -> repeat(() -> write(own)));
        }
        clients.execute(() -> repeat(() -> read(() -> list(this.oathbound, prefix))));
        clients.execute(() -> repeat(() -> read(() -> list(this.oathbound, prefix))));
        clients.execute(() -> repeat(() -> read(() -> search(this.oathbound, prefix))));
        clients.execute(() -> repeat(this::readOne));
    }

    Told told() {
        return told;
    }

    void awaitAnswers(int more) {
        await(told::answers, more);
    }

    void awaitRefusals(int more) {
        await(told::refusals, more);
    }

    /** From here on the server may end: a request that fails says nothing. */
    void mayBeLeftAlone() {
        alone = true;
    }

    @Override
    public void close() {
        over = true;
        clients.shutdown();
        try {
            assertThat(clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("all have left")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Every token with such a serial number, page by page. */
    static List<String> list(Oathbound oathbound, String prefix) {
        List<String> found = new ArrayList<>();
        Answer page = oathbound.tokens("serialNumber sw \"" + prefix + "\"");
        while (true) {
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json()
                    .at("/_embedded/oathTokens")
                    .forEach(token -> found.add(token.get("serialNumber").asText()));
            String next = page.text("/_links/next/href");
            if (next.isEmpty()) {
                return found;
            }
            page = oathbound.follow(next);
        }
    }

    private static List<String> search(Oathbound oathbound, String prefix) throws LDAPException {
        try (LDAPConnection ldap = oathbound.ldap()) {
            return ldap
                    .search(
                            "ou=Tokens," + Oathbound.SUFFIX,
                            SearchScope.ONE,
                            Filter.createSubInitialFilter("oathTokenSerialNumber", prefix))
                    .getSearchEntries()
                    .stream()
                    .map(entry -> entry.getAttributeValue("oathTokenSerialNumber"))
                    .collect(Collectors.toList());
        }
    }

    private void await(IntSupplier count, int more) {
        int enough = count.getAsInt() + more;
        Instant deadline = Instant.now().plus(PATIENCE);
        while (count.getAsInt() < enough) {
            told.assertNeverContradicted();
            assertThat(Instant.now()).as("%d of %d", count.getAsInt(), enough).isBefore(deadline);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void repeat(Turn deadline) {
        while (!over && !alone) {
            try {
                deadline.take();
            } catch (Exception | AssertionError e) {
                if (!alone) {
                    told.contradiction(e.toString());
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void write(Deque<String> own) {
        String serialNumber = Seeds.serialNumber(prefix);
        Answer answer = oathbound.create(Seeds.hotp(serialNumber));
        if (answer.status() == 201) {
            told.created(serialNumber, answer.text("/id"));
            own.add(serialNumber);
        } else {
            assertRefused(answer);
            told.refused(serialNumber);
        }
        if (own.size() > 3 || (!own.isEmpty() && answer.status() == 503)) {
            revoke(own.remove());
        }
    }

    private void revoke(String serialNumber) {
        told.revoking(serialNumber);
        Answer answer = oathbound.delete("/oathTokens/" + told.ids().get(serialNumber));
        if (answer.status() == 204) {
            told.revoked(serialNumber);
        } else {
            assertRefused(answer);
            told.revocationRefused(serialNumber);
        }
    }

    static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    /** Reads all tokens in some way. */
    private interface Reading {
        List<String> all() throws LDAPException;
    }

    private void read(Reading reading) throws LDAPException {
        Told.Expectation before = told.expectation();
        told.saw(before, reading.all());
    }

    private void readOne() {
        List<Map.Entry<String, String>> all = List.copyOf(told.ids().entrySet());
        if (!all.isEmpty()) {
            Map.Entry<String, String> one = all.get(ThreadLocalRandom.current().nextInt(all.size()));
            boolean there = !told.isRevoking(one.getKey());
            int status = oathbound.get("/oathTokens/" + one.getValue()).status();
            if (status != 200 && (status != 404 || (there && !told.isRevoking(one.getKey())))) {
                told.contradiction(one.getKey() + " was answered with " + status);
            }
        }
    }
}
