package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;

@Tag("slow")
class JournalTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String FIRST_FILE = "journal/0000000000000000001.ldif";

    @TempDir
    Path data;

    /** Held, for a logger that nobody holds forgets its level. */
    private static final Logger WARNINGS = Logger.getLogger(JournalFiles.class.getName());

    @BeforeAll
    static void beQuiet() {
        WARNINGS.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void speak() {
        WARNINGS.setLevel(null);
    }

    private WholeEmbeddedDirectory open(Path data) {
        return new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC());
    }

    private static DN person(WholeDirectory directory, String uid) {
        return new DN(new RDN("uid", uid), new DN(new RDN("ou", "People"), directory.suffix()));
    }

    private static boolean add(WholeDirectory directory, String uid) {
        Entry entry = new Entry(person(directory, uid));
        entry.addAttribute("objectClass", "inetOrgPerson");
        entry.addAttribute("uid", uid);
        entry.addAttribute("cn", "Ünïcode " + uid);
        entry.addAttribute("sn", " leading space\nand a line");
        return directory.add(entry);
    }

    private static List<String> people(WholeDirectory directory) {
        DN people = new DN(new RDN("ou", "People"), directory.suffix());
        return directory
                .page(people, Filter.createPresenceFilter("objectClass"), null, 10_000, Order.ASCENDING)
                .entries()
                .stream()
                .map(entry -> entry.getAttributeValue("uid"))
                .toList();
    }

    /** A data directory with three people, and where each of their records begins. */
    private int[] threePeople() throws IOException {
        Path file = data.resolve(FIRST_FILE);
        WholeEmbeddedDirectory directory = open(data);
        int[] begins = new int[4];
        for (int i = 0; i < 3; i++) {
            begins[i] = (int) Files.size(file);
            add(directory, "p" + i);
        }
        begins[3] = (int) Files.size(file);
        directory.close();
        return begins;
    }

    private Path copyWith(byte[] journal, int number) throws IOException {
        Path copy = data.resolve("copy" + number);
        Files.createDirectories(copy.resolve("journal"));
        Files.write(copy.resolve(FIRST_FILE), journal);
        return copy;
    }

    @Nested
    @DisplayName("What was answered is there after a start")
    class Durable {

        @Test
        void everyKindOfChange() {
            WholeEmbeddedDirectory before = open(data);
            IntStream.range(0, 5).forEach(i -> add(before, "p" + i));
            before.delete(person(before, "p3"));
            ReadOnlyEntry p2 = before.read(person(before, "p2")).orElseThrow();
            assertThat(before.renameIfUnchanged(p2, person(before, "p9"))).isTrue();
            assertThat(before.deleteIfUnchanged(p2)).isFalse();
            ReadOnlyEntry suffix = before.read(before.suffix()).orElseThrow();
            Entry wanted = suffix.duplicate();
            wanted.setAttribute(Schema.NAME, "changed");
            assertThat(before.modifyIfUnchanged(suffix, wanted)).isTrue();
            before.close();
            WholeEmbeddedDirectory after = open(data);
            assertThat(people(after)).containsExactly("p0", "p1", "p4", "p9");
            assertThat(after.read(after.suffix()).orElseThrow().getAttributeValue(Schema.NAME))
                    .isEqualTo("changed");
            assertThat(after.read(person(after, "p1")).orElseThrow().getAttributeValue("cn"))
                    .isEqualTo("Ünïcode p1");
            after.close();
        }

        @Test
        void againAndAgain() {
            for (int i = 0; i < 3; i++) {
                WholeEmbeddedDirectory directory = open(data);
                add(directory, "p" + i);
                directory.close();
            }
            WholeEmbeddedDirectory last = open(data);
            assertThat(people(last)).containsExactly("p0", "p1", "p2");
            last.close();
        }

        @Test
        void whateverManyWritersDoAtOnce() throws Exception {
            WholeEmbeddedDirectory before = open(data);
            ExecutorService writers = Executors.newFixedThreadPool(16);
            try {
                writers.invokeAll(IntStream.range(0, 400)
                        .<Callable<Boolean>>mapToObj(i -> () -> add(before, "p" + i))
                        .toList());
            } finally {
                writers.shutdownNow();
            }
            before.close();
            WholeEmbeddedDirectory after = open(data);
            assertThat(people(after)).hasSize(400);
            after.close();
        }

        @Test
        void andAWriterThatIsInterruptedStopsNobody() {
            WholeEmbeddedDirectory directory = open(data);
            Thread.currentThread().interrupt();
            assertThat(add(directory, "interrupted")).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(add(directory, "next")).isTrue();
            assertThat(data.resolve("journal")).isDirectoryContaining("glob:**/0000000000000000001.ldif");
            directory.close();
            WholeEmbeddedDirectory after = open(data);
            assertThat(people(after)).containsExactly("interrupted", "next");
            after.close();
        }

        @Test
        void inFilesThatOnlyTheServiceReadsAndLdapToolsUnderstand() throws Exception {
            threePeople();
            Path file = data.resolve(FIRST_FILE);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            int changes = 0;
            try (LDIFReader reader = new LDIFReader(file.toFile())) {
                while (reader.readChangeRecord() != null) {
                    changes++;
                }
            }
            assertThat(changes).isGreaterThan(3);
        }
    }

    @Nested
    @DisplayName("A last record that was not written to its end is cut off")
    class Torn {

        @Test
        void atEveryByteOfTheLastThree() throws IOException {
            int[] begins = threePeople();
            byte[] whole = Files.readAllBytes(data.resolve(FIRST_FILE));
            for (int length = begins[0]; length <= whole.length; length++) {
                Path copy = copyWith(Arrays.copyOf(whole, length), length);
                WholeEmbeddedDirectory directory = open(copy);
                int there = length < begins[1] ? 0 : length < begins[2] ? 1 : length < begins[3] ? 2 : 3;
                assertThat(people(directory)).as("cut at %d", length).hasSize(there);
                add(directory, "next");
                directory.close();
                WholeEmbeddedDirectory again = open(copy);
                assertThat(people(again)).as("cut at %d, then written", length).hasSize(there + 1);
                again.close();
            }
        }
    }

    @Nested
    @DisplayName("A file that ends in its header was never used")
    class Unbegun {

        @Test
        void theFirstOne() throws IOException {
            open(data).close();
            byte[] whole = Files.readAllBytes(data.resolve(FIRST_FILE));
            int header = JournalFiles.header(SUFFIX, 1).length();
            for (int length = 0; length <= header; length++) {
                WholeEmbeddedDirectory directory = open(copyWith(Arrays.copyOf(whole, length), length));
                assertThat(add(directory, "p")).isTrue();
                directory.close();
            }
        }

        @Test
        void orTheOneBehindIt() throws IOException {
            threePeople();
            Path second = data.resolve("journal/0000000000000000099.ldif");
            Files.writeString(second, "# oathbound jour");
            WholeEmbeddedDirectory directory = open(data);
            assertThat(people(directory)).hasSize(3);
            assertThat(second).doesNotExist();
            directory.close();
        }
    }

    @Nested
    @DisplayName("Damage stops the start, and nothing is changed")
    class Damaged {

        @Test
        void eachByteOfARecordInTheMiddleAndOfTheLast() throws IOException {
            int[] begins = threePeople();
            byte[] whole = Files.readAllBytes(data.resolve(FIRST_FILE));
            for (int at = begins[1]; at < whole.length; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x10;
                Path copy = copyWith(damaged, at);
                assertThatIllegalStateException()
                        .as("flipped at %d", at)
                        .isThrownBy(() -> open(copy))
                        .withMessageContaining("damaged");
                assertThat(Files.readAllBytes(copy.resolve(FIRST_FILE))).isEqualTo(damaged);
            }
        }

        @Test
        void anotherSuffix() throws IOException {
            threePeople();
            assertThatIllegalStateException()
                    .isThrownBy(() -> new WholeEmbeddedDirectory(
                            "dc=other", new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC()))
                    .withMessageContaining("suffix dc=other");
        }

        @Test
        void aSecondProcessOnOneDataDirectory() {
            WholeEmbeddedDirectory first = open(data);
            assertThatIllegalStateException().isThrownBy(() -> open(data)).withMessageContaining("locked");
            first.close();
            open(data).close();
        }
    }

    @Nested
    @DisplayName("A journal of a later format is left to the version that wrote it, and nothing is changed")
    class LaterFormat {

        @Test
        void inItsOnlyFile() throws IOException {
            threePeople();
            assertRefusesALaterOneIn(data.resolve(FIRST_FILE));
        }

        @Test
        void inAFileBeforeOneThatWasNeverUsed() throws IOException {
            threePeople();
            Files.writeString(data.resolve("journal/0000000000000000099.ldif"), "# oathbound jour");
            assertRefusesALaterOneIn(data.resolve(FIRST_FILE));
        }

        @Test
        void inAFileBehindOneOfThisFormat() throws IOException {
            threePeople();
            Path second = data.resolve("journal/0000000000000000099.ldif");
            Files.writeString(second, JournalFiles.header(SUFFIX, 99));
            assertRefusesALaterOneIn(second);
        }

        private static final int LATER = DataFormat.LATEST + 1;

        private void assertRefusesALaterOneIn(Path file) throws IOException {
            String newer =
                    Files.readString(file).replaceFirst("format " + DataFormat.LATEST + "\n", "format " + LATER + "\n");
            Files.writeString(file, newer);
            Map<Path, String> before = files();
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(data))
                    .withMessage("The data directory " + data + " has format " + LATER
                            + ", and this version of Oathbound reads formats up to " + DataFormat.LATEST
                            + " only: use the version that wrote it, or a later one.");
            assertThat(before).containsEntry(file, HexFormat.of().formatHex(newer.getBytes(StandardCharsets.UTF_8)));
            assertThat(files()).isEqualTo(before);
        }

        /** Every file of the data directory, with its bytes. */
        private Map<Path, String> files() throws IOException {
            Map<Path, String> files = new TreeMap<>();
            try (Stream<Path> below = Files.walk(data)) {
                for (Path file : below.filter(Files::isRegularFile).toList()) {
                    files.put(file, HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
            return files;
        }
    }
}
