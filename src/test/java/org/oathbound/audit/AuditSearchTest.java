package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.audit.AuditQuestion.Condition;
import org.oathbound.audit.AuditQuestion.Member;
import org.oathbound.directory.DataDirectory;

@Tag("slow")
@DisplayName("A question to the audit is answered by its lines, the newest first")
class AuditSearchTest {

    private static final UUID HERE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ELSEWHERE = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final List<Action> ACTIONS =
            List.of(Action.OATH_TOKEN_VERIFY, Action.USER_CREATE, Action.DEVICE_PAIR);
    private static final int LINES = 12_000;

    @TempDir
    Path data;

    private final Random random = new Random(17);
    private final SteppingClock clock = new SteppingClock(Instant.parse("2026-11-22T12:00:00Z"));
    private AuditFixture audit;

    @BeforeEach
    void write() {
        audit = new AuditFixture(data, new AuditSettings(1, 0, (Duration) null), clock);
        write(LINES);
    }

    private void write(int lines) {
        for (int i = 0; i < lines; i++) {
            clock.step(random.nextInt(100) == 0 ? -5_000 : random.nextInt(2_000));
            AuditContext context = new AuditContext(
                            random.nextInt(10) == 0 ? null : random.nextBoolean() ? HERE : ELSEWHERE,
                            "person:" + person(random.nextInt(40)),
                            UUID.randomUUID().toString())
                    .ticketed(random.nextInt(50) == 0 ? "INC \"" + random.nextInt(20) + "\\ü" : null);
            Scope scope = context.enter();
            try {
                audit.trail()
                        .record(new AuditEvent(ACTIONS.get(random.nextInt(ACTIONS.size())), Outcome.SUCCESS)
                                .object(random.nextInt(2_000))
                                .person(random.nextInt(3) == 0 ? null : person(random.nextInt(500))));
            } finally {
                scope.close();
            }
        }
    }

    private static UUID person(int number) {
        return new UUID(0x4000, 0x8000_0000_0000_0000L + number);
    }

    /** Members of a line as anybody reads them who has the document about them. */
    private List<AuditRecord> all() {
        List<AuditRecord> all = new ArrayList<>();
        for (String line : audit.lines()) {
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            LineTerms read = LineTerms.of(bytes, 0, bytes.length);
            if (read != null) {
                all.add(read.read());
            }
        }
        return all.reversed();
    }

    private static boolean meets(AuditRecord line, AuditQuestion question) {
        Instant from = question.from();
        Instant until = question.until();
        return line.sequence() < question.before()
                && (from == null || !line.time().isBefore(from))
                && (until == null || line.time().isBefore(until))
                && question.conditions().stream().allMatch(any -> any.stream()
                        .anyMatch(one -> one.value() == null
                                ? line.member(one.member().toString()) == null
                                : one.value().equals(line.member(one.member().toString()))));
    }

    private static List<AuditRecord> answer(AuditSearch search, AuditQuestion question) {
        List<AuditRecord> found = new ArrayList<>();
        search.search(question, found::add);
        return found;
    }

    private AuditSearch search() {
        return new AuditSearch(new DataDirectory(data));
    }

    private AuditQuestion question(int kind) {
        List<Set<Condition>> conditions = new ArrayList<>();
        if ((kind & 1) != 0) {
            UUID person = person(random.nextInt(500));
            conditions.add(Set.of(
                    new Condition(Member.PERSON, person.toString()), new Condition(Member.ACTOR, "person:" + person)));
        }
        if ((kind & 2) != 0) {
            conditions.add(Set.of(
                    new Condition(Member.ACTION, ACTIONS.get(random.nextInt(3)).toString())));
        }
        if ((kind & 4) != 0) {
            conditions.add(Set.of(new Condition(Member.TICKET, "INC \"" + random.nextInt(20) + "\\ü")));
        }
        if ((kind & 8) != 0) {
            conditions.add(AuditQuestion.in(HERE, random.nextBoolean()));
        }
        Instant from = (kind & 16) == 0 ? null : moment();
        Instant until = (kind & 32) == 0 ? null : moment();
        return new AuditQuestion(conditions, from, until, (kind & 64) == 0 ? Long.MAX_VALUE : random.nextInt(LINES));
    }

    private Instant moment() {
        return Instant.parse("2026-11-22T12:00:00Z").plusSeconds(random.nextInt(LINES));
    }

    private void isAnsweredRightly(AuditSearch search) {
        List<AuditRecord> all = all();
        for (int kind = 0; kind < 128; kind++) {
            AuditQuestion question = question(kind);
            assertThat(answer(search, question))
                    .as(question.toString())
                    .isEqualTo(
                            all.stream().filter(line -> meets(line, question)).toList());
        }
    }

    @Test
    void withWhateverConditions() {
        assertThat(audit.files()).hasSizeGreaterThan(3);
        isAnsweredRightly(search());
    }

    @Test
    void whileTheAuditGoesOn() throws IOException {
        AuditSearch search = search();
        isAnsweredRightly(search);
        write(LINES / 3);
        isAnsweredRightly(search);
        search.prepare();
        isAnsweredRightly(search);
        isAnsweredRightly(search());
    }

    @Test
    void whenAnIndexIsGoneOrIsNoneOrHasLostItsFile() throws IOException {
        search().prepare();
        List<Path> files = audit.files();
        Files.delete(index(files.get(0)));
        Files.writeString(index(files.get(1)), "no index");
        Files.write(index(files.get(2)), new byte[] {0}, StandardOpenOption.APPEND);
        isAnsweredRightly(search());

        search().prepare();
        Files.delete(files.get(0));
        AuditSearch search = search();
        isAnsweredRightly(search);
        search.prepare();
        assertThat(index(files.get(0))).doesNotExist();
    }

    @Test
    void whereAnIndexCanNotBeKept() throws IOException {
        Files.createDirectories(index(audit.files().get(1)).resolve("in the way"));
        isAnsweredRightly(search());
    }

    @Test
    void aroundWhatIsNoLine() throws IOException {
        Files.writeString(audit.file(), "{\"seq\":1,\"half a li", StandardOpenOption.APPEND);
        AuditSearch search = search();
        isAnsweredRightly(search);
        audit.restart();
        write(100);
        isAnsweredRightly(search);
    }

    @Test
    void andNoFurtherThanIsWanted() {
        List<AuditRecord> found = new ArrayList<>();
        search().search(new AuditQuestion(List.of(), null, null, Long.MAX_VALUE), line -> {
            found.add(line);
            return found.size() < 20;
        });
        assertThat(found).isEqualTo(all().subList(0, 20));
    }

    @Test
    void anIndexIsReadByItsOwnerOnly() throws IOException {
        search().prepare();
        assertThat(Files.getPosixFilePermissions(index(audit.files().get(0)))).hasSize(2);
        assertThat(new HashSet<>(audit.files()))
                .noneMatch(file -> file.toString().endsWith(".idx"));
    }

    private static Path index(Path file) {
        return file.resolveSibling(file.getFileName() + ".idx");
    }

    /** A clock that somebody puts back now and then. */
    private static final class SteppingClock extends Clock {

        private Instant now;

        SteppingClock(Instant now) {
            this.now = now;
        }

        void step(long millis) {
            now = now.plusMillis(millis);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }
    }
}
