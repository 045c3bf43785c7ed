package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.otp.Secrets;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.problem.Faults;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.LabelChange;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("Each row of a job that changes something is a line, with the job's id")
@Tag("slow")
class JobAuditTest {

    private final Heard heard = new Heard();
    private final WholeDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final Queue<Runnable> background = new ArrayDeque<>();
    private Seals seals;
    private Jobs jobs;

    @BeforeEach
    void start(@TempDir Path data) {
        seals = new Seals(KeySets.in(data));
        jobs = JobsFixture.jobs(directory, seals, heard, background::add);
    }

    private Job run(Job.Type type, Options options, List<? extends JsonValue> rows) {
        Job job = jobs.receive(environment, type, upload -> {
            rows.forEach(row -> upload.row(row, "tokens"));
            return options;
        });
        while (!background.isEmpty()) {
            background.remove().run();
        }
        return job;
    }

    private Job create(Options options, String... serialNumbers) {
        return run(
                Job.Type.CREATE_OATH_TOKENS,
                options,
                List.of(serialNumbers).stream().map(JobAuditTest::token).toList());
    }

    private static JsonValue token(String serialNumber) {
        return Json.createObjectBuilder()
                .add("serialNumber", serialNumber)
                .add("secret", Secrets.hex(serialNumber))
                .add("type", "HOTP")
                .add("otpLength", 6)
                .build();
    }

    private String id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber)).toString();
    }

    @Test
    void ofACreatedTokenAndNotOfAFaultyRow() {
        Job job = create(Options.of(128, false, false), "A1", "A 2 ?", "A3", "A1");
        assertThat(heard.texts()).containsExactly("oathToken.create success", "oathToken.create success");
        assertThat(heard.told()).extracting(told -> told.event().object()).containsExactly(id("A1"), id("A3"));
        assertThat(heard.told())
                .allMatch(told -> job.id().toString().equals(told.context().correlationId()))
                .allMatch(told -> environment.id().equals(told.context().environment()))
                .allMatch(told -> told.context().actor().equals("service"));
        assertThat(heard.told().toString()).doesNotContain(Secrets.hex("A1"));
    }

    @Test
    void ofPairingUnpairingAndRevoking() {
        create(Options.of(128, false, false), "A1");
        UUID person = PersonsFixture.create(PersonsFixture.persons(directory), environment, "jdoe")
                .id();
        JsonValue pair = Json.createObjectBuilder()
                .add("serialNumber", "A1")
                .add("username", "jdoe")
                .build();
        run(Job.Type.PAIR_OATH_TOKENS, Options.of(128, false, false), List.of(pair));
        run(Job.Type.UNPAIR_OATH_TOKENS, Options.of(128, false, false), List.of(pair));
        run(Job.Type.REVOKE_OATH_TOKENS, Options.of(128, false, false), List.of(Json.createValue(id("A1"))));
        assertThat(heard.texts())
                .containsExactly(
                        "oathToken.create success",
                        "device.pair success",
                        "device.unpair success",
                        "oathToken.revoke success");
        assertThat(heard.told().get(1).event().person()).isEqualTo(person);
        assertThat(heard.told().get(1).event().object())
                .isEqualTo(heard.told().get(2).event().object());
        assertThat(heard.last().event().object()).isEqualTo(id("A1"));
        assertThat(heard.told().toString()).doesNotContain("jdoe");
    }

    @Test
    void ofWhatASelectionHasFoundAndNotOfAPreview() {
        create(Options.of(128, false, false), "A1");
        PersonsFixture.create(PersonsFixture.persons(directory), environment, "jdoe");
        JsonValue pair = Json.createObjectBuilder()
                .add("serialNumber", "A1")
                .add("username", "jdoe")
                .build();
        run(Job.Type.PAIR_OATH_TOKENS, Options.of(128, false, false), List.of(pair));
        for (boolean preview : new boolean[] {true, false}) {
            select(Job.Type.LABEL_OATH_TOKENS, preview);
            select(Job.Type.BLOCK_OATH_TOKENS, preview);
            select(Job.Type.UNBLOCK_OATH_TOKENS, preview);
            select(Job.Type.UNPAIR_OATH_TOKENS, preview);
            select(Job.Type.REVOKE_OATH_TOKENS, preview);
        }
        assertThat(heard.texts().subList(2, heard.texts().size()))
                .containsExactly(
                        "oathToken.label success",
                        "device.block success",
                        "device.unblock success",
                        "device.unpair success",
                        "oathToken.revoke success");
    }

    private void select(Job.Type type, boolean preview) {
        jobs.receive(environment, type, upload -> {
            JobsFixture.selectTokens(directory, seals)
                    .into(upload, environment, type, TokenSelection.of(new TokenQuery()));
            return Options.of(128, true, preview)
                    .withLabel(LabelChange.read(Map.of("location", "Berlin"), new Faults()));
        });
        background.remove().run();
    }

    @Test
    void theJobWaitsWhileNoLineCanBeWrittenAndNoneIsLeftOut() {
        heard.fail();
        Job job = jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
            IntStream.range(0, 3).forEach(i -> upload.row(token("B" + i), "tokens"));
            return Options.of(128, false, false);
        });
        Thread later = new Thread(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.recover();
        });
        later.start();
        background.remove().run();
        assertThat(heard.told())
                .extracting(told -> told.event().object())
                .containsExactly(id("B0"), id("B1"), id("B2"));
        assertThat(jobs.find(environment, job.id()).orElseThrow().status()).isEqualTo(Job.Status.DONE);
    }
}
