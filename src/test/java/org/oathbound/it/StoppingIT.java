package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop as an administrator asks for it: SIGTERM. */
@Tag("alone")
class StoppingIT {

    private static final int ROWS = 4_000;

    @TempDir
    Path temporary;

    @Test
    @Timeout(300)
    void requestsFinishJobsGoOnAndTheNextStartReadsNoJournal() throws Exception {
        Path data = temporary.resolve("data");
        String running;
        CompletableFuture<Answer> slow;
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();
            oathbound.done(Oathbound.CREATE, job("FIRST", 1));
            running = oathbound
                    .post("/oathJobs", Oathbound.CREATE, job("RUNNING", ROWS))
                    .text("/id");
            SlowBody body = new SlowBody(job("SLOW", 100));
            slow = CompletableFuture.supplyAsync(
                    () -> oathbound.post("/oathJobs", Oathbound.CREATE, BodyPublishers.ofInputStream(() -> body)));
            awaitReceiving(oathbound);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
            while (server.ready() == 200) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            body.goOn.countDown();
            stopped.get(2, TimeUnit.MINUTES);
        }
        Answer taken = slow.get(1, TimeUnit.MINUTES);
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        assertThat(Files.readString(lastJournalFile(data))).doesNotContain("changetype");

        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();
            assertThat(created(oathbound, running)).isEqualTo(ROWS);
            assertThat(created(oathbound, taken.text("/id"))).isEqualTo(100);
            server.stop();
            assertThat(server.log()).doesNotContain("is cut off").doesNotContain("did not pause in time");
        }
    }

    /** Until the server has begun to read the body. */
    private static void awaitReceiving(Oathbound oathbound) throws LDAPException {
        try (LDAPConnection ldap = oathbound.ldap()) {
            while (ldap.search("ou=Jobs," + Oathbound.SUFFIX, SearchScope.ONE, "(oathboundJobStatus=RECEIVING)")
                            .getEntryCount()
                    == 0) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static JsonNode job(String prefix, int rows) {
        List<ObjectNode> tokens =
                Seeds.serialNumbers(prefix, rows).stream().map(Seeds::hotp).toList();
        return Seeds.createJob(tokens);
    }

    private static int created(Oathbound oathbound, String job) {
        JsonNode result = oathbound.done(job).get("result");
        assertThat(result.get("errors")).as(result.toString()).isNullOrEmpty();
        return result.get("created").asInt();
    }

    private static Path lastJournalFile(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.max(Path::compareTo).orElseThrow();
        }
    }

    /** Sends half of itself, in small blocks, for the client reads ahead; the rest when it may. */
    private static final class SlowBody extends InputStream {

        private static final int BLOCK_BYTES = 100;

        private final CountDownLatch goOn = new CountDownLatch(1);
        private final byte[] bytes;
        private int next;

        private SlowBody(JsonNode json) {
            bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("The client reads blocks.");
        }

        @Override
        public int read(byte[] block, int offset, int length) throws IOException {
            if (next == bytes.length) {
                return -1;
            }
            if (next >= bytes.length / 2) {
                awaitGoOn();
            }
            int read = Math.min(Math.min(BLOCK_BYTES, length), bytes.length - next);
            System.arraycopy(bytes, next, block, offset, read);
            next += read;
            return read;
        }

        private void awaitGoOn() throws IOException {
            try {
                goOn.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
