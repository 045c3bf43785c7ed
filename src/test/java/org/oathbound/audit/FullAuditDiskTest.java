package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.SmallDisk;
import org.oathbound.TestClock;

/** On a small file system of its own; skipped where one can't be mounted. */
@DisplayName("The audit on a disk that is full")
@Tag("slow")
class FullAuditDiskTest {

    @TempDir
    Path mountPoint;

    private @Nullable SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = new SmallDisk(mountPoint);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
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

        Objects.requireNonNull(disk).drop();
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
