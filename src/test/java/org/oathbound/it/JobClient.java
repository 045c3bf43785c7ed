package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Creates tokens by jobs, and revokes them by jobs, the same batches again and again; and watches the jobs. */
final class JobClient implements CrashClient {

    private static final int BATCHES = 4;
    private static final int FEWEST_ROWS = 300;
    private static final int MOST_ROWS = 1_500;

    /** Tokens that are created and revoked together, and the job that is at it. */
    private static final class Batch {
        private final List<String> serialNumbers;
        private @Nullable String job;

        private Batch(List<String> serialNumbers) {
            this.serialNumbers = serialNumbers;
        }
    }

    private final Stock stock;
    private final Random random;
    private final Jobs jobs = new Jobs();
    private final List<Batch> batches = new ArrayList<>();
    private int lifecycle;

    JobClient(Stock stock, Random random) {
        this.stock = stock;
        this.random = random;
        for (int batch = 0; batch < BATCHES; batch++) {
            String beginning = stock.prefix() + batch;
            int rows = FEWEST_ROWS + random.nextInt(MOST_ROWS - FEWEST_ROWS + 1);
            batches.add(new Batch(IntStream.range(0, rows)
                    .mapToObj(row -> beginning + "%04d".formatted(row))
                    .toList()));
        }
        batches.forEach(batch -> batch.serialNumbers.forEach(stock.ledger()::expect));
    }

    @Override
    public Operation meet(Interfaces server) {
        return () -> {
            Batch batch = batches.get(random.nextInt(BATCHES));
            if (batch.job != null) {
                watch(server.http(), batch, batch.job);
            } else if (batches.stream().allMatch(other -> other.job == null) || random.nextInt(4) == 0) {
                post(server.http(), batch);
            }
        };
    }

    @Override
    public void verify(Interfaces server) throws LDAPException {
        for (Batch batch : batches) {
            if (batch.job != null) {
                batch.serialNumbers.forEach(stock.ledger()::answered);
                batch.job = null;
            }
        }
        jobs.finish(server.http());
        stock.settle(server);
        for (Batch batch : batches) {
            assertThat(batch.serialNumbers.stream().map(stock.ledger()::latest).distinct())
                    .as("the one state of all tokens of a job")
                    .hasSize(1);
        }
    }

    private void watch(Oathbound server, Batch batch, String job) {
        if (jobs.isDone(server, job)) {
            batch.serialNumbers.forEach(stock.ledger()::answered);
            batch.job = null;
        }
    }

    private void post(Oathbound server, Batch batch) {
        boolean creates = stock.ledger().latest(batch.serialNumbers.get(0)).equals(Ledger.ABSENT);
        if (!creates
                && batch.serialNumbers.stream()
                        .anyMatch(serialNumber -> stock.id(serialNumber).isEmpty())) {
            stock.read(server, stock.prefix() + batches.indexOf(batch), 200);
        }
        String model = creates ? "v" + ++lifecycle : Ledger.ABSENT;
        ObjectNode job = creates ? creation(batch, model) : revocation(batch);
        batch.serialNumbers.forEach(serialNumber -> stock.ledger().asks(serialNumber, model));
        Answer accepted =
                CrashClient.answered(server.post("/oathJobs", creates ? Oathbound.CREATE : Oathbound.REVOKE, job), 202);
        batch.job = accepted.text("/id");
        jobs.posted(accepted.text("/id"), job.get("type").asText(), batch.serialNumbers.size());
    }

    private static ObjectNode creation(Batch batch, String model) {
        return Seeds.createJob(batch.serialNumbers.stream()
                .map(serialNumber -> Stock.row(serialNumber, model))
                .toList());
    }

    private ObjectNode revocation(Batch batch) {
        return Seeds.revokeJob(batch.serialNumbers.stream()
                .map(serialNumber -> stock.id(serialNumber).orElseThrow())
                .toList());
    }
}
