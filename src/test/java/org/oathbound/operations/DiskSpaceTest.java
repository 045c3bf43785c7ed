package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Warnings;
import org.oathbound.directory.DataDirectory;

@DisplayName("Before the disk of the data directory is full the log says so")
class DiskSpaceTest {

    @TempDir
    Path folder;

    private final Warnings warnings = new Warnings();

    @AfterEach
    void close() {
        warnings.close();
    }

    private DiskSpace warningBelow(int mib) {
        return new DiskSpace(new DataDirectory(folder), mib, HousekeepingTest.noScheduler());
    }

    @Test
    void onceAnHourWhileThereIsTooLittle() {
        DiskSpace disk = warningBelow(Integer.MAX_VALUE);
        for (int minute = 0; minute < 60; minute++) {
            disk.check();
        }
        assertThat(warnings.with("MiB left, less than 2147483647")).hasSize(1);
        disk.check();
        assertThat(warnings.with("MiB left")).hasSize(2);
        assertThat(disk.isLow()).isTrue();
        assertThat(disk.freeMib()).isBetween(0L, (long) Integer.MAX_VALUE);
    }

    @Test
    void andNothingWhileThereIsEnough() {
        DiskSpace disk = warningBelow(0);
        disk.check();
        assertThat(disk.isLow()).isFalse();
        assertThat(warnings.with("MiB left")).isEmpty();
    }
}
