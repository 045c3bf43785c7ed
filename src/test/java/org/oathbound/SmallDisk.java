package org.oathbound;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of 400 KiB, half of it taken by ballast. What needs one is skipped where it can't be mounted. */
public final class SmallDisk {

    private final Path mountPoint;
    private final Path ballast;

    public SmallDisk(Path mountPoint) throws IOException, InterruptedException {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", mountPoint.toString()))
                .as("a tmpfs can be mounted, which takes root")
                .isZero();
        this.mountPoint = mountPoint;
        this.ballast = mountPoint.resolve("ballast");
        Files.write(ballast, new byte[200 * 1024]);
    }

    /** Makes room. */
    public void drop() throws IOException {
        Files.delete(ballast);
    }

    public void unmount() throws IOException, InterruptedException {
        run("umount", "-l", mountPoint.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
