package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.otp.Secrets;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.Owner.Status;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.TokenId;

@Tag("slow")
class SeedFileJobTest {

    private static final Options USUAL = Options.of(128, false, false);
    private static final Options PREVIEW = Options.of(128, false, true);

    @TempDir
    static Path data;

    private static Seals seals;

    private Environment environment;
    private DevicesFixture parts;
    private WholeEmbeddedDirectory directory;
    private Jobs jobs;
    private final Queue<Runnable> background = new ArrayDeque<>();

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        jobs = JobsFixture.jobs(directory, seals, background::add);
    }

    private static JsonObjectBuilder token(String serialNumber) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("secret", Secrets.hex(serialNumber))
                .add("type", "HOTP")
                .add("otpLength", 6)
                .add("hotp", Json.createObjectBuilder().add("counter", 0));
    }

    private static JsonObject totp(@Nullable String serialNumber, int drift) {
        JsonObjectBuilder token = token(serialNumber == null ? "" : serialNumber)
                .add("type", "TOTP")
                .add("totp", Json.createObjectBuilder().add("timeStep", 60).add("drift", drift))
                .remove("hotp");
        return (serialNumber == null ? token.remove("serialNumber") : token).build();
    }

    private static SeedRow row(int number, JsonObject token, @Nullable Owner owner) {
        return new SeedRow(
                number,
                token.getString("serialNumber", null),
                List.of("cell " + number, "6E******"),
                SeedTokens.of(token),
                owner,
                List.of());
    }

    private static SeedRow faulty(int number, String message) {
        return new SeedRow(
                number,
                "X1",
                List.of("cell " + number, "zz******"),
                null,
                null,
                List.of(new Detail(DetailCode.INVALID_VALUE, "secret", message)));
    }

    private Job receive(Options options, SeedRow... rows) {
        return jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
            upload.columns(List.of("serial", "key"));
            List.of(rows).forEach(upload::row);
            return options;
        });
    }

    private Job run(Options options, SeedRow... rows) {
        Job job = receive(options, rows);
        runBackground();
        return jobs.find(environment, job.id()).orElseThrow();
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private Result result(Job job) {
        return jobs.result(environment, job);
    }

    private List<RowReport> lines(Job job) {
        List<RowReport> lines = new ArrayList<>();
        jobs.forEachLine(environment, job, lines::add);
        return lines;
    }

    private Optional<org.oathbound.token.entity.Token> token(Environment in, String serialNumber) {
        return parts.tokens.findAny(in, TokenId.of(in.id(), new SerialNumber(serialNumber)));
    }

    private List<PairedDevice> devices(Person person) {
        return parts.devices.list(environment, person.id());
    }

    @Nested
    @DisplayName("Rows of a file become tokens, and those who own them get them")
    class Creates {

        @Test
        void stockAndPairs() {
            Person jane = parts.person(environment, "jane");
            Job job = run(
                    USUAL,
                    row(2, token("S1").build(), null),
                    row(
                            3,
                            token("S2")
                                    .add("hotp", Json.createObjectBuilder().add("counter", 7))
                                    .build(),
                            new Owner("JANE", Status.ACTIVE)));
            assertThat(result(job).succeeded()).isEqualTo(2);
            assertThat(result(job).pairsCreated()).isEqualTo(1);
            assertThat(lines(job)).isEmpty();
            assertThat(token(environment, "S1").orElseThrow().metadata().pairings())
                    .isEmpty();
            assertThat(((HotpToken) token(environment, "S2").orElseThrow()).nextCounter())
                    .isEqualTo(7);
            assertThat(devices(jane)).singleElement().satisfies(paired -> {
                assertThat(paired.device().status()).isEqualTo(Device.Status.ACTIVE);
                assertThat(paired.isUsable(Instant.now())).isTrue();
            });
        }

        @Test
        void aClockThatWasInUseKeepsItsDriftAndAcceptsNothingThatItMayHaveAccepted() {
            parts.person(environment, "jane");
            long before = Instant.now().getEpochSecond() / 60;
            run(USUAL, row(1, totp("S1", -3), new Owner("jane", Status.ACTIVE)), row(2, totp("S2", 2), null));
            TotpToken token = (TotpToken) token(environment, "S1").orElseThrow();
            assertThat(token.drift()).isEqualTo(-3);
            assertThat(token.lastStep()).isBetween(before - 3, before - 2);
            assertThat(((TotpToken) token(environment, "S2").orElseThrow()).drift())
                    .isEqualTo(2);
        }

        @Test
        void aDriftThatNoTokenCanHaveIsAFault() {
            Job job = run(USUAL, row(1, totp("S1", 1_000_001), null));
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::target)
                    .containsExactly(tuple(1, "totp.drift"));
        }

        @Test
        void whatWaitedForItsActivationWaitsAndWhatWasBlockedIsBlocked() {
            Person jane = parts.person(environment, "jane");
            run(
                    USUAL,
                    row(1, token("S1").build(), new Owner("jane", Status.ACTIVATION_REQUIRED)),
                    row(2, token("S2").build(), new Owner("jane", Status.BLOCKED)));
            assertThat(devices(jane))
                    .extracting(paired -> paired.device().status(), PairedDevice::isBlocked)
                    .containsExactly(
                            tuple(Device.Status.ACTIVATION_REQUIRED, false), tuple(Device.Status.ACTIVE, true));
        }

        @Test
        void aTokenWithoutSerialNumberIsItsOwnersApp() {
            Person jane = parts.person(environment, "jane");
            Job job = run(USUAL, row(1, totp(null, 0), new Owner("jane", Status.ACTIVE)));
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(devices(jane)).singleElement().satisfies(paired -> {
                assertThat(paired.device().type()).isEqualTo(Device.Type.TOTP);
                assertThat(((TotpToken) paired.token()).timeStep()).isEqualTo(60);
            });
        }

        @Test
        void aTokenOfAnUnknownOwnerGoesToStockAndTheReportSaysSo() {
            Job job = run(USUAL, row(5, token("S1").build(), new Owner("nobody", Status.ACTIVE)));
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).pairsCreated()).isZero();
            assertThat(result(job).faults())
                    .extracting(Result.Fault::rowNumber, Result.Fault::subject, Result.Fault::target)
                    .containsExactly(tuple(5, "S1", "username"));
            assertThat(lines(job))
                    .containsExactly(new RowReport(
                            5,
                            List.of("cell 5", "6E******"),
                            Outcome.CREATE_WITHOUT_PAIRING,
                            "S1",
                            null,
                            "username: There is no such user. The token went to stock."));
            assertThat(token(environment, "S1")).isPresent();
        }

        @Test
        void aTokenWhoseValidityHasEndedGoesToStockAndTheReportSaysSo() {
            Person jane = parts.person(environment, "jane");
            JsonObject ended =
                    token("S1").add("validUntil", "2026-01-01T00:00:00Z").build();
            for (Options options : List.of(PREVIEW, USUAL)) {
                Job job = run(options, row(1, ended, new Owner("jane", Status.ACTIVE)));
                assertThat(lines(job)).singleElement().satisfies(line -> {
                    assertThat(line.outcome()).isEqualTo(Outcome.CREATE_WITHOUT_PAIRING);
                    assertThat(line.reason()).contains("ended at 2026-01-01T00:00:00Z", "none of its codes is good");
                });
            }
            assertThat(devices(jane)).isEmpty();
        }

        @Test
        void theReportSaysFromWhenATokenIsGoodAndWhatElseItIsCalled() {
            JsonObject later =
                    token("S1").add("validFrom", "2199-01-01T00:00:00Z").build();
            SeedRow named = row(2, token("rosasphone1A2B3C4D").build(), null);
            named = new SeedRow(2, "rosa's phone", named.cells(), named.token(), null, List.of());
            Job job = run(USUAL, row(1, later, null), named, row(3, token("S3").build(), null));
            assertThat(lines(job))
                    .extracting(RowReport::rowNumber, RowReport::outcome, RowReport::reason)
                    .containsExactly(
                            tuple(1, Outcome.CREATE, "None of its codes is good before 2199-01-01T00:00:00Z."),
                            tuple(
                                    2,
                                    Outcome.CREATE,
                                    "The token's serial number is rosasphone1A2B3C4D, for what the file calls it can't be one."));
        }

        @Test
        void anAppOfAnUnknownOwnerIsAFault() {
            Job job = run(USUAL, row(5, totp(null, 0), new Owner("nobody", Status.ACTIVE)));
            assertThat(result(job).succeeded()).isZero();
            assertThat(lines(job)).extracting(RowReport::outcome).containsExactly(Outcome.FAULTY);
        }
    }

    @Nested
    @DisplayName("The report has the cells of every row that is not right, and why")
    class Reports {

        @Test
        void faultsOfTheFileAndOfTheTokenAndDuplicates() {
            Job job = run(
                    USUAL,
                    row(2, token("S1").build(), null),
                    faulty(3, "The secret could be hexadecimal or Base32."),
                    row(4, token("S1").build(), null),
                    row(5, token("S2").add("otpLength", 7).build(), null));
            assertThat(result(job).processed()).isEqualTo(4);
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(lines(job))
                    .extracting(RowReport::rowNumber, line -> line.cells().get(0), RowReport::outcome)
                    .containsExactly(
                            tuple(3, "cell 3", Outcome.FAULTY),
                            tuple(4, "cell 4", Outcome.DUPLICATE),
                            tuple(5, "cell 5", Outcome.FAULTY));
            assertThat(result(job).faults()).extracting(Result.Fault::subject).containsExactly("X1", "S2");
            assertThat(lines(job).get(0).reason()).isEqualTo("secret: The secret could be hexadecimal or Base32.");
            assertThat(job.options().columns()).containsExactly("serial", "key");
        }

        @Test
        void isThereForJsonToo() {
            Job job = jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                upload.row(token("S1").add("otpLength", 7).build(), "tokens");
                return USUAL;
            });
            runBackground();
            assertThat(lines(job))
                    .extracting(RowReport::rowNumber, RowReport::cells, RowReport::outcome)
                    .containsExactly(tuple(1, List.of("S1"), Outcome.FAULTY));
        }
    }

    @Nested
    @DisplayName("A preview says what would happen, row by row, and changes nothing")
    class Previews {

        private final SeedRow[] rows = {
            row(1, token("S1").build(), null),
            row(2, token("S2").build(), new Owner("jane", Status.ACTIVE)),
            row(3, token("S3").build(), new Owner("nobody", Status.ACTIVE)),
            row(4, token("S1").add("serialNumber", "s1").build(), null),
            row(5, token("OLD").build(), null),
            faulty(6, "It is none."),
            row(7, totp(null, 0), new Owner("jane", Status.ACTIVE))
        };

        private final List<Outcome> outcomes = List.of(
                Outcome.CREATE,
                Outcome.CREATE_AND_PAIR,
                Outcome.CREATE_WITHOUT_PAIRING,
                Outcome.DUPLICATE,
                Outcome.DUPLICATE,
                Outcome.FAULTY,
                Outcome.CREATE_AND_PAIR);

        @Test
        void ofEveryRow() {
            Person jane = parts.person(environment, "jane");
            parts.fob(environment, "OLD");
            Job job = run(PREVIEW, rows);
            assertThat(lines(job)).extracting(RowReport::outcome).isEqualTo(outcomes);
            assertThat(result(job).succeeded()).isEqualTo(4);
            assertThat(devices(jane)).isEmpty();
            for (String serialNumber : List.of("S1", "S2", "S3")) {
                assertThat(token(environment, serialNumber)).isEmpty();
            }
        }

        @Test
        void asTheJobThenDoesIt() {
            parts.person(environment, "jane");
            parts.fob(environment, "OLD");
            Result previewed = result(run(PREVIEW, rows));
            assertThat(result(run(USUAL, rows))).isEqualTo(previewed);
        }

        @Test
        void aRowThatRepeatsOneOfAnEarlierChunkIsSeenAfterAStopToo() {
            SeedRow[] many = IntStream.rangeClosed(1, 501)
                    .mapToObj(number -> row(
                            number, token("S" + (number == 501 ? 1 : number)).build(), null))
                    .toArray(SeedRow[]::new);
            Job job = receive(PREVIEW, many);
            background.clear(); // the process was stopped when the first chunk was done
            JobsFixture.chunkWork(directory, seals).work(environment, job(job), 0, new PlannedTokens());
            jobs.resume(environment);
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(500);
            assertThat(result(job).duplicates())
                    .extracting(Result.Duplicate::rowNumber)
                    .containsExactly(501);
        }

        private Job job(Job received) {
            return jobs.find(environment, received.id()).orElseThrow();
        }
    }

    @Nested
    @DisplayName("A job that was stopped goes on exactly where it was")
    class GoesOn {

        @Test
        void aRowThatHasCreatedItsTokenPairsItOnce() {
            Person jane = parts.person(environment, "jane");
            SeedRow row = row(1, token("S1").build(), new Owner("jane", Status.ACTIVE));
            Job job = receive(USUAL, row);
            background.clear();
            Job found = jobs.find(environment, job.id()).orElseThrow();
            CreateToken before = JobsFixture.createToken(parts);
            before.row(
                    environment,
                    found.options(),
                    new org.oathbound.token.entity.JobRow(job.id(), 0),
                    KeptRow.of(row),
                    new ChunkTotals(false));
            jobs.resume(environment);
            runBackground();
            assertThat(result(job).succeeded()).isEqualTo(1);
            assertThat(result(job).pairsCreated()).isEqualTo(1);
            assertThat(result(job).duplicates()).isEmpty();
            assertThat(devices(jane)).hasSize(1);
        }
    }
}
