package org.oathbound.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.SteppedDirectory.Step;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

@Tag("slow")
class JobDeletionTest {

    @TempDir
    static Path data;

    private static Seals seals;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Jobs jobs;
    private JobDeletion deletion;
    private final Heard audit = new Heard();
    private final Queue<Runnable> background = new ArrayDeque<>();

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        jobs = JobsFixture.jobs(directory, seals, background::add);
        deletion = JobsFixture.deletion(directory, audit, Clock.systemUTC());
    }

    @Nested
    @DisplayName("A job that is finished can be deleted")
    class Deleting {

        @Test
        void itGoesWithItsChunks() {
            UUID id = done(1_001);
            UUID other = done(1);
            deletion.delete(environment, id);
            assertThat(jobs.find(environment, id)).isEmpty();
            assertThat(entries())
                    .containsExactlyInAnyOrder(
                            JobEntry.chunkDn(environment, other, 0),
                            JobEntry.dn(environment, other),
                            environment.jobs());
        }

        @Test
        void oneThatIsRunningStays() {
            UUID id = receive(1).id();
            assertThatThrownBy(() -> deletion.delete(environment, id))
                    .isInstanceOf(Problem.RequestFailed.class)
                    .hasMessageContaining("still running");
            runBackground();
            assertThat(jobs.find(environment, id)).isPresent();
        }

        @Test
        void oneThatIsUnknownIsNotFound() {
            UUID id = done(1);
            deletion.delete(environment, id);
            assertThatThrownBy(() -> deletion.delete(environment, id)).isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void oneThatIsStillComingInIsNotFound() {
            jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                upload.row(JsonValue.TRUE, "tokens");
                assertThatThrownBy(() -> deletion.delete(environment, upload.id()))
                        .isInstanceOf(Problem.NotFound.class);
                return Options.of(128, false, false);
            });
        }

        @Test
        void nobodySeesOneWhoseDeletionWasCutOffAndTheNextSweepRemovesTheRest() {
            UUID id = done(1_001);
            int[] writes = {0};
            WholeDirectory failing = new SteppedDirectory(directory, step -> {
                if (step == Step.WRITE && ++writes[0] == 3) {
                    throw new Problem.Unavailable("The disk is full.", Duration.ofSeconds(5));
                }
            });
            assertThatThrownBy(() -> JobsFixture.deletion(failing, audit, Clock.systemUTC())
                            .delete(environment, id))
                    .isInstanceOf(Problem.Unavailable.class);
            assertThat(jobs.find(environment, id)).isEmpty();
            assertThat(jobs.page(environment, null, 10).items()).isEmpty();
            assertThat(entries()).hasSizeGreaterThan(1);
            deletion.sweep(environment);
            assertThat(entries()).containsExactly(environment.jobs());
        }
    }

    @Nested
    @DisplayName("A job is kept for 30 days after its end")
    class Sweeping {

        @Test
        void thenItIsRemovedAndTheAuditTellsOfIt() {
            UUID id = done(1_001);
            after(Duration.ofDays(30).plusMinutes(1)).sweep(environment);
            assertThat(entries()).containsExactly(environment.jobs());
            assertThat(audit.texts()).containsExactly("job.sweep success");
            assertThat(audit.last().event().object()).isEqualTo(id.toString());
        }

        @Test
        void notBefore() {
            UUID id = done(1);
            after(Duration.ofDays(30).minusMinutes(1)).sweep(environment);
            assertThat(jobs.find(environment, id)).isPresent();
            assertThat(audit.told()).isEmpty();
        }

        @Test
        void oneThatIsNotFinishedStays() {
            UUID id = receive(1).id();
            after(Duration.ofDays(400)).sweep(environment);
            assertThat(jobs.find(environment, id)).isPresent();
        }

        private JobDeletion after(Duration duration) {
            return JobsFixture.deletion(directory, audit, Clock.offset(Clock.systemUTC(), duration));
        }
    }

    private List<DN> entries() {
        return directory.subtree(environment.jobs());
    }

    private UUID done(int rows) {
        UUID id = receive(rows).id();
        runBackground();
        return id;
    }

    private Job receive(int rows) {
        return jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
            Collections.nCopies(rows, JsonValue.TRUE).forEach(row -> upload.row(row, "tokens"));
            return Options.of(128, false, false);
        });
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }
}
