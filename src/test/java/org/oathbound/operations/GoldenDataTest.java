package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.GoldenData;
import org.oathbound.audit.Verification;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.directory.embedded.Snapshot;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.job.control.Jobs;
import org.oathbound.job.control.JobsFixture;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Totals;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.KeyCheck;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.control.Verifier;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Rejected;

class GoldenDataTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final int LATER = DataFormat.LATEST + 1;

    @TempDir
    Path temporary;

    static Stream<GoldenData> eachFormat() {
        return GoldenData.all().stream();
    }

    private static WholeEmbeddedDirectory open(Path data) {
        return new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC());
    }

    private static KeySet keys(Path data) {
        return KeySet.existing(new DataDirectory(data));
    }

    private static List<ReadOnlyEntry> entries(Path data) {
        WholeEmbeddedDirectory directory = open(data);
        List<ReadOnlyEntry> entries = directory.snapshot().entries();
        directory.close();
        return entries;
    }

    @Test
    void thereIsOne() {
        assertThat(eachFormat()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void everyEntryThatTheEarlierVersionSawIsThere(GoldenData golden) throws IOException {
        assertThat(entries(golden.copyTo(temporary.resolve("data"))))
                .hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(
                        Snapshot.read(golden.backup()).entries());
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void everyRowOfADoneJobIsCounted(GoldenData golden) {
        Path data = golden.copyTo(temporary.resolve("data"));
        WholeEmbeddedDirectory directory = open(data);
        Jobs jobs = JobsFixture.jobs(directory, new Seals(keys(data)), work -> {});
        int done = 0;
        for (Environment environment : new Environments(directory, directory).all()) {
            for (Job job : jobs.page(environment, null, 100).items()) {
                if (job.status() == Job.Status.DONE) {
                    Totals totals = jobs.totals(environment, job);
                    assertThat(totals.processed()).isEqualTo(job.rows()).isPositive();
                    assertThat(totals).isEqualTo(jobs.result(environment, job).totals());
                    done++;
                }
            }
        }
        directory.close();
        assertThat(done).isPositive();
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void everySecretOpens(GoldenData golden) {
        Path data = golden.copyTo(temporary.resolve("data"));
        WholeEmbeddedDirectory directory = open(data);
        Seals seals = new Seals(keys(data));
        new KeyCheck(seals).check(directory.read(directory.suffix()).orElseThrow());
        List<SharedSecret> secrets = new ArrayList<>();
        for (Environment environment : new Environments(directory, directory).all()) {
            TokensFixture.tokenSecrets(directory, seals)
                    .<SharedSecret>forEach(
                            environment,
                            (token, secret) -> Stream.of(secret),
                            id -> {
                                throw new AssertionError(id + " does not open");
                            },
                            secrets::add);
        }
        directory.close();
        assertThat(secrets)
                .hasSizeGreaterThanOrEqualTo(8) // and those rows of the job that were done before it was cut off
                .contains(
                        SharedSecret.ofHex(golden.expected("hotp.secret")),
                        SharedSecret.ofHex(golden.expected("totp.secret")));
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void aUsedCodeStaysUsedAndTheNextOneIsGood(GoldenData golden) {
        Path data = golden.copyTo(temporary.resolve("data"));
        WholeEmbeddedDirectory directory = open(data);
        Verifier verifier = TokensFixture.verifier(directory, new Seals(keys(data)), Clock.systemUTC());
        long next = Long.parseLong(golden.expected("hotp.nextCounter"));

        for (long used = 0; used < next; used++) {
            assertThat(verify(verifier, directory, golden, used)).isInstanceOf(Rejected.class);
        }
        assertThat(verify(verifier, directory, golden, next)).isInstanceOf(Accepted.class);
        assertThat(verify(verifier, directory, golden, next)).isInstanceOf(Rejected.class);
        directory.close();
    }

    private static Verdict verify(
            Verifier verifier, WholeEmbeddedDirectory directory, GoldenData golden, long counter) {
        Environment environment =
                new Environments(directory, directory).get(UUID.fromString(golden.expected("environment")));
        Passcode code =
                new Hotp(SharedSecret.ofHex(golden.expected("hotp.secret")), HashAlgorithm.SHA_1, 6).generate(counter);
        return verifier.verify(
                environment,
                new TokenId(UUID.fromString(golden.expected("hotp.token"))),
                UUID.fromString(golden.expected("hotp.device")),
                code,
                Purpose.SIGN_ON);
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void anUpgradeMakesAKeyEntryForEachTokenThatLasts(GoldenData golden) {
        Path data = golden.copyTo(temporary.resolve("data"));
        WholeEmbeddedDirectory directory = open(data);
        Environments environments = new Environments(directory, directory);
        StateUpgrade upgrade = new StateUpgrade(
                directory,
                environments,
                new Tenancy(directory, directory, directory, environments, Clock.systemUTC()),
                TokensFixture.upgrade(directory, new Seals(keys(data)), Clock.systemUTC()));
        upgrade.run();
        List<ReadOnlyEntry> upgraded = directory.snapshot().entries();
        upgrade.run();
        assertThat(directory.snapshot().entries()).as("a second time").isEqualTo(upgraded);
        directory.close();

        assertThat(upgraded)
                .filteredOn(entry -> entry.hasAttribute(Schema.SECRET)
                        && !"TEMPORARY".equals(entry.getAttributeValue(Schema.TOKEN_USE)))
                .isNotEmpty()
                .allMatch(entry -> entry.hasAttribute(Schema.FINGERPRINT));
        assertThat(upgraded).noneMatch(entry -> entry.hasAttribute(Schema.FORMER));
        assertThat(upgraded).anyMatch(entry -> entry.hasObjectClass(Schema.OATHBOUND_KEY));
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void itsAuditVerifies(GoldenData golden) throws Exception {
        Path data = golden.copyTo(temporary.resolve("data"));
        assertThat(Verification.verify(data, keys(data), null).lines()).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("eachFormat")
    void itsBackupCanBeRestored(GoldenData golden) throws IOException {
        Path data = golden.copyTo(temporary.resolve("data"));
        Path restored = Files.createDirectory(temporary.resolve("restored"));
        Files.copy(data.resolve("keyset.json"), restored.resolve("keyset.json"), StandardCopyOption.COPY_ATTRIBUTES);

        new Restore(new DataDirectory(restored))
                .read(golden.backup(), Clock.systemUTC().instant());

        assertThat(entries(restored)).hasSameSizeAs(entries(data));
    }

    @Nested
    @DisplayName("A later format is refused with one sentence, and nothing is changed:")
    class Later {

        private Path data = Path.of("");

        @BeforeEach
        void copy() {
            data = GoldenData.all().getFirst().copyTo(temporary.resolve("data"));
        }

        @Test
        void byWhateverUsesTheDataDirectory() throws IOException {
            assertRefused(data);
        }

        @Test
        void evenWhereNoKeySetIsInIt() throws IOException {
            Files.delete(data.resolve("keyset.json"));
            assertRefused(data);
        }

        @Test
        void behindFilesOfAnEarlierFormat() throws IOException {
            Path journal = data.resolve("journal");
            Files.copy(
                    GoldenData.newest(journal),
                    journal.resolve("9999999999999999999.ldif"),
                    StandardCopyOption.COPY_ATTRIBUTES);
            assertRefused(data);
        }

        @Test
        void withoutTighteningItsMode() throws IOException {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
            assertRefused(data);
        }

        private static void assertRefused(Path data) throws IOException {
            GoldenData.sayFormat(data, LATER);
            Map<String, String> before = GoldenData.contents(data);

            assertThatIllegalStateException()
                    .isThrownBy(() -> new DataDirectory(data))
                    .withMessage("The data directory " + data + " has format " + LATER
                            + ", and this version of Oathbound reads" + " formats up to " + DataFormat.LATEST
                            + " only: use the version that wrote it, or a later one.");
            for (String command :
                    List.of("backup x.ldif", "restore x.ldif", "audit verify", "break-glass --reason x")) {
                List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
                arguments.addAll(List.of("--data-dir", data.toString()));
                assertThat(HostCommands.run(arguments.toArray(String[]::new)))
                        .as(command)
                        .isEqualTo(1);
            }

            assertThat(GoldenData.contents(data)).isEqualTo(before);
        }
    }

    @Test
    void aBackupOfALaterFormatIsRefusedWhateverTheKeySet() throws IOException {
        Path backup = temporary.resolve("backup.ldif");
        Files.writeString(
                backup,
                Files.readString(GoldenData.all().getFirst().backup())
                        .replaceFirst("format [0-9]+", "format " + LATER));
        Path restored = Files.createDirectory(temporary.resolve("restored"));

        assertThatIllegalStateException()
                .isThrownBy(() -> new Restore(new DataDirectory(restored))
                        .read(backup, Clock.systemUTC().instant()))
                .withMessage("The snapshot " + backup
                        + " has format " + LATER + ", and this version of Oathbound reads formats up to "
                        + DataFormat.LATEST + " only:"
                        + " use the version that wrote it, or a later one.");

        assertThat(restored).isEmptyDirectory();
    }
}
