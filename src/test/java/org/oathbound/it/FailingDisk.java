package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.oathbound.Machine;

/** The disk below a server's data directory, which fails when it is told to: {@code src/test/c/failing-disk.c}. */
final class FailingDisk {

    private static final Path SOURCE = Path.of("src/test/c/failing-disk.c");

    private final Path library;
    private final Path data;
    private final Path control;
    private final Path ledger;

    private FailingDisk(Path library, Path data) {
        this.library = library;
        this.data = data;
        this.control = data.resolveSibling("disk-control");
        this.ledger = data.resolveSibling("disk-ledger");
    }

    /** How it fails. */
    enum Failure {
        /** After a while, in which others begin to wait for the same fsync. */
        FSYNC("fsync 100"),
        /** One fsync alone: the next one succeeds, also of the same file, and what the first forgot is not there. */
        ONE_FSYNC("fsync-once 100"),
        FULL("full"),
        READ_ONLY("read-only");

        private final String word;

        Failure(String word) {
            this.word = word;
        }
    }

    /**
     * A disk that works; skips the test where it can't be made.
     *
     * @param folder of this test's own; the data directory will be in it
     */
    static FailingDisk in(Path folder) {
        Path library = folder.resolve("failing-disk.so");
        String trouble = compile(library);
        Machine.mustHave(
                trouble.isEmpty(),
                "Linux with glibc and a C compiler (apt-get install gcc libc6-dev): " + trouble.strip());
        try {
            return new FailingDisk(library, folder.toRealPath().resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String compile(Path library) {
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return compiler.waitFor() == 0 ? "" : "it could not be compiled.\n" + said;
        } catch (IOException e) {
            return "there is no cc.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path data() {
        return data;
    }

    /** What a process must be started with for its files to be on this disk. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAILING_DISK_ROOT", data.toString(),
                "FAILING_DISK_CONTROL", control.toString(),
                "FAILING_DISK_LEDGER", ledger.toString());
    }

    void fails(Failure failure) {
        control(failure.word);
    }

    /** Whether the one fsync that was to fail has failed. */
    boolean worksAgain() {
        return Files.notExists(control);
    }

    /** Works, but each fsync takes that long. */
    void isSlow(Duration fsync) {
        control("slow " + fsync.toMillis());
    }

    void works() {
        try {
            Files.deleteIfExists(control);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves what a power failure would leave; nobody may use the disk meanwhile. */
    void losesPower() {
        try {
            DiskLedger.read(ledger).forget(ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never empty, and never half of it: it is read in the middle of everything. */
    private void control(String words) {
        try {
            Path written = Files.writeString(control.resolveSibling("disk-control.new"), words);
            Files.move(written, control, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
