package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.TestClock;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.audit.Verification.Fault;
import org.oathbound.audit.Verification.Report;
import org.oathbound.directory.DataDirectory;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySet;

@Tag("slow")
class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:10.123456Z");

    @TempDir
    Path data;

    private final TestClock clock = new TestClock(NOW);
    private AuditFixture audit;

    @BeforeEach
    void open() {
        audit = new AuditFixture(data, clock);
    }

    private static JsonObject json(String line) {
        return Json.createReader(new StringReader(line)).readObject();
    }

    private void recordSome(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> audit.record("thing-" + i));
    }

    /** A process that ends without a word leaves what is in the files. */
    private void crash() {
        audit = new AuditFixture(data, clock);
    }

    private void replaceLines(List<String> lines) throws IOException {
        Files.writeString(audit.file(), lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private Fault fault() {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> audit.verify());
        assertThat(thrown).isInstanceOf(Fault.class);
        return (Fault) thrown;
    }

    @Nested
    @DisplayName("Every event is one line of JSON")
    class Lines {

        @Test
        void thatTellsWhenWhereWhoWhatAndHow() {
            UUID environment = UUID.randomUUID();
            UUID person = UUID.randomUUID();
            AuditContext context = AuditContext.from("192.0.2.7")
                    .in(environment)
                    .by("application:4711")
                    .correlated("c-1");
            Scope scope = context.enter();
            try {
                audit.trail()
                        .record(new AuditEvent(Action.DEVICE_PAIR, Outcome.FAILURE)
                                .object("d-1")
                                .person(person)
                                .reason("INVALID_DATA"));
            } finally {
                scope.close();
            }
            JsonObject line = json(audit.lines().get(1));
            assertThat(line.keySet())
                    .containsExactly(
                            "seq",
                            "time",
                            "environment",
                            "actor",
                            "action",
                            "object",
                            "outcome",
                            "reason",
                            "person",
                            "correlationId",
                            "address",
                            "hash");
            assertThat(line.getInt("seq")).isEqualTo(2);
            assertThat(line.getString("time")).isEqualTo("2026-11-22T12:00:10.123Z");
            assertThat(line.getString("environment")).isEqualTo(environment.toString());
            assertThat(line.getString("actor")).isEqualTo("application:4711");
            assertThat(line.getString("action")).isEqualTo("device.pair");
            assertThat(line.getString("object")).isEqualTo("d-1");
            assertThat(line.getString("outcome")).isEqualTo("failure");
            assertThat(line.getString("reason")).isEqualTo("INVALID_DATA");
            assertThat(line.getString("person")).isEqualTo(person.toString());
            assertThat(line.getString("correlationId")).isEqualTo("c-1");
            assertThat(line.getString("address")).isEqualTo("192.0.2.7");
        }

        @Test
        void isThereBeforeRecordReturns() throws IOException {
            audit.record("a");
            assertThat(Files.readString(audit.file())).endsWith("\n").contains("\"object\":\"a\"");
        }

        @Test
        void isForTheOwnerOnly() throws IOException {
            audit.record("a");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(audit.folder())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(audit.file())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(audit.folder().resolve("head"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void isOfNoCallerWhereNoRequestIsUnderWay() {
            AuditContext.become(AuditContext.from("192.0.2.7").by("application:1"));
            audit.record("after");
            assertThat(json(audit.lines().get(1)).getString("actor")).isEqualTo("service");
        }

        @Test
        void nobodySeesTheCallerOfAnotherThread() throws Exception {
            Scope scope = AuditContext.from("192.0.2.7").by("application:1").enter();
            try {
                Thread other = new Thread(() -> audit.record("other"));
                other.start();
                other.join();
                audit.record("mine");
            } finally {
                scope.close();
            }
            audit.record("after");
            assertThat(audit.lines().stream().skip(1).map(line -> json(line).getString("actor")))
                    .containsExactly("service", "application:1", "service");
        }

        @Test
        void isOneOfManyThatAreWrittenTogetherAlsoBeforeAFailure() throws Exception {
            assertThatThrownBy(() -> audit.trail().together(() -> {
                        recordSome(3);
                        assertThat(audit.files()).isEmpty();
                        throw new IllegalStateException("broken off");
                    }))
                    .hasMessage("broken off");
            assertThat(audit.verify().lines()).isEqualTo(4);
            assertThat(audit.trail().<Integer>together(() -> 7)).isEqualTo(7);
            assertThat(audit.verify().lines()).isEqualTo(4);
        }

        @Test
        void isWrittenOnceEachByManyThreadsAtOnce() throws Exception {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                int thread = t;
                threads.add(
                        new Thread(() -> IntStream.range(0, 500).forEach(i -> audit.record("t-" + thread + "-" + i))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Set<String> objects = ConcurrentHashMap.newKeySet();
            audit.lines().stream().skip(1).forEach(line -> assertThat(
                            objects.add(json(line).getString("object")))
                    .isTrue());
            assertThat(objects).hasSize(8_000);
            assertThat(audit.verify().lines()).isEqualTo(8_001);
        }
    }

    @Nested
    @DisplayName("Values of any length or content can't suppress or split a line")
    class OddValues {

        static List<String> values() {
            return List.of(
                    "a\nb",
                    "a\r\nb",
                    "\u0000",
                    "\"},{\"",
                    "\\",
                    "\\\"",
                    "x\",\"hash\":\"" + "A".repeat(43) + "\"}",
                    "\u2028\u2029\u0085",
                    "\u202Eabc\u2066\u200F\u061C",
                    "\uD800",
                    "\uDC00\uD800x",
                    "\u00e9\uD83D\uDD11",
                    "\u001b[2J",
                    "\u007f",
                    "",
                    "{\"seq\":7,",
                    ",\"torn\":5,",
                    "\",\"action\":\"audit.removed\",\"x\":\"");
        }

        @ParameterizedTest
        @MethodSource("values")
        void areOneLineOfAsciiThatReadsBackAsItWas(String value) throws Exception {
            audit.trail()
                    .record(new AuditEvent(Action.USER_CREATE, Outcome.FAILURE)
                            .object(value)
                            .reason(value)
                            .breakGlass(value));
            audit.record("behind");
            List<String> lines = audit.lines();
            assertThat(lines).hasSize(3).allMatch(line -> line.matches("[ -~]+"));
            assertThat(json(lines.get(1)).getString("object")).isEqualTo(value);
            assertThat(json(lines.get(1)).getString("reason")).isEqualTo(value);
            assertThat(audit.verify().lines()).isEqualTo(3);
            crash();
            audit.record("later");
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(4L, 0);
        }

        @Test
        void areCutAndSaySo() throws Exception {
            audit.record("k".repeat(1 << 20));
            audit.record("x".repeat(299) + "\uD83D\uDD11");
            audit.record("x".repeat(300));
            List<String> lines = audit.lines();
            assertThat(json(lines.get(1)).getString("object"))
                    .isEqualTo("k".repeat(300) + "...[cut, 1048576 characters]");
            assertThat(json(lines.get(2)).getString("object")).isEqualTo("x".repeat(299) + "...[cut, 301 characters]");
            assertThat(json(lines.get(3)).getString("object")).isEqualTo("x".repeat(300));
            assertThat(lines).allMatch(line -> line.length() < 1_000);
            assertThat(audit.verify().lines()).isEqualTo(4);
        }
    }

    @Nested
    @DisplayName("Files are a day's at most, and each begins with the last hash of the one before")
    class Rotation {

        @Test
        void aNewDayBeginsAFile() throws Exception {
            audit.record("a");
            clock.move(Duration.ofDays(1));
            audit.record("b");
            clock.move(Duration.ofDays(-1));
            audit.record("c");
            assertThat(audit.files().stream().map(file -> file.getFileName().toString()))
                    .containsExactly(
                            "audit-20261122-000001.jsonl",
                            "audit-20261123-000002.jsonl",
                            "audit-20261122-000003.jsonl");
            List<String> lines = audit.lines();
            assertThat(json(lines.get(2)).getString("action")).isEqualTo("audit.file");
            assertThat(json(lines.get(2)).getString("previousFile")).isEqualTo("audit-20261122-000001.jsonl");
            assertThat(json(lines.get(2)).getString("previous"))
                    .isEqualTo(json(lines.get(1)).getString("hash"));
            assertThat(audit.verify()).extracting(Report::lines, Report::files).containsExactly(6L, 3);
        }

        @Test
        void aLargeFileEnds() throws Exception {
            audit = new AuditFixture(data, new AuditSettings(1, 0, (Duration) null), clock);
            String filler = "x".repeat(300);
            for (int i = 0; i < 6_000; i++) {
                audit.record(filler);
            }
            assertThat(audit.files()).hasSizeGreaterThan(2);
            assertThat(Files.size(audit.files().get(0))).isBetween(1L << 20, (1L << 20) + 1_000);
            assertThat(audit.verify().lines()).isEqualTo(6_000 + audit.files().size());
        }

        @Test
        void goesOnInTheSameFileAfterAStop() throws Exception {
            recordSome(3);
            audit.restart();
            recordSome(2);
            assertThat(audit.files()).hasSize(1);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(6L, 0);
        }

        @Test
        void removesTheOldestOfMoreThanThereIsRoomForAndTheVerificationKnows() throws Exception {
            audit = new AuditFixture(data, new AuditSettings(1, 3, (Duration) null), clock);
            String filler = "x".repeat(300);
            for (int i = 0; i < 20_000; i++) {
                audit.record(filler);
            }
            long bytes = 0;
            for (Path file : audit.files()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isBetween(1L << 20, 3L << 20);
            assertThat(audit.files().get(0).getFileName().toString()).isNotEqualTo("audit-20261122-000001.jsonl");
            assertThat(audit.verify().damages()).isZero();
        }

        @Test
        void removesOldFilesAndTheVerificationKnows() throws Exception {
            audit = new AuditFixture(data, new AuditSettings(64, 0, Duration.ofDays(3)), clock);
            for (int day = 0; day < 8; day++) {
                audit.record("day-" + day);
                clock.move(Duration.ofDays(1));
            }
            assertThat(audit.files().get(0).getFileName().toString()).isEqualTo("audit-20261125-000004.jsonl");
            assertThat(audit.lines()).anyMatch(line -> line.contains("\"audit.removed\""));
            assertThat(audit.verify().files()).isEqualTo(5);
            Files.delete(audit.files().get(0));
            assertThat(fault())
                    .hasMessageContaining("audit-20261126-000005.jsonl")
                    .hasMessageContaining("missing");
        }
    }

    @Nested
    @DisplayName("A crash costs no line that was answered, and the audit goes on")
    class Crashes {

        @Test
        void withoutATraceWhereTheLastLineIsWhole() throws Exception {
            recordSome(3);
            crash();
            recordSome(2);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(6L, 0);
        }

        @Test
        void behindATornLineWithALineThatSaysSo() throws Exception {
            recordSome(3);
            Files.writeString(audit.file(), "{\"seq\":5,\"time\":\"2026", StandardOpenOption.APPEND);
            assertThat(audit.verify().beginning()).isTrue();
            crash();
            recordSome(2);
            List<String> lines = audit.lines();
            assertThat(lines.get(4)).isEqualTo("{\"seq\":5,\"time\":\"2026");
            JsonObject recovered = json(lines.get(5));
            assertThat(recovered.getString("action")).isEqualTo("audit.recovered");
            assertThat(recovered.getInt("torn")).isEqualTo(21);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(7L, 1);
            crash();
            audit.record("x");
            assertThat(audit.verify().recovered()).isEqualTo(1);
        }

        @Test
        void andWhatWasTornCantBeChangedLater() throws Exception {
            recordSome(3);
            Files.writeString(audit.file(), "{\"seq\":5,\"ti", StandardOpenOption.APPEND);
            crash();
            recordSome(1);
            List<String> lines = new ArrayList<>(audit.lines());
            lines.set(4, "{\"seq\":5,\"tx");
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("line 5");
        }

        @Test
        void withZerosAsAPowerFailureLeavesThem() throws Exception {
            recordSome(3);
            Files.write(audit.file(), new byte[4096], StandardOpenOption.APPEND);
            crash();
            recordSome(1);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(6L, 1);
        }

        @Test
        void whereAFileWasMadeAndNothingWrittenToIt() throws Exception {
            recordSome(3);
            Files.createFile(audit.folder().resolve("audit-20261122-000002.jsonl"));
            crash();
            recordSome(2);
            assertThat(audit.verify()).extracting(Report::lines, Report::files).containsExactly(7L, 2);
        }

        @Test
        void whereTheFirstLineOfAFileIsTorn() throws Exception {
            recordSome(3);
            Files.writeString(audit.folder().resolve("audit-20261122-000002.jsonl"), "{\"seq\":5,\"t");
            crash();
            recordSome(2);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(7L, 1);
        }

        @Test
        void whereTheVeryFirstLineIsTorn() throws Exception {
            Files.createDirectory(audit.folder());
            Files.writeString(audit.folder().resolve("audit-20261122-000001.jsonl"), "{\"seq\":1,\"t");
            recordSome(2);
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::recovered)
                    .containsExactly(3L, 1);
        }

        @Test
        void whereTheHeadIsALittleBehind() throws Exception {
            audit.record("a");
            String old = Files.readString(audit.folder().resolve("head"));
            recordSome(5);
            audit.trail().close();
            Files.writeString(audit.folder().resolve("head"), old);
            assertThat(audit.verify().lines()).isEqualTo(7);
            crash();
            audit.record("b");
            assertThat(audit.verify())
                    .extracting(Report::lines, Report::damages)
                    .containsExactly(8L, 0);
        }
    }

    @Nested
    @DisplayName("Tampering shows, and where")
    class Tampering {

        @BeforeEach
        void someLines() {
            recordSome(9);
            audit.trail().close();
        }

        @Test
        void nothingShowsWhereNothingWasDone() throws Exception {
            assertThat(audit.verify())
                    .isEqualTo(new Report(10, 1, 10, json(audit.lines().get(9)).getString("hash"), 0, 0, false));
        }

        @Test
        void aLineThatWasChanged() throws IOException {
            List<String> lines = new ArrayList<>(audit.lines());
            lines.set(4, lines.get(4).replace("thing-4", "thing-5"));
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("000001.jsonl, line 5: it was changed");
        }

        @Test
        void aLineThatIsNone() throws IOException {
            List<String> lines = new ArrayList<>(audit.lines());
            lines.set(4, "gone");
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("line 5: this is no line");
        }

        @Test
        void aLineThatWasRemoved() throws IOException {
            List<String> lines = new ArrayList<>(audit.lines());
            lines.remove(4);
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("line 5: lines are missing");
        }

        @Test
        void aLineThatWasPutIn() throws IOException {
            List<String> lines = new ArrayList<>(audit.lines());
            lines.add(4, lines.get(2));
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("line 5: it was put here");
        }

        @Test
        void linesThatWereSwapped() throws IOException {
            List<String> lines = new ArrayList<>(audit.lines());
            Collections.swap(lines, 3, 4);
            replaceLines(lines);
            assertThat(fault()).hasMessageContaining("line 4: lines are missing");
        }

        @Test
        void theFirstLineRemoved() throws IOException {
            replaceLines(audit.lines().subList(1, 10));
            assertThat(fault()).hasMessageContaining("line 1");
        }

        @Test
        void anEndThatWasCutOff() throws IOException {
            replaceLines(audit.lines().subList(0, 9));
            assertThat(fault())
                    .hasMessageContaining("the end of the audit was cut off")
                    .hasMessageContaining("seq 10");
        }

        @Test
        void anEndThatWasCutOffInTheMiddleOfALine() throws IOException {
            String text = Files.readString(audit.file());
            Files.writeString(audit.file(), text.substring(0, text.length() - 20));
            assertThat(fault()).hasMessageContaining("the end of the audit was cut off");
        }

        @Test
        void aLastFileThatWasRemoved() throws IOException {
            clock.move(Duration.ofDays(1));
            crash();
            audit.record("next day");
            audit.trail().close();
            Files.delete(audit.file());
            assertThat(fault()).hasMessageContaining("the end of the audit was cut off");
        }

        @Test
        void aMiddleFileThatWasRemoved() throws IOException {
            for (int day = 0; day < 2; day++) {
                clock.move(Duration.ofDays(1));
                crash();
                audit.record("next day");
                audit.trail().close();
            }
            Files.delete(audit.files().get(1));
            assertThat(fault()).hasMessageContaining("000003.jsonl, line 1: lines are missing");
        }

        @Test
        void aHeadThatWasRemovedOrWritten() throws IOException {
            Path head = audit.folder().resolve("head");
            String text = Files.readString(head);
            Files.writeString(head, text.replace("seq=10 ", "seq=9 "));
            assertThat(fault()).hasMessageContaining("head");
            Files.delete(head);
            assertThat(fault()).hasMessageContaining("head");
        }

        @Test
        void everythingRemoved() throws IOException {
            Files.delete(audit.file());
            assertThatThrownBy(() -> audit.verify()).isInstanceOf(Fault.class);
        }

        @Test
        void anotherKeysLines(@TempDir Path other) throws IOException {
            new KeySet(new DataDirectory(other)); // another one
            AuditFixture foreign = new AuditFixture(other, clock);
            foreign.record("thing-1");
            foreign.trail().close();
            Files.copy(foreign.file(), audit.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(fault()).hasMessageContaining("line 1");
        }

        @Test
        void theServiceGoesOnAndTheGapStays() throws Exception {
            replaceLines(audit.lines().subList(0, 7));
            crash();
            audit.record("later");
            assertThat(audit.files()).hasSize(2);
            assertThat(audit.lines())
                    .anyMatch(line -> line.contains("\"audit.recovered\"") && line.contains("\"failure\""));
            assertThat(fault()).hasMessageContaining("000002.jsonl, line 1: lines are missing");
            JsonObject first = json(Files.readAllLines(audit.file()).get(0));
            assertThat(audit.verify(first.getInt("seq") + ":" + first.getString("hash")))
                    .extracting(Report::lines, Report::damages)
                    .containsExactly(2L, 1);
        }

        @Test
        void linesPutBehindTheLastWhileTheServiceStood() throws Exception {
            Files.writeString(audit.file(), audit.lines().get(2) + "\n", StandardOpenOption.APPEND);
            assertThat(fault()).hasMessageContaining("line 11: it was put here");
            crash();
            audit.record("later");
            assertThat(audit.lines())
                    .anyMatch(line -> line.contains("\"audit.recovered\"") && line.contains("\"failure\""));
            assertThat(fault()).hasMessageContaining("line 11: it was put here");
        }

        @Test
        void anOlderStateOfTheWholeFolderByALineThatIsKnownFromElsewhere() throws Exception {
            JsonObject fifth = json(audit.lines().get(4));
            JsonObject last = json(audit.lines().get(9));
            assertThat(audit.verify(fifth.getInt("seq") + ":" + fifth.getString("hash"))
                            .lines())
                    .isEqualTo(5);
            assertThat(audit.verify(last.getInt("seq") + ":" + last.getString("hash"))
                            .lines())
                    .isZero();
            String unknown = last.getInt("seq") + 1 + ":" + last.getString("hash");
            assertThatThrownBy(() -> audit.verify(unknown))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("not there");
            List<String> lines = new ArrayList<>(audit.lines());
            lines.set(4, lines.get(4).replace("thing-4", "thing-x"));
            replaceLines(lines);
            assertThatThrownBy(() -> audit.verify(fifth.getInt("seq") + ":" + fifth.getString("hash")))
                    .isInstanceOf(Fault.class);
        }
    }

    @Nested
    @DisplayName("What can't be written is not done")
    class Failing {

        @Test
        void aStoppedAuditTakesNothing() throws Exception {
            audit.record("a");
            audit.trail().close();
            assertThatThrownBy(() -> audit.record("b")).isInstanceOf(Problem.Unavailable.class);
            assertThat(audit.trail().takesWrites()).isFalse();
            assertThat(audit.verify().lines()).isEqualTo(2);
        }

        @Test
        void whatWasDoneWaitsUntilItCanBe() throws Exception {
            Files.writeString(audit.folder(), "in the way", StandardCharsets.US_ASCII);
            audit.record("a");
            assertThat(audit.trail().takesWrites()).isFalse();
            for (int i = 1; i < AuditLines.MAX_WAITING; i++) {
                audit.record("waits");
            }
            assertThatThrownBy(() -> audit.record("too many")).isInstanceOf(Problem.Unavailable.class);
            Files.delete(audit.folder());
            Thread.sleep(1_100);
            assertThat(audit.trail().takesWrites()).isTrue();
            audit.record("b");
            assertThat(audit.verify().lines()).isEqualTo(1 + AuditLines.MAX_WAITING + 1);
            assertThat(audit.lines().get(1)).contains("\"a\"");
        }
    }
}
