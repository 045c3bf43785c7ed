package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.SteppedDirectory.Step;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.Totals;
import org.oathbound.otp.Secrets;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

@DisplayName("Who reads a job reads its totals; the result of a chunk is parsed only for rows that it has to list")
@Tag("slow")
class JobPollingTest {

    @TempDir
    static Path data;

    private static Seals seals;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Jobs jobs;
    private int reads;
    private final Queue<Runnable> background = new ArrayDeque<>();

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        WholeDirectory counting = new SteppedDirectory(directory, step -> reads += step == Step.READ ? 1 : 0);
        jobs = JobsFixture.jobs(counting, seals, background::add);
    }

    @Test
    void aDoneJobIsOneReadHoweverManyChunksItHas() {
        Job job = done(2_001);
        spoilResults(job, 0, 1, 2, 3, 4);
        reads = 0;
        Result result = jobs.result(environment, find(job));
        assertThat(result.succeeded()).isEqualTo(2_001);
        assertThat(result.processed()).isEqualTo(2_001);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aListOfDoneJobsIsOneRead() {
        List.of(done(501), done(1), done(501)).forEach(job -> spoilResults(job, 0));
        reads = 0;
        assertThat(jobs.page(environment, null, 10).items())
                .extracting(job -> jobs.totals(environment, job).processed())
                .containsExactlyInAnyOrder(501, 1, 501);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aRunningJobIsTheSumOfItsChunksTotals() {
        Job job = receive(1_001, -1);
        ChunkWork chunks = JobsFixture.chunkWork(directory, seals);
        assertThat(chunks.work(environment, job, 0, new PlannedTokens())).isTrue();
        assertThat(chunks.work(environment, job, 1, new PlannedTokens())).isTrue();
        spoilResults(job, 0, 1);
        assertThat(jobs.result(environment, find(job)).processed()).isEqualTo(1_000);
        assertThat(jobs.totals(environment, find(job)).processed()).isEqualTo(1_000);
    }

    @Test
    void aChunkWithAFaultyRowIsParsedForItAndTheOthersAreNot() {
        Job job = receive(1_001, 700);
        runBackground();
        spoilResults(job, 0, 2);
        Result result = jobs.result(environment, find(job));
        assertThat(result.faults()).extracting(Result.Fault::rowNumber).containsExactly(701);
        assertThat(result.succeeded()).isEqualTo(1_000);
    }

    /** As earlier versions have left them: without totals. */
    @Test
    void aJobWithoutTotalsIsParsed() {
        Job job = done(1_001);
        change(JobEntry.dn(environment, job.id()), entry -> entry.removeAttribute(Schema.TOTALS));
        withoutTotals(job, 0, 2);
        assertThat(jobs.result(environment, find(job)).succeeded()).isEqualTo(1_001);
        assertThat(jobs.totals(environment, find(job))).isEqualTo(new Totals(1_001, 1_001, 0, 0));
    }

    /** The version that runs it now has not done its first chunk. */
    @Test
    void aJobThatAnEarlierVersionHasBegunIsFinishedWithTheTotalsOfAllItsChunks() {
        Job job = receive(501, -1);
        assertThat(JobsFixture.chunkWork(directory, seals).work(environment, job, 0, new PlannedTokens()))
                .isTrue();
        withoutTotals(job, 0);
        runBackground();
        assertThat(find(job).totals()).isEqualTo(new Totals(501, 501, 0, 0));
    }

    private void withoutTotals(Job job, int... chunks) {
        for (int chunk : chunks) {
            change(JobEntry.chunkDn(environment, job.id(), chunk), entry -> entry.removeAttribute(Schema.TOTALS));
        }
    }

    private Job done(int rows) {
        Job job = receive(rows, -1);
        runBackground();
        return job;
    }

    /** @param faulty the one row that has a fault, from 0; -1 for none */
    private Job receive(int rows, int faulty) {
        String prefix = "S" + UUID.randomUUID().toString().substring(0, 8);
        return jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
            IntStream.range(0, rows)
                    .mapToObj(row -> token(prefix + row, row == faulty ? 7 : 6))
                    .forEach(row -> upload.row(row, "tokens"));
            return Options.of(128, false, false);
        });
    }

    private static JsonObject token(String serialNumber, int otpLength) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("secret", Secrets.hex(serialNumber))
                .add("type", "HOTP")
                .add("otpLength", otpLength)
                .build();
    }

    private Job find(Job job) {
        return jobs.find(environment, job.id()).orElseThrow();
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    /** From here on whoever parses the result of one of these chunks fails. */
    private void spoilResults(Job job, int... chunks) {
        for (int chunk : chunks) {
            change(JobEntry.chunkDn(environment, job.id(), chunk), entry -> {
                assertThat(entry.hasAttribute(Schema.RESULT)).isTrue();
                entry.setAttribute(Schema.RESULT, "no JSON");
            });
        }
    }

    private void change(DN dn, Consumer<Entry> change) {
        ReadOnlyEntry seen = directory.read(dn).orElseThrow();
        Entry wanted = seen.duplicate();
        change.accept(wanted);
        assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
    }
}
