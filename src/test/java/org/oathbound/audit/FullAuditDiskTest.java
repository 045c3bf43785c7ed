package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;
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
    void keepsWhatWasDoneAndGoesOnByItselfWithTheChainWhole() throws Exception {
        AuditFixture audit = new AuditFixture(
                Files.createDirectory(mountPoint.resolve("data")),
                new TestClock(Instant.parse("2026-11-22T12:00:00Z")));
        int written = 0;
        while (audit.trail().takesWrites() && written < 10_000) {
            audit.record("x".repeat(250));
            written++;
        }
        assertThat(audit.trail().takesWrites()).isFalse();
        audit.record("waits");
        assertThat(audit.lines()).hasSize(written); // with the file's first, and without the one that failed

        Files.delete(ballast);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!audit.trail().takesWrites()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(50);
        }
        audit.record("later");
        audit.trail().close();
        assertThat(audit.lines().subList(1, written + 1)).allMatch(line -> line.contains("xxx"));
        assertThat(audit.lines().get(written + 1)).contains("waits");
        assertThat(audit.verify().lines()).isEqualTo(1 + written + 1 + 1);
        assertThat(audit.verify().damages()).isZero();
    }
}
