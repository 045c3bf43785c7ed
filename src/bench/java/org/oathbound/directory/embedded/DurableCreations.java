package org.oathbound.directory.embedded;

import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;

/**
 * How many tokens a second are created and on disk, by how many clients at once, and how many fsyncs that takes; beside the
 * same without fsync. Without HTTP, on the disk that {@code target/} is on. The one argument: tokens in each line.
 */
final class DurableCreations {

    private static final int[] CLIENTS = {1, 4, 16};

    private DurableCreations() {}

    public static void main(String[] args) throws Exception {
        int tokens = Integer.parseInt(args[0]);
        measure(16, false, tokens); // warms up
        System.out.printf("%n%-8s %-6s %12s %22s%n", "clients", "sync", "tokens/s", "fsyncs/1,000 tokens");
        for (int round = 1; round <= 2; round++) {
            for (int clients : CLIENTS) {
                System.out.println(measure(clients, true, tokens));
                System.out.println(measure(clients, false, tokens));
            }
        }
    }

    private static String measure(int clients, boolean sync, int count) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "directories")), "bench");
        JournalSettings settings = new JournalSettings(sync, Long.MAX_VALUE, 3, Duration.ofDays(7));
        DataDirectory data = new DataDirectory(folder);
        WholeEmbeddedDirectory directory = new WholeEmbeddedDirectory("dc=example,dc=com", data, settings, Clock.systemUTC());
        Environment environment = new Environments(directory,directory).createDefault(UUID.randomUUID(), "");
        Tokens tokens = TokensFixture.tokens(directory, new Seals(new KeySet(data)));
        long flushes = ((EmbeddedDirectory) directory).flushes();
        long nanos = run(clients, count, serialNumber -> TokensFixture.create(tokens, environment, serialNumber));
        flushes = ((EmbeddedDirectory) directory).flushes() - flushes;
        directory.close();
        delete(folder);
        return "%-8d %-6s %12.0f %22s"
                .formatted(clients, sync, count * 1e9 / nanos, sync ? "%.0f".formatted(flushes * 1000.0 / count) : "");
    }

    private static long run(int clients, int count, java.util.function.Consumer<String> create) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            all.add(executor.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    create.accept("B" + i);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        executor.shutdown();
        return System.nanoTime() - begun;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
