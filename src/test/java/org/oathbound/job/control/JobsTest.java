package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directories;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.SteppedDirectory.Step;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettingsDocument;
import org.oathbound.environment.StoredSettings;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.otp.Secrets;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Resealing;
import org.oathbound.sealing.SealedValues;
import org.oathbound.sealing.SealingRotation;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@Tag("slow")
class JobsTest {

    private static final Options USUAL = Options.of(128, false, false);

    @TempDir
    static Path data;

    private static Seals seals;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Tokens tokens;
    private Jobs jobs;

    /** What would run in the background; a test runs it when it wants to. */
    private final Queue<Runnable> background = new ArrayDeque<>();

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(directory, seals);
        jobs = startService();
    }

    /** The parts of a service that starts on what is in the directory. */
    private Jobs startService() {
        return JobsFixture.jobs(directory, seals, background::add);
    }

    private ChunkWork chunkWork() {
        return JobsFixture.chunkWork(directory, seals);
    }

    private CreateToken createToken() {
        return JobsFixture.createToken(new DevicesFixture(directory, seals, Clock.systemUTC()));
    }

    private void set(String oathSettings) {
        new StoredSettings(directory, new CurrentSettings(directory), Clock.systemUTC())
                .replace(environment, OathSettingsDocument.read(json(oathSettings)));
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private static JsonObject token(int number) {
        return token("S" + number);
    }

    private static JsonObject token(String serialNumber) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("secret", Secrets.hex(serialNumber))
                .add("type", "HOTP")
                .add("otpLength", 6)
                .build();
    }

    private static Stream<JsonObject> tokens(int count) {
        return IntStream.range(0, count).mapToObj(JobsTest::token);
    }

    private static String masked(String serialNumber) {
        return Secrets.hex(serialNumber).substring(0, 2).toUpperCase(Locale.ROOT) + "******";
    }

    private List<RowReport> lines(Job job) {
        List<RowReport> lines = new ArrayList<>();
        jobs.forEachLine(environment, job, lines::add);
        return lines;
    }

    private Job receive(Job.Type type, Stream<? extends JsonValue> rows) {
        return jobs.receive(environment, type, upload -> {
            rows.forEach(row -> upload.row(row, "tokens"));
            return USUAL;
        });
    }

    private Result result(Job job) {
        return jobs.result(environment, job);
    }

    private Status status(Job job) {
        return jobs.find(environment, job.id()).orElseThrow().status();
    }

    private int tokenCount() {
        return tokens.page(environment, new TokenQuery(), null, 100_000).items().size();
    }

    private int jobEntries() {
        return directory
                .page(environment.jobs(), Filter.createPresenceFilter("objectClass"), null, 100, Order.ASCENDING)
                .entries()
                .size();
    }

    @Nested
    @DisplayName("A job runs in chunks to its end")
    class Runs {

        @Test
        void createsEveryToken() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1_234));
            assertThat(job.status()).isEqualTo(Status.PENDING);
            assertThat(job.rows()).isEqualTo(1_234);
            assertThat(job.chunks()).isEqualTo(3);
            assertThat(result(job)).isEqualTo(Result.NONE);
            runBackground();
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(result(job).succeeded()).isEqualTo(1_234);
            assertThat(result(job).processed()).isEqualTo(1_234);
            assertThat(tokenCount()).isEqualTo(1_234);
        }

        @Test
        void reportsADuplicateInsideTheFileAndInTheDirectory() {
            receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(1)));
            runBackground();
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(1), token(2), token(2)));
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).duplicates())
                    .containsExactly(
                            new Result.Duplicate(1, "S1", masked("S1"), Existing.SAME),
                            new Result.Duplicate(3, "S2", masked("S2"), Existing.SAME));
        }

        @Test
        void ofADuplicateSaysWhetherKeyAndParametersAreTheSame() {
            receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(1), token(2)));
            runBackground();
            JsonObject longer =
                    Json.createObjectBuilder(token(1)).add("otpLength", 8).build();
            JsonObject otherKey = Json.createObjectBuilder(token(2))
                    .add("secret", Secrets.hex("another"))
                    .build();
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(longer, otherKey));
            runBackground();
            assertThat(result(job).duplicates())
                    .extracting(Result.Duplicate::serialNumber, Result.Duplicate::existing)
                    .containsExactly(tuple("S1", Existing.OTHER_PARAMETERS), tuple("S2", Existing.OTHER_KEY));
            assertThat(lines(job)).extracting(RowReport::outcome).containsExactly(Outcome.DUPLICATE, Outcome.TAKEN);
        }

        @Test
        void refusesASecondTokenOfOneKeyInTheFileAndInStock() {
            receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(1)));
            runBackground();
            JsonObject stocked = Json.createObjectBuilder(token(1))
                    .add("serialNumber", "00S1")
                    .build();
            JsonObject again = Json.createObjectBuilder(token(2))
                    .add("serialNumber", "00S2")
                    .build();
            for (Options options : List.of(Options.of(128, false, true), USUAL)) {
                Job job = jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                    Stream.of(stocked, token(2), again).forEach(row -> upload.row(row, "tokens"));
                    return options;
                });
                runBackground();
                assertThat(result(job).succeeded()).isEqualTo(1);
                assertThat(result(job).faults())
                        .extracting(Result.Fault::rowNumber, Result.Fault::target, Result.Fault::code)
                        .containsExactly(
                                tuple(1, "secret", "UNIQUENESS_VIOLATION"), tuple(3, "secret", "UNIQUENESS_VIOLATION"));
                assertThat(result(job).faults().get(0).message()).contains("The token S1 has this secret already");
            }
        }

        private Job allOrNothing(Stream<? extends JsonValue> rows) {
            return jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                rows.forEach(row -> upload.row(row, "tokens"));
                return USUAL.withAllOrNothing(true);
            });
        }

        @Test
        void doesNothingWhereOneRowOfAllIsNotRight() {
            JsonObject faulty =
                    Json.createObjectBuilder(token(1_300)).add("otpLength", 7).build();
            Job job = allOrNothing(Stream.concat(tokens(1_234), Stream.of(faulty, token(1_233), token(1_400))));
            runBackground();

            assertThat(tokenCount()).isZero();
            Job ended = jobs.find(environment, job.id()).orElseThrow();
            assertThat(ended.status()).isEqualTo(Status.FAILED);
            assertThat(ended.reason()).startsWith("Nothing was changed");
            assertThat(result(ended).succeeded()).isZero();
            assertThat(result(ended).processed()).isEqualTo(1_237);
            assertThat(result(ended).faults())
                    .extracting(Result.Fault::rowNumber)
                    .containsExactly(1_235);
            assertThat(result(ended).duplicates())
                    .extracting(Result.Duplicate::rowNumber)
                    .containsExactly(1_236);
            assertThat(lines(ended)).extracting(RowReport::rowNumber).containsExactly(1_235, 1_236);
        }

        @Test
        void isRefusedStillWhenItIsStoppedMeanwhile() {
            JsonObject faulty =
                    Json.createObjectBuilder(token(1_300)).add("otpLength", 7).build();
            Job job = allOrNothing(Stream.concat(tokens(1_000), Stream.of(faulty)));
            background.clear();
            ChunkWork chunks = JobsFixture.chunkWork(directory, seals);
            PlannedTokens planned = new PlannedTokens();
            List<ChunkTotals> rehearsed = IntStream.range(0, 3)
                    .mapToObj(chunk ->
                            chunks.rehearse(environment, job, chunk, planned).orElseThrow())
                    .toList();
            ReadOnlyEntry entry =
                    directory.read(JobEntry.dn(environment, job.id())).orElseThrow();
            directory.modifyIfUnchanged(entry, JobEntry.refused(entry.duplicate(), "Refused."));
            chunks.leave(environment, job, 2, rehearsed.get(2));

            jobs.resume(environment);
            runBackground();

            assertThat(status(job)).isEqualTo(Status.FAILED);
            assertThat(tokenCount()).isZero();
            Job ended = jobs.find(environment, job.id()).orElseThrow();
            assertThat(result(ended).processed()).isEqualTo(1_001);
            assertThat(result(ended).faults())
                    .extracting(Result.Fault::rowNumber)
                    .containsExactly(1_001);
        }

        @Test
        void doesAllWhereEachIsRight() {
            Job job = allOrNothing(tokens(1_234));
            runBackground();
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(result(job).succeeded()).isEqualTo(1_234);
            assertThat(tokenCount()).isEqualTo(1_234);
        }

        @Test
        void goesOnBehindAFaultyRow() {
            JsonObject faulty = Json.createObjectBuilder(token(2))
                    .add("secret", "no")
                    .add("otpLength", 7)
                    .add("rowNumber", 42)
                    .build();
            Job job = receive(
                    Job.Type.CREATE_OATH_TOKENS,
                    Stream.of(token(1), faulty, JsonValue.TRUE, JsonValue.EMPTY_JSON_ARRAY, token(3)));
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(2);
            assertThat(result(job).processed()).isEqualTo(5);
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::code, Result.Fault::target)
                    .containsExactly(
                            tuple(42, "INVALID_VALUE", "secret"),
                            tuple(42, "INVALID_VALUE", "otpLength"),
                            tuple(3, "INVALID_VALUE", null),
                            tuple(4, "INVALID_VALUE", null));
        }

        @Test
        void createsWhatTheEnvironmentAllows() {
            List<JsonObject> rows = List.of(
                    token("GA-12.3"),
                    Json.createObjectBuilder(token(1))
                            .add("hashAlgorithm", "HmacSHA256")
                            .build());
            Job before = receive(Job.Type.CREATE_OATH_TOKENS, rows.stream());
            runBackground();
            assertThat(result(before).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::target)
                    .containsExactly(tuple(1, "serialNumber"), tuple(2, "hashAlgorithm"));
            set("{\"serialNumberPunctuation\": true, \"hotp\": {\"hashAlgorithms\": [\"HmacSHA256\", \"HmacSHA1\"]}}");
            jobs = startService();
            Job after = receive(Job.Type.CREATE_OATH_TOKENS, rows.stream());
            runBackground();
            assertThat(result(after).succeeded()).isEqualTo(2);
        }

        @Test
        void pairsByASerialNumberWithPunctuationThoughNoneMayBeCreatedNow() {
            TokensFixture.create(tokens, environment, "GA-12.3");
            new DevicesFixture(directory, seals, Clock.systemUTC()).person(environment, "jdoe");
            Job job = receive(
                    Job.Type.PAIR_OATH_TOKENS,
                    Stream.of(json("{\"serialNumber\": \" ga-12.3 \", \"username\": \"jdoe\"}")));
            runBackground();
            assertThat(result(job).faults()).isEmpty();
            assertThat(result(job).succeeded()).isEqualTo(1);
        }

        @Test
        void revokesByIds() {
            receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(1), token(2)));
            runBackground();
            String known = TokenId.of(environment.id(), new SerialNumber("S1")).toString();
            String unknown = UUID.randomUUID().toString();
            Job job = receive(
                    Job.Type.REVOKE_OATH_TOKENS,
                    Stream.of(known, unknown, "*", known).map(Json::createValue));
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::subject)
                    .containsExactly(tuple(2, unknown), tuple(3, null), tuple(4, known));
            assertThat(tokenCount()).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("Until its body has ended well there is no job")
    class Receiving {

        @Test
        void nobodySeesIt() {
            jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                tokens(600).forEach(row -> upload.row(row, "tokens"));
                assertThat(jobs.find(environment, upload.id())).isEmpty();
                assertThat(jobs.page(environment, null, 10).items()).isEmpty();
                return USUAL;
            });
            assertThat(jobs.page(environment, null, 10).items()).hasSize(1);
        }

        @Test
        void nothingStaysOfOneThatFails() {
            assertThatThrownBy(() -> jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                        tokens(1_600).forEach(row -> upload.row(row, "tokens"));
                        throw new Problem.NotFound("the end of the body");
                    }))
                    .isInstanceOf(Problem.NotFound.class);
            runBackground();
            assertThat(jobEntries()).isZero();
            assertThat(tokenCount()).isZero();
        }

        @Test
        void aStopWhileItComesInLeavesNothingBehindTheNextStart() {
            assertThatThrownBy(() -> jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                        tokens(600).forEach(row -> upload.row(row, "tokens"));
                        throw new Problem.NotFound("the process");
                    }))
                    .isInstanceOf(Problem.NotFound.class);
            background.clear(); // it could not even tidy up
            assertThat(jobEntries()).isEqualTo(1);
            startService().resume(environment);
            runBackground();
            assertThat(jobEntries()).isZero();
        }

        @Test
        void refusesOneRowTooMany() {
            Stream<JsonValue> rows = IntStream.rangeClosed(0, Job.MAX_ROWS).mapToObj(number -> JsonValue.TRUE);
            assertThatThrownBy(() -> receive(Job.Type.CREATE_OATH_TOKENS, rows))
                    .isInstanceOf(Problem.InvalidData.class)
                    .hasMessageContaining("SIZE_LIMIT_EXCEEDED");
        }
    }

    @Nested
    @DisplayName("A job that was stopped goes on exactly where it was")
    class GoesOn {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 499, 500, 501, 999})
        void countsEachRowOnce(int done) {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1_000));
            background.clear(); // the process that was to run it is gone
            CreateToken before = createToken();
            for (int row = 0; row < done; row++) { // it had come so far, but no chunk had its result
                before.row(environment, USUAL, new JobRow(job.id(), row), token(row), new ChunkTotals(false));
            }
            jobs = startService();
            jobs.resume(environment);
            runBackground();
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(result(job).succeeded()).isEqualTo(1_000);
            assertThat(result(job).duplicates()).isEmpty();
            assertThat(tokenCount()).isEqualTo(1_000);
        }

        @Test
        void aRowThatIsDoneStaysDoneWhenTheSettingsWouldRefuseItNow() {
            set("{\"serialNumberPunctuation\": true}");
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token("S-1"), token("S-2")));
            background.clear();
            createToken().row(environment, USUAL, new JobRow(job.id(), 0), token("S-1"), new ChunkTotals(false));
            set("{}");
            startService().resume(environment);
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::subject, Result.Fault::target)
                    .containsExactly(tuple(2, "S-2", "serialNumber"));
        }

        @Test
        void twoThatRunItAtOnceCountOnce() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(700));
            startService().resume(environment);
            assertThat(background).hasSize(2);
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(700);
        }

        /** A rotation of keys changes the chunk's entry under the hands of whoever works on it. */
        @Test
        void aChunkThatIsSealedAnewMeanwhileHasItsResultAllTheSame(@TempDir Path folder) {
            KeySet keys = KeySets.in(folder);
            seals = new Seals(keys);
            tokens = TokensFixture.tokens(directory, seals);
            jobs = startService();
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(10));
            background.clear();
            int[] writes = {0};
            WholeDirectory rotating = new SteppedDirectory(directory, step -> {
                if (step == Step.WRITE
                        && ++writes[0] == 22) { // after the job's start, ten keys and ten tokens, the chunk's result
                    rotate(keys);
                }
            });
            JobsFixture.jobs(rotating, seals, background::add).resume(environment);
            runBackground();
            makeKeys();

            assertThat(writes[0]).as("the result's second try among them").isGreaterThan(22);
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(result(job).succeeded()).isEqualTo(10);
        }

        /** To where nothing is left under the old key; not so far that it is dropped. */
        private void rotate(KeySet keys) {
            SealedValues values = new SealedValues(directory, directory, directory);
            Resealing resealing =
                    new Resealing(keys, new Seals(keys), values, directory, work -> new Thread(work).start());
            SealingRotation rotation = new SealingRotation(keys, values, resealing, Clock.systemUTC());
            String id = rotation.begin();
            Instant deadline = Instant.now().plusSeconds(20);
            while (rotation.progress().under(id) < 11) { // the check value of this test is none
                assertThat(Instant.now()).isBefore(deadline);
                LockSupport.parkNanos(1_000_000);
            }
            resealing.stop();
        }

        @Test
        void aPausedServiceBeginsNoFurtherRow() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(10));
            ChunkWork chunks = chunkWork();
            chunks.stop();
            assertThat(chunks.work(environment, job, 0, new PlannedTokens())).isFalse();
            assertThat(tokenCount()).isZero();
            assertThat(result(job)).isEqualTo(Result.NONE);
        }
    }

    @Nested
    @DisplayName("A job says when it began and how it ended")
    class BeginsAndEnds {

        @Test
        void itHasBegunWithItsFirstRow() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1));
            assertThat(find(job)).extracting(Job::startedAt, Job::finishedAt).containsOnlyNulls();
            runBackground();
            assertThat(find(job).startedAt())
                    .isBetween(job.createdAt(), find(job).finishedAt());
        }

        @Test
        void aRestartIsNoSecondBegin() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1));
            Instant earlier = job.createdAt().minusSeconds(60);
            change(job, entry -> entry.setAttribute(Schema.STARTED_AT, GeneralizedTime.of(earlier)));
            background.clear();
            startService().resume(environment);
            runBackground();
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(find(job).startedAt()).isEqualTo(earlier);
        }

        /** An administrator may change the entry through LDAP between the read and the write. */
        @Test
        void aJobWhoseEntryIsChangedMeanwhileIsFinishedAllTheSame() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1));
            whenItFinishes(job, () -> change(job, entry -> entry.setAttribute(Schema.NAME, "ours")));
            assertThat(status(job)).isEqualTo(Status.DONE);
            assertThat(directory
                            .read(JobEntry.dn(environment, job.id()))
                            .orElseThrow()
                            .getAttributeValue(Schema.NAME))
                    .isEqualTo("ours");
        }

        @Test
        void theLogTellsOfOneThatIsGoneMeanwhile() {
            Job job = receive(Job.Type.CREATE_OATH_TOKENS, tokens(1));
            List<String> log = new ArrayList<>();
            Handler handler = handler(log);
            Logger logger = Logger.getLogger(JobRunner.class.getName());
            logger.addHandler(handler);
            try {
                whenItFinishes(job, () -> JobsFixture.deletion(directory, new Heard(), Clock.systemUTC())
                        .remove(environment, job.id()));
            } finally {
                logger.removeHandler(handler);
            }
            assertThat(log).containsExactly("The job " + job.id() + " is gone; it would be DONE now.");
        }

        /** Runs a job of one chunk, and something once before the write that finishes it. */
        private void whenItFinishes(Job job, Runnable meanwhile) {
            background.clear();
            boolean[] happened = {false};
            WholeDirectory stepped = new SteppedDirectory(directory, step -> {
                if (step == Step.WRITE && !happened[0] && isDone(job)) {
                    happened[0] = true;
                    meanwhile.run();
                }
            });
            JobsFixture.jobs(stepped, seals, background::add).resume(environment);
            runBackground();
            assertThat(happened[0]).isTrue();
        }

        private boolean isDone(Job job) {
            return directory
                    .read(JobEntry.chunkDn(environment, job.id(), 0))
                    .filter(JobEntry::isDone)
                    .isPresent();
        }

        private Job find(Job job) {
            return jobs.find(environment, job.id()).orElseThrow();
        }

        private void change(Job job, Consumer<Entry> change) {
            ReadOnlyEntry seen =
                    directory.read(JobEntry.dn(environment, job.id())).orElseThrow();
            Entry wanted = seen.duplicate();
            change.accept(wanted);
            assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
        }

        private static Handler handler(List<String> log) {
            return new Handler() {
                @Override
                public void publish(LogRecord line) {
                    log.add(new SimpleFormatter().formatMessage(line));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
        }
    }

    @Nested
    @DisplayName("Jobs are listed newest first")
    class Listing {

        @Test
        void pageByPage() {
            List<UUID> ids = IntStream.range(0, 5)
                    .mapToObj(number -> receiveInAMillisecondOfItsOwn(number).id())
                    .toList();
            Page<Job> first = jobs.page(environment, null, 3);
            assertThat(first.last()).isEqualTo(ids.get(2).toString());
            assertThat(first.items()).extracting(Job::id).containsExactly(ids.get(4), ids.get(3), ids.get(2));
            Page<Job> second = jobs.page(environment, ids.get(2).toString(), 3);
            assertThat(second.last()).isNull();
            assertThat(second.items()).extracting(Job::id).containsExactly(ids.get(1), ids.get(0));
        }

        private Job receiveInAMillisecondOfItsOwn(int number) {
            long now = Instant.now().toEpochMilli();
            while (Instant.now().toEpochMilli() <= now) {
                Thread.onSpinWait();
            }
            return receive(Job.Type.CREATE_OATH_TOKENS, Stream.of(token(number)));
        }
    }
}
