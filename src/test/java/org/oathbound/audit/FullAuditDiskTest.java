package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.problem.Problem;

/** On a small file system of its own; skipped where one can't be mounted. */
@DisplayName("The audit on a disk that is full")
class FullAuditDiskTest {

    @TempDir
    Path mountPoint;

    private Path ballast;

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", mountPoint.toString()))
                .as("a tmpfs can be mounted, which takes root")
                .isZero();
        ballast = mountPoint.resolve("ballast");
        Files.write(ballast, new byte[200 * 1024]);
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", mountPoint.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void refusesEachCallerAndGoesOnByItselfWithTheChainWhole() throws Exception {
        AuditFixture audit = new AuditFixture(
                Files.createDirectory(mountPoint.resolve("data")),
                new TestClock(Instant.parse("2026-11-22T12:00:00Z")));
        int[] written = {0};
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        audit.record("x".repeat(250));
                        written[0]++;
                    }
                })
                .isInstanceOf(Problem.Unavailable.class);
        assertThat(audit.trail().takesWrites()).isFalse();
        assertThatThrownBy(() -> audit.record("again")).isInstanceOf(Problem.Unavailable.class);
        assertThat(audit.lines()).hasSize(written[0] + 1);

        Files.delete(ballast);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!audit.trail().takesWrites()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(50);
        }
        audit.record("later");
        audit.trail().close();
        assertThat(audit.verify().lines()).isEqualTo(written[0] + 2);
        assertThat(audit.verify().damages()).isZero();
    }
}
