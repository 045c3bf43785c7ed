package org.oathbound.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.audit.AuditQuestion.Condition;
import org.oathbound.audit.AuditQuestion.Member;
import org.oathbound.directory.DataDirectory;
import org.oathbound.sealing.KeySet;

/**
 * How long a question about the audit takes that wants twenty lines, without HTTP. The arguments: how many lines, and how often each
 * question is asked, of somebody else each time. Most lines are sign-ons: two each, of one of 20,000 people.
 */
final class AuditQuestions {

    private static final UUID ENVIRONMENT = UUID.randomUUID();
    private static final int PEOPLE = 20_000;
    private static final int WANTED = 20;
    private static final int AT_ONCE = 2_000;

    private AuditQuestions() {}

    public static void main(String[] args) throws Exception {
        int lines = Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "directories")), "audit");
        Instant begin = Instant.now();
        fill(data, lines);
        System.out.printf("%,d lines, %,d MiB, written in %d s%n", lines, size(data, ".jsonl") >> 20, since(begin) / 1000);
        begin = Instant.now();
        new AuditSearch(new DataDirectory(data)).prepare();
        System.out.printf("indexed in %d s, %,d MiB%n", since(begin) / 1000, size(data, ".idx") >> 20);
        AuditSearch search = new AuditSearch(new DataDirectory(data));
        begin = Instant.now();
        ask(search, List.of());
        System.out.printf("first question after a start: %d ms%n", since(begin));
        Random random = new Random(7);
        int rounds = Integer.parseInt(args[1]);
        measure("newest", rounds, () -> ask(search, List.of()));
        measure("person", rounds, () -> ask(search, List.of(person(random))));
        measure("person who was refused", rounds, () -> ask(search, List.of(person(random), is(Member.OUTCOME, "rejected"))));
        measure("token", rounds, () -> ask(search, List.of(is(Member.OBJECT, id(2, random.nextInt(PEOPLE))))));
        measure("key.rotate", rounds, () -> ask(search, List.of(is(Member.ACTION, "key.rotate"))));
        measure("ticket", rounds, () -> ask(search, List.of(is(Member.TICKET, "INC-" + random.nextInt(1_000)))));
        measure("nobody", rounds, () -> ask(search, List.of(is(Member.PERSON, UUID.randomUUID().toString()))));
        delete(data);
    }

    private static void fill(Path data, int lines) throws IOException {
        KeySet keys = new KeySet(new DataDirectory(data));
        Random random = new Random(17);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        AuditWriter writer = new AuditWriter(new AuditFiles(data), keys.auditKey(), Clock.systemUTC());
        List<RecordedEvent> together = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            time = time.plusMillis(1_000);
            together.add(line(random, time, i));
            if (together.size() == AT_ONCE) {
                writer.append(together);
                together.clear();
                if (writer.file().length() > AuditSettings.DEFAULT.maxFileBytes()) {
                    writer.rollOver();
                }
            }
        }
        writer.append(together);
        writer.file().close();
    }

    private static RecordedEvent line(Random random, Instant time, int number) {
        int who = random.nextInt(PEOPLE);
        boolean isRare = number % 100_000 == 99_999;
        Action action = isRare ? Action.KEY_ROTATE : number % 2 == 0 ? Action.OATH_TOKEN_VERIFY : Action.FLOW_CHECK;
        Outcome outcome = random.nextInt(20) == 0 ? Outcome.REJECTED : Outcome.ACCEPTED;
        AuditContext context = new AuditContext(
                ENVIRONMENT,
                "application:" + id(3, random.nextInt(20)),
                new UUID(random.nextLong(), random.nextLong()).toString(),
                "192.0.2." + random.nextInt(256),
                null,
                null,
                null,
                number % 10_000 == 0 ? "INC-" + random.nextInt(1_000) : null);
        AuditEvent event = new AuditEvent(action, outcome)
                .object(id(2, who))
                .person(UUID.fromString(id(1, who)))
                .device(UUID.fromString(id(4, who)));
        return new RecordedEvent(event, context, time);
    }

    private static String id(int kind, int number) {
        return new UUID(0x1000_0000_0000_4000L + kind, 0x8000_0000_0000_0000L + number * 7_919L).toString();
    }

    private static Set<Condition> person(Random random) {
        String id = id(1, random.nextInt(PEOPLE));
        return Set.of(
                new Condition(Member.PERSON, id),
                new Condition(Member.OBJECT, id),
                new Condition(Member.ACTOR, "person:" + id));
    }

    private static Set<Condition> is(Member member, String value) {
        return Set.of(new Condition(member, value));
    }

    private static void ask(AuditSearch search, List<Set<Condition>> conditions) {
        List<Set<Condition>> all = new ArrayList<>(conditions);
        all.add(AuditQuestion.in(ENVIRONMENT, true));
        List<AuditRecord> found = new ArrayList<>();
        search.search(new AuditQuestion(all, null, null, Long.MAX_VALUE), line -> {
            found.add(line);
            return found.size() < WANTED;
        });
    }

    private static void measure(String what, int rounds, Runnable question) {
        long[] millis = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            question.run();
            millis[i] = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        }
        Arrays.sort(millis);
        System.out.printf("%-24s median %4d ms, longest %4d ms%n", what, millis[rounds / 2], millis[rounds - 1]);
    }

    private static long since(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }

    private static long size(Path data, String end) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
