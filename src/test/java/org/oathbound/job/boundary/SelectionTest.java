package org.oathbound.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.control.Jobs;
import org.oathbound.job.control.JobsFixture;
import org.oathbound.job.control.SelectTokens;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.NewToken.Label;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("A job selects its tokens by a batch, a range of serial numbers or a filter")
@Tag("slow")
class SelectionTest {

    private static final String ALL = "{'filter':'serialNumber sw \\\"GALT\\\"'}";
    private static final String LABEL =
            ",'label':{'location':'Berlin','note':'Spare','expiresAt':'2031-01-01T00:00:00Z'}";

    @TempDir
    static Path data;

    private static Seals seals;

    private final Queue<Runnable> background = new ArrayDeque<>();
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private DevicesFixture parts;
    private Jobs jobs;
    private SelectTokens select;

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
        select = JobsFixture.selectTokens(directory, seals);
        for (String serialNumber : List.of("GALT15", "GALT1000", "GALT1001", "GALT1002", "GALT2000")) {
            parts.fob(environment, serialNumber);
        }
    }

    private Job receive(Job.Type type, String members) {
        @Nullable String rows = type.isOfDevices() ? null : "tokenIds";
        String body = "{'type':'" + type + "'," + members + "}";
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return jobs.receive(environment, type, upload -> new JobDocument(type, rows)
                .read(
                        new ByteArrayInputStream(bytes),
                        upload,
                        selection -> select.into(upload, environment, type, selection)));
    }

    private Job run(Job.Type type, String members) {
        Job job = receive(type, members);
        while (!background.isEmpty()) {
            background.remove().run();
        }
        return jobs.find(environment, job.id()).orElseThrow();
    }

    private Result result(Job.Type type, String members) {
        return jobs.result(environment, run(type, members));
    }

    private List<RowReport> preview(Job.Type type, String selection, String more) {
        Job job = run(type, "'preview':true,'selection':" + selection + more);
        List<RowReport> lines = new ArrayList<>();
        jobs.forEachLine(environment, job, lines::add);
        return lines;
    }

    private List<String> selected(String selection) {
        return preview(Job.Type.REVOKE_OATH_TOKENS, selection, "").stream()
                .map(line -> line.cells().getFirst())
                .toList();
    }

    private TokenId id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private boolean isThere(String serialNumber) {
        return parts.tokens.find(environment, id(serialNumber)).isPresent();
    }

    private Label label(String serialNumber) {
        return parts.tokens
                .find(environment, id(serialNumber))
                .orElseThrow()
                .metadata()
                .label();
    }

    private UUID person(String username, String... serialNumbers) {
        UUID person = parts.person(environment, username).id();
        for (String serialNumber : serialNumbers) {
            pair(person, serialNumber);
        }
        return person;
    }

    private void pair(UUID person, String serialNumber) {
        NewDevice.Fob fob = new NewDevice.Fob(new SerialNumber(serialNumber));
        parts.pairing.pair(environment, person, new NewDevice(fob, Device.Status.ACTIVE, null, null));
    }

    private List<PairedDevice> devices(UUID person) {
        return parts.devices.list(environment, person);
    }

    private boolean isBlocked(UUID person) {
        return devices(person).getFirst().device().blockedAt() != null;
    }

    @Nested
    @DisplayName("What is selected is found once, in the order of the serial numbers")
    class Finds {

        @Test
        void aRangeOfOneLengthWithBothEnds() {
            assertThat(selected("{'serialNumbers':{'from':'galt1000','to':'GALT1002'}}"))
                    .containsExactly("GALT1000", "GALT1001", "GALT1002");
            assertThat(selected("{'serialNumbers':{'from':'GALT1001','to':'GALT9999'}}"))
                    .containsExactly("GALT1001", "GALT1002", "GALT2000");
            assertThat(selected("{'serialNumbers':{'from':'AAAA0000','to':'ZZZZ9999'}}"))
                    .hasSize(4);
        }

        @Test
        void aFilterAsTheListOfTokensHasIt() {
            person("jane", "GALT1001");
            assertThat(selected("{'filter':'serialNumber sw \\\"GALT1\\\" and paired eq false'}"))
                    .containsExactly("GALT1000", "GALT1002", "GALT15");
        }

        @Test
        void aBatchIsWhatAJobHasCreated() {
            String secret = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";
            Job batch = jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                upload.row(
                        Json.createObjectBuilder()
                                .add("serialNumber", "NEW1")
                                .add("secret", secret)
                                .add("type", "HOTP")
                                .add("otpLength", 6)
                                .build(),
                        "tokens");
                return Job.Options.of(128, false, false);
            });
            background.remove().run();
            assertThat(selected("{'batch':'" + batch.id() + "'}")).containsExactly("NEW1");
        }

        @Test
        void notWhatComesLater() {
            receive(Job.Type.REVOKE_OATH_TOKENS, "'selection':" + ALL);
            parts.fob(environment, "GALT3000");
            background.remove().run();
            assertThat(isThere("GALT1000")).isFalse();
            assertThat(isThere("GALT3000")).isTrue();
        }
    }

    @Nested
    @DisplayName("A selection that is not right is refused with a sentence, and there is no job")
    class Refuses {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {'serialNumbers':{'from':'GALT1','to':'GALT10'}} | selection.serialNumbers.to   | same length
                {'serialNumbers':{'from':'B1','to':'A1'}}        | selection.serialNumbers.to   | ends before it begins
                {'serialNumbers':{'from':'?','to':'A1'}}         | selection.serialNumbers.from | can't be a serial number
                {'serialNumbers':{'to':'A1'}}                    | selection.serialNumbers.from | required
                {'serialNumbers':'A1'}                           | selection.serialNumbers      | must be a object
                {'filter':'colour eq \\"red\\"'}                 | selection.filter             | not supported
                {'filter':'serialNumber'}                        | selection.filter             | can't be read
                {'batch':'1'}                                    | selection.batch              | UUID
                {}                                               | selection.batch              | one of batch
                {'batch':'1','filter':'a'}                       | selection.batch              | one of batch
                {'filter':'serialNumber sw \\"X\\"'}             | selection                    | no token of the selection
                {'batch':'0b6b3f4d-2b33-4bd2-a1a6-0a0f6b5d3c11'} | selection                    | no token of the selection
                []                                               | selection                    | must be a object
                """)
        void one(String selection, String target, String part) {
            Problem.InvalidData refused = catchThrowableOfType(
                    Problem.InvalidData.class, () -> receive(Job.Type.REVOKE_OATH_TOKENS, "'selection':" + selection));
            assertThat(refused.details()).extracting(Detail::target).containsExactly(target);
            assertThat(refused.details().getFirst().message()).contains(part);
            assertThat(jobs.page(environment, null, 10).items()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"UNPAIR_OATH_TOKENS", "BLOCK_OATH_TOKENS", "UNBLOCK_OATH_TOKENS"})
        void tokensThatNobodyHasWhereDevicesAreMeant(Job.Type type) {
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> receive(type, "'selection':" + ALL))
                            .details())
                    .extracting(Detail::message)
                    .containsExactly("There is nothing to do: nobody has a token of the selection.");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                REVOKE_OATH_TOKENS | "async":true,'tokenIds':['x'],'selection':{} | selection
                PAIR_OATH_TOKENS   | "async":true,'selection':{}             | selection
                BLOCK_OATH_TOKENS  | "async":true,'tokenIds':['x']                | selection
                LABEL_OATH_TOKENS  | "async":true,'tokenIds':['x']                | label
                LABEL_OATH_TOKENS  | "async":true,'tokenIds':['x'],'label':{}     | label
                LABEL_OATH_TOKENS  | "async":true,'tokenIds':['x'],'label':{'expiresAt':'soon'} | label.expiresAt
                """)
        void bodies(Job.Type type, String members, String target) {
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> receive(type, members))
                            .details())
                    .extracting(Detail::target)
                    .containsExactly(target);
        }
    }

    @Nested
    @DisplayName("A preview says of each row what would become of it, and changes nothing")
    class Previews {

        @Test
        void ofRevoking() {
            person("jane", "GALT1001");
            assertThat(preview(Job.Type.REVOKE_OATH_TOKENS, ALL, ""))
                    .extracting(RowReport::outcome)
                    .containsExactly(
                            Outcome.REVOKE, Outcome.STILL_PAIRED, Outcome.REVOKE, Outcome.REVOKE, Outcome.REVOKE);
            assertThat(isThere("GALT1000")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"UNPAIR_OATH_TOKENS, UNPAIR", "BLOCK_OATH_TOKENS, BLOCK", "UNBLOCK_OATH_TOKENS, UNBLOCK"})
        void ofDevices(Job.Type type, Outcome outcome) {
            UUID jane = person("jane", "GALT1001");
            UUID device = devices(jane).getFirst().device().id();
            if (type == Job.Type.UNBLOCK_OATH_TOKENS) {
                parts.changes.block(environment, jane, device);
            }
            List<PairedDevice> before = devices(jane);
            assertThat(preview(type, ALL, ""))
                    .extracting(RowReport::cells, RowReport::outcome)
                    .containsExactly(tuple(List.of("GALT1001", jane.toString(), device.toString()), outcome));
            assertThat(devices(jane)).isEqualTo(before);
        }

        @Test
        void ofLabels() {
            Label before = label("GALT1000");
            assertThat(preview(Job.Type.LABEL_OATH_TOKENS, ALL, LABEL))
                    .extracting(RowReport::outcome)
                    .hasSize(5)
                    .containsOnly(Outcome.LABEL);
            assertThat(label("GALT1000")).isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("Done twice, it is the same")
    class Does {

        @Test
        void labels() {
            for (int time = 0; time < 2; time++) {
                assertThat(result(Job.Type.LABEL_OATH_TOKENS, "'selection':" + ALL + LABEL)
                                .succeeded())
                        .isEqualTo(5);
            }
            Label label = label("GALT1000");
            assertThat(label.location()).isEqualTo("Berlin");
            assertThat(label.note()).isEqualTo("Spare");
            assertThat(label.expiresAt()).isEqualTo(Instant.parse("2031-01-01T00:00:00Z"));
            run(Job.Type.LABEL_OATH_TOKENS, "'tokenIds':['" + id("GALT1000") + "'],'label':{'note':null}");
            assertThat(label("GALT1000").note()).isNull();
            assertThat(label("GALT1000").location()).isEqualTo("Berlin");
        }

        @Test
        void blocksAndUnblocksWhoeverHasThem() {
            UUID jane = person("jane", "GALT1001");
            UUID john = person("john", "GALT1001");
            for (int time = 0; time < 2; time++) {
                assertThat(result(Job.Type.BLOCK_OATH_TOKENS, "'selection':" + ALL)
                                .succeeded())
                        .isEqualTo(2);
                assertThat(isBlocked(jane) && isBlocked(john)).isTrue();
            }
            for (int time = 0; time < 2; time++) {
                assertThat(result(Job.Type.UNBLOCK_OATH_TOKENS, "'selection':" + ALL)
                                .succeeded())
                        .isEqualTo(2);
                assertThat(isBlocked(jane) || isBlocked(john)).isFalse();
            }
        }

        @Test
        void unpairsAndLeavesWhatWasPairedSince() {
            UUID jane = person("jane", "GALT1001");
            Job job = receive(Job.Type.UNPAIR_OATH_TOKENS, "'selection':" + ALL);
            UUID john = person("john", "GALT1001");
            Runnable work = background.remove();
            work.run();
            work.run();
            assertThat(jobs.result(environment, job).succeeded()).isEqualTo(1);
            assertThat(devices(jane)).isEmpty();
            assertThat(devices(john)).hasSize(1);
        }

        @Test
        void revokesAndTheSecondTimeThereIsNothingToDo() {
            person("jane", "GALT1001");
            Result result = result(Job.Type.REVOKE_OATH_TOKENS, "'forceUnpair':true,'selection':" + ALL);
            assertThat(result.succeeded()).isEqualTo(5);
            assertThat(catchThrowableOfType(
                            Problem.InvalidData.class,
                            () -> receive(Job.Type.REVOKE_OATH_TOKENS, "'selection':" + ALL)))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @DisplayName("What somebody with a role has stays as it is, in a preview too")
    @CsvSource({
        "REVOKE_OATH_TOKENS, false, 3",
        "UNPAIR_OATH_TOKENS, false, 1",
        "BLOCK_OATH_TOKENS, false, 0",
        "BLOCK_OATH_TOKENS, true, 0",
        "UNBLOCK_OATH_TOKENS, false, 0"
    })
    void roles(Job.Type type, boolean preview, int succeeded) {
        UUID admin = person("admin", "GALT1001", "GALT1002");
        new RoleHolders(directory).set(environment, admin, Set.of(Role.AUDITOR));
        person("jane", "GALT1001");
        List<PairedDevice> before = devices(admin);

        Result result = result(type, "'forceUnpair':true,'preview':" + preview + ",'selection':" + ALL);

        assertThat(result.succeeded()).isEqualTo(succeeded);
        assertThat(result.faults())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(fault -> assertThat(fault.message()).contains("holds a role"))
                .extracting(Result.Fault::subject)
                .containsOnly("GALT1001", "GALT1002");
        assertThat(devices(admin))
                .hasSameSizeAs(before)
                .noneMatch(device -> device.device().blockedAt() != null);
    }
}
