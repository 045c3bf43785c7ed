package org.oathbound.directory.embedded;

import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;

/**
 * What snapshots, starts, backups and restores take, in one thread, without HTTP and without the start of the server; each
 * twice. The one argument: how many tokens.
 */
final class SnapshotCost {

    private static final JournalSettings SETTINGS = JournalSettings.DEFAULT;

    private SnapshotCost() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "directories")), "bench");
        fill(folder.resolve("data"), Integer.parseInt(args[0]));
        for (int round = 1; round <= 2; round++) {
            measure(folder.resolve("data"), folder.resolve("round" + round));
        }
        delete(folder);
    }

    private static void fill(Path path, int count) {
        DataDirectory data = new DataDirectory(path);
        WholeEmbeddedDirectory directory = open(path);
        Environment environment = new Environments(directory,directory).createDefault(UUID.randomUUID(), "");
        Tokens tokens = TokensFixture.tokens(directory, new Seals(new KeySet(data)));
        directory.together(() -> {
            for (int i = 0; i < count; i++) {
                TokensFixture.create(tokens, environment, "B" + i);
            }
            return true;
        });
        time("stop, with a snapshot", directory::close);
    }

    private static WholeEmbeddedDirectory open(Path data) {
        return new WholeEmbeddedDirectory("dc=example,dc=com", new DataDirectory(data), SETTINGS, Clock.systemUTC());
    }

    private static void measure(Path data, Path work) throws IOException {
        Files.createDirectories(work);
        EmbeddedDirectory[] opened = new EmbeddedDirectory[1];
        time("start from the snapshot", () -> opened[0] = open(data));
        Snapshot[] snapshot = new Snapshot[1];
        time("the moment of a backup, under the lock", () -> snapshot[0] = opened[0].snapshot());
        opened[0].close();
        Path backup = work.resolve("backup.ldif");
        time("writing it", () -> write(snapshot[0], backup));
        System.out.println(Files.size(backup) + " bytes");
        time("restore", () -> restore(backup, work.resolve("restored")));
        Path journalOnly = work.resolve("journal-only");
        copy(data.resolve("journal"), journalOnly.resolve("journal"));
        time("start from the journal alone", () -> opened[0] = open(journalOnly));
        opened[0].close();
    }

    private static void write(Snapshot snapshot, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            snapshot.write(out, Instant.now());
        }
    }

    private static void restore(Path backup, Path data) throws IOException {
        EmbeddedDirectory.restore(new DataDirectory(data), Snapshot.read(backup), Instant.now());
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void time(String what, Step step) {
        long begun = System.nanoTime();
        try {
            step.run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        System.out.printf("%-45s %8.0f ms%n", what, (System.nanoTime() - begun) / 1e6);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
