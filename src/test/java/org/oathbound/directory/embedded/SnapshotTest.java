package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFReader;
import jakarta.enterprise.event.Startup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;

@Tag("slow")
class SnapshotTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final JournalSettings ALL_THE_TIME = new JournalSettings(true, 1, 3, Duration.ofDays(7));

    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger WARNINGS = Logger.getLogger("org.oathbound.directory");

    @TempDir
    Path temporary;

    private Path data;

    @BeforeAll
    static void beQuiet() {
        WARNINGS.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void speak() {
        WARNINGS.setLevel(null);
    }

    @BeforeEach
    void newData() {
        data = temporary.resolve("data");
    }

    private static WholeEmbeddedDirectory open(Path data) {
        return new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC());
    }

    private static Entry device(WholeDirectory directory, String name) {
        Entry entry = new Entry(new DN(new RDN("cn", name), new DN(new RDN("ou", "Tokens"), directory.suffix())));
        entry.addAttribute("objectClass", "device", Schema.HOTP_TOKEN, Schema.OATHBOUND_TOKEN);
        entry.addAttribute("cn", name);
        entry.addAttribute(Schema.REVISION, "0");
        entry.addAttribute("description", "Ünïcode", " and a space\nand a line");
        return entry;
    }

    private static void add(WholeDirectory directory, String name) {
        assertThat(directory.add(device(directory, name))).isTrue();
    }

    private static void revoke(WholeDirectory directory, String name) {
        ReadOnlyEntry seen = directory
                .read(new DN(new RDN("cn", name), new DN(new RDN("ou", "Tokens"), directory.suffix())))
                .orElseThrow();
        Entry revoked = seen.duplicate();
        revoked.setAttribute(Schema.REVOKED_AT, GeneralizedTime.of(Instant.EPOCH));
        assertThat(directory.modifyIfUnchanged(seen, revoked)).isTrue();
    }

    /** Everything in it. */
    private static List<String> dump(WholeEmbeddedDirectory directory) {
        return dump(directory.snapshot());
    }

    private static List<String> dump(Snapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> entry.toLDIFString())
                .sorted()
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> snapshots() {
        return files(data.resolve("snapshots"));
    }

    private List<Path> journal() {
        return files(data.resolve("journal"));
    }

    /** A start with some changes and a stop for each snapshot; what was there at the end. */
    private List<String> stopWithSnapshots(int count) {
        List<String> there = List.of();
        for (int i = 0; i < count; i++) {
            WholeEmbeddedDirectory directory = open(data);
            add(directory, "living" + i);
            add(directory, "revoked" + i);
            revoke(directory, "revoked" + i);
            there = dump(directory);
            directory.close();
        }
        return there;
    }

    @Nested
    @DisplayName("A clean stop takes a snapshot")
    class AfterAStop {

        @Test
        void andTheNextStartReadsNoJournal() throws IOException {
            List<String> there = stopWithSnapshots(2);
            Path last = journal().get(journal().size() - 1);
            assertThat(Files.readString(last)).doesNotContain("changetype");
            for (Path file : journal().subList(0, journal().size() - 1)) {
                Files.writeString(file, "not read");
            }
            WholeEmbeddedDirectory directory = open(data);
            assertThat(dump(directory)).isEqualTo(there).anyMatch(entry -> entry.contains("revoked1"));
            directory.close();
        }

        @Test
        void unlessNothingHasChanged() {
            stopWithSnapshots(1);
            List<Path> before =
                    Stream.concat(snapshots().stream(), journal().stream()).toList();
            open(data).close();
            assertThat(Stream.concat(snapshots().stream(), journal().stream())).containsExactlyElementsOf(before);
        }

        @Test
        void whichOnlyTheServiceReadsAndLdapToolsUnderstand() throws Exception {
            stopWithSnapshots(1);
            Path file = snapshots().get(0);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            try (LDIFReader reader = new LDIFReader(file.toFile())) {
                assertThat(reader.readEntry().getDN()).isEqualTo(SUFFIX);
            }
        }
    }

    @Nested
    @DisplayName("Snapshots are taken while writers go on")
    class Meanwhile {

        @Test
        void eachShowsExactlyWhatTheJournalHadThen() throws Exception {
            WholeEmbeddedDirectory directory =
                    new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), ALL_THE_TIME, Clock.systemUTC());
            ((EmbeddedDirectory) directory).start(new Startup());
            ExecutorService writers = Executors.newFixedThreadPool(4);
            List<String> there;
            try {
                List<Future<?>> all = new ArrayList<>();
                Instant end = Instant.now().plusSeconds(4);
                for (int writer = 0; writer < 4; writer++) {
                    String name = "w" + writer + "-";
                    all.add(writers.submit(() -> {
                        for (int i = 0; Instant.now().isBefore(end); i++) {
                            add(directory, name + i);
                            revoke(directory, name + i);
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                there = dump(directory);
            } finally {
                writers.shutdownNow();
            }
            assertThat(snapshots()).hasSizeGreaterThan(1);
            Path killed = copyOf(data, "killed");
            directory.close();

            // From the newest, and from the one before with more of the journal.
            WholeEmbeddedDirectory after = open(killed);
            assertThat(dump(after)).isEqualTo(there);
            after.close();
            Path older = copyOf(data, "older");
            Files.delete(last(files(older.resolve("snapshots"))));
            WholeEmbeddedDirectory fromOlder = open(older);
            assertThat(dump(fromOlder)).isEqualTo(there);
            fromOlder.close();
        }
    }

    @Nested
    @DisplayName("A start takes the newest that is whole")
    class NewestGood {

        @Test
        void whateverIsMissingAtItsEnd() throws IOException {
            List<String> there = stopWithSnapshots(2);
            byte[] whole = Files.readAllBytes(last(snapshots()));
            for (int length = 0; length < whole.length; length += length < whole.length - 80 ? 97 : 1) {
                Path copy = copyOf(data, "cut" + length);
                Files.write(last(files(copy.resolve("snapshots"))), Arrays.copyOf(whole, length));
                WholeEmbeddedDirectory directory = open(copy);
                assertThat(dump(directory)).as("cut at %d", length).isEqualTo(there);
            }
        }

        @Test
        void whateverIsChangedInIt() throws IOException {
            stopWithSnapshots(1);
            Path file = snapshots().get(0);
            byte[] whole = Files.readAllBytes(file);
            // Behind the head, which says format and suffix.
            for (int at = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf("# last");
                    at < whole.length;
                    at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x10;
                Files.write(file, damaged);
                assertThatExceptionOfType(Snapshot.NotWhole.class)
                        .as("flipped at %d", at)
                        .isThrownBy(() -> Snapshot.read(file));
            }
        }

        @Test
        void whenWritingOneWasCutShort() throws IOException {
            List<String> there = stopWithSnapshots(1);
            Files.writeString(data.resolve("snapshots/snapshot.tmp"), "# oathbound snap");
            WholeEmbeddedDirectory directory = open(data);
            assertThat(dump(directory)).isEqualTo(there);
            add(directory, "more");
            directory.close();
            assertThat(snapshots()).hasSize(2).allMatch(DataFormat::isNumbered);
        }

        @Test
        void orNoneIfWhatTheJournalHasBeforeItIsGone() throws IOException {
            stopWithSnapshots(3);
            for (Path file : snapshots()) {
                Files.delete(file);
            }
            assertThat(journal().get(0).getFileName().toString()).isNotEqualTo(JournalFiles.name(1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(data))
                    .withMessageContaining("records 1 to")
                    .withMessageContaining("restore a backup");
        }

        @Test
        void orNoneIfTheJournalBehindItIsGone() throws IOException {
            stopWithSnapshots(1);
            Files.delete(last(journal()));
            Files.delete(last(journal()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(data))
                    .withMessageContaining("does not reach as far");
        }

        @Test
        void orNoneOfALaterFormatOrAnotherSuffix() throws IOException {
            stopWithSnapshots(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> new WholeEmbeddedDirectory(
                            "dc=other",
                            new DataDirectory(copyOf(data, "other")),
                            JournalSettings.DEFAULT,
                            Clock.systemUTC()))
                    .withMessageContaining("suffix dc=other");
            Path file = last(snapshots());
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceFirst("format " + DataFormat.LATEST, "format " + (DataFormat.LATEST + 1)));
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(data))
                    .withMessageContaining("format " + (DataFormat.LATEST + 1));
        }
    }

    @Nested
    @DisplayName("What is old is removed")
    class Old {

        @Test
        void byCountWithTheJournalBeforeIt() {
            stopWithSnapshots(5);
            assertThat(snapshots()).hasSize(3);
            assertThat(JournalFiles.position(journal().get(0)))
                    .isEqualTo(JournalFiles.position(snapshots().get(0)) + 1);
        }

        @Test
        void byAgeButNeverTheNewestTwo() throws IOException {
            stopWithSnapshots(3);
            for (Path file : snapshots()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
            }
            List<String> there = stopWithSnapshotOfMore();
            assertThat(snapshots()).hasSize(2);
            Files.delete(last(snapshots()));
            WholeEmbeddedDirectory directory = open(data);
            assertThat(dump(directory)).isEqualTo(there);
            directory.close();
        }

        private List<String> stopWithSnapshotOfMore() {
            WholeEmbeddedDirectory directory = open(data);
            add(directory, "more");
            List<String> there = dump(directory);
            directory.close();
            return there;
        }
    }

    @Nested
    @DisplayName("A backup")
    class Backup {

        private Snapshot backup() throws IOException {
            WholeEmbeddedDirectory directory = open(data);
            IntStream.range(0, 3).forEach(i -> add(directory, "t" + i));
            revoke(directory, "t1");
            Path file = temporary.resolve("backup.ldif");
            try (var out = Files.newOutputStream(file)) {
                directory.snapshot().write(out, Instant.now());
            }
            directory.close();
            return Snapshot.read(file);
        }

        @Test
        void isWhatAnEmptyDataDirectoryCanBeginWith() throws IOException {
            Snapshot backup = backup();
            Path restored = temporary.resolve("restored");
            WholeEmbeddedDirectory.restore(new DataDirectory(restored), backup, Instant.now());
            WholeEmbeddedDirectory directory = open(restored);
            assertThat(dump(directory)).isEqualTo(dump(backup));
            add(directory, "next");
            directory.close();
            WholeEmbeddedDirectory again = open(restored);
            assertThat(dump(again)).hasSize(dump(backup).size() + 1);
            again.close();
        }

        @Test
        void neverReplacesADirectoryNorOneInUse() throws IOException {
            Snapshot backup = backup();
            assertThatIllegalStateException()
                    .isThrownBy(() -> WholeEmbeddedDirectory.restore(new DataDirectory(data), backup, Instant.now()))
                    .withMessageContaining("already");
            WholeEmbeddedDirectory directory = open(data);
            assertThatIllegalStateException()
                    .isThrownBy(() -> WholeEmbeddedDirectory.restore(new DataDirectory(data), backup, Instant.now()))
                    .withMessageContaining("locked");
            directory.close();
        }

        @Test
        void thatWasCutShortBeforeItWasNamedIsNotTakenForAnEmptyDirectory() throws IOException {
            Snapshot backup = backup();
            Path restored = temporary.resolve("restored");
            WholeEmbeddedDirectory.restore(new DataDirectory(restored), backup, Instant.now());
            Files.delete(last(files(restored.resolve("snapshots"))));
            assertThatIllegalStateException().isThrownBy(() -> open(restored)).withMessageContaining("missing");
        }
    }

    private static Path last(List<Path> files) {
        return files.get(files.size() - 1);
    }

    /** As a kill would leave it. */
    private Path copyOf(Path data, String name) throws IOException {
        Path copy = temporary.resolve(name);
        for (String folder : List.of("journal", "snapshots")) {
            Files.createDirectories(copy.resolve(folder));
            for (Path file : files(data.resolve(folder))) {
                Files.copy(file, copy.resolve(folder).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }
}
