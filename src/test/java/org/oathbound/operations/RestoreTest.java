package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.directory.embedded.Snapshot;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.Binding;
import org.oathbound.sealing.KeyCheck;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

@Tag("slow")
class RestoreTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private Path data;
    private Path restored;
    private Path file;

    /** A data directory with a token, a revoked one and its backup; and an empty one with its key set. */
    @BeforeEach
    void backUp() throws IOException {
        data = temporary.resolve("data");
        restored = temporary.resolve("restored");
        file = temporary.resolve("backup.ldif");
        WholeEmbeddedDirectory directory = open(data);
        Seals seals = new Seals(new KeySet(new DataDirectory(data)));
        UUID id = UUID.randomUUID();
        Environment environment =
                new Environments(directory, directory).createDefault(id, new KeyCheck(seals).value(id));
        Tokens tokens = TokensFixture.tokens(directory, seals);
        TokensFixture.create(tokens, environment, "1");
        NewToken used = new NewToken(
                new SerialNumber("2"),
                SharedSecret.ofHex("00112233445566778899AABBCCDDEEFF00112233"),
                HashAlgorithm.SHA_1,
                6,
                new Counter(5),
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
        tokens.create(environment, used, new JobRow(UUID.randomUUID(), 0));
        tokens.revoke(environment, TokenId.of(environment.id(), used.serialNumber()));
        directory.close();
        new Backup(data, SUFFIX, CLOCK).write(file);
        copyKeys(data, restored);
    }

    private static WholeEmbeddedDirectory open(Path data) {
        return new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), JournalSettings.DEFAULT, CLOCK);
    }

    private static void copyKeys(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(
                from.resolve("keyset.json"),
                to.resolve("keyset.json"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private String restore() throws IOException {
        return new Restore(new DataDirectory(restored)).read(file, NOW);
    }

    private static List<ReadOnlyEntry> entries(Path data) {
        WholeEmbeddedDirectory directory = open(data);
        List<ReadOnlyEntry> entries = directory.snapshot().entries();
        directory.close();
        return entries;
    }

    private void assertNothingWasRestored() {
        assertThat(restored.resolve("journal")).doesNotExist();
        assertThat(restored.resolve("snapshots")).doesNotExist();
    }

    @Nested
    @DisplayName("What comes back")
    class Restored {

        @Test
        void isEveryEntryWithAMarkOnTokensKeysAndEnvironments() throws IOException {
            assertThat(restore()).contains("2 tokens");
            List<ReadOnlyEntry> marked = entries(restored).stream()
                    .filter(entry -> entry.hasAttribute(Schema.RESTORED_AT))
                    .toList();
            assertThat(marked)
                    .hasSize(5)
                    .allMatch(
                            entry -> entry.getAttributeValue(Schema.RESTORED_AT).equals(GeneralizedTime.of(NOW)))
                    .anyMatch(entry -> entry.hasAttribute(Schema.REVOKED_AT))
                    .anyMatch(entry -> entry.hasAttribute(Schema.STOPPED))
                    .anyMatch(entry -> entry.hasAttribute(Schema.KEY_CHECK));
            assertThat(entries(restored).stream().map(RestoreTest::unmarked))
                    .containsExactlyInAnyOrderElementsOf(
                            entries(data).stream().map(RestoreTest::unmarked).toList());
        }

        /** The code that directly follows may have been used since. */
        @Test
        void waitsForNoSecondCode() throws IOException {
            WholeEmbeddedDirectory directory = open(data);
            ReadOnlyEntry seen = directory.snapshot().entries().stream()
                    .filter(entry -> entry.hasAttribute(Schema.SECRET))
                    .findFirst()
                    .orElseThrow();
            Entry waiting = seen.duplicate();
            waiting.setAttribute(Schema.WAITING, GeneralizedTime.of(NOW) + " 40");
            assertThat(directory.modifyIfUnchanged(seen, waiting)).isTrue();
            directory.close();
            Files.delete(file);
            new Backup(data, SUFFIX, CLOCK).write(file);

            restore();

            assertThat(entries(data)).anyMatch(entry -> entry.hasAttribute(Schema.WAITING));
            assertThat(entries(restored)).noneMatch(entry -> entry.hasAttribute(Schema.WAITING));
        }

        @Test
        void canBeBackedUpAndRestoredAgainAndTheLaterMomentCounts() throws IOException {
            restore();
            Files.delete(file);
            new Backup(restored, SUFFIX, CLOCK).write(file);
            restored = temporary.resolve("again");
            copyKeys(data, restored);
            Instant later = NOW.plusSeconds(60);
            new Restore(new DataDirectory(restored)).read(file, later);
            assertThat(entries(restored))
                    .filteredOn(entry -> entry.hasAttribute(Schema.RESTORED_AT))
                    .hasSize(5)
                    .allMatch(
                            entry -> entry.getAttributeValue(Schema.RESTORED_AT).equals(GeneralizedTime.of(later)));
        }
    }

    private static Entry unmarked(Entry entry) {
        Entry unmarked = entry.duplicate();
        unmarked.removeAttribute(Schema.RESTORED_AT);
        return unmarked;
    }

    @Nested
    @DisplayName("A restore is refused, and nothing is changed")
    class Refused {

        @Test
        void withoutAKeySet() throws IOException {
            Files.delete(restored.resolve("keyset.json"));
            assertThatIllegalStateException()
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("keyset.json");
            assertNothingWasRestored();
        }

        @Test
        void withAnotherKeySet() throws IOException {
            Path other = temporary.resolve("other");
            new KeySet(new DataDirectory(other));
            copyKeys(other, restored);
            assertThatIllegalStateException()
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("not the one that this directory was written with");
            assertNothingWasRestored();
        }

        @Test
        void withAKeySetThatLacksAKeyOfOneEntry() throws IOException {
            Snapshot backup = Snapshot.read(file).with(RestoreTest::sealedWithANewerKey);
            try (var out = Files.newOutputStream(file)) {
                backup.write(out, NOW);
            }
            assertThatIllegalStateException()
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("newer-key");
            assertNothingWasRestored();
        }

        @Test
        void withAKeySetThatLacksTheKeyOfAJobsRows() throws IOException {
            Path other = temporary.resolve("other");
            Seals strangers = new Seals(new KeySet(new DataDirectory(other)));
            String rows = strangers.seal(new Binding(UUID.randomUUID(), "job-0", "job"), new byte[] {1});
            Snapshot backup = Snapshot.read(file).with(entry -> {
                Entry changed = entry.duplicate();
                if (entry.hasAttribute(Schema.SECRET)) {
                    changed.setAttribute(Schema.PAYLOAD, rows);
                }
                return new ReadOnlyEntry(changed);
            });
            try (var out = Files.newOutputStream(file)) {
                backup.write(out, NOW);
            }
            assertThatIllegalStateException()
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("lacks the key " + Seals.keyIdOf(rows));
            assertNothingWasRestored();
        }

        @Test
        void fromAFileThatIsNotWhole() throws IOException {
            String whole = Files.readString(file);
            Files.writeString(file, whole.substring(0, whole.indexOf("# end")));
            assertThatExceptionOfType(Snapshot.NotWhole.class)
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("end is missing");
            assertNothingWasRestored();
        }

        @Test
        void fromAFileThatSomebodyChanged() throws IOException {
            Files.writeString(file, Files.readString(file).replaceFirst("oathHOTPCounter: -1", "oathHOTPCounter: -2"));
            assertThatExceptionOfType(Snapshot.NotWhole.class)
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("checksum");
            assertNothingWasRestored();
        }

        @Test
        void ontoWhatIsThere() throws IOException {
            restore();
            assertThatIllegalStateException()
                    .isThrownBy(RestoreTest.this::restore)
                    .withMessageContaining("already");
        }
    }

    private static ReadOnlyEntry sealedWithANewerKey(ReadOnlyEntry entry) {
        if (!entry.hasAttribute(Schema.KEY_ID)) {
            return entry;
        }
        Entry newer = entry.duplicate();
        newer.setAttribute(Schema.KEY_ID, "newer-key");
        return new ReadOnlyEntry(newer);
    }

    @Nested
    @DisplayName("A backup on the host")
    class OnTheHost {

        @Test
        void isForItsOwnerOnlyAndReplacesNoFile() throws IOException {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            assertThatExceptionOfType(java.nio.file.FileAlreadyExistsException.class)
                    .isThrownBy(() -> new Backup(data, SUFFIX, CLOCK).write(file));
        }

        @Test
        void needsADirectoryThatNobodyUses() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> new Backup(temporary.resolve("none"), SUFFIX, CLOCK).write(temporary.resolve("x")))
                    .withMessageContaining("There is no directory in");
            WholeEmbeddedDirectory running = open(data);
            assertThatIllegalStateException()
                    .isThrownBy(() -> new Backup(data, SUFFIX, CLOCK).write(temporary.resolve("x")))
                    .withMessageContaining("locked");
            running.close();
        }

        @Test
        void saysInOneLineWhatIsWrongAndWithItsExitCode() {
            assertThat(HostCommands.run("restore", "--data-dir", restored.toString(), "no-such-file"))
                    .isEqualTo(1);
            assertThat(HostCommands.run("restore")).isEqualTo(2);
            assertThat(HostCommands.run("restore", "--data-dir", restored.toString(), file.toString()))
                    .isZero();
            assertThat(Clock.systemUTC().instant())
                    .isAfter(GeneralizedTime.parse(entries(restored).get(0).getAttributeValue(Schema.RESTORED_AT)));
        }
    }
}
