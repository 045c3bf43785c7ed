package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disaster, and the way back: with the commands of {@code docs/operations.md}. */
class BackupIT {

    @TempDir
    Path temporary;

    @Test
    void aBackupAndTheKeySetBringBackWhatWasThere() throws Exception {
        Path lost = temporary.resolve("lost");
        Path backup = temporary.resolve("backup.ldif");
        List<String> before = Seeds.serialNumbers("BACKUP", 3);
        String later = Seeds.serialNumber("LATER");
        try (ServerProcess server = ServerProcess.start(lost, Map.of())) {
            Oathbound oathbound = server.oathbound();
            before.forEach(serialNumber -> oathbound.create(Seeds.hotp(serialNumber)));
            Answer answer = oathbound.get("/backup", "Accept", "application/ldif");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("Content-Disposition")).contains("filename=\"oathbound-2");
            assertThat(oathbound
                            .send(oathbound.request(oathbound.path("/backup")))
                            .status())
                    .isEqualTo(401);
            Files.writeString(backup, answer.body());
            oathbound.create(Seeds.hotp(later));
            server.kill();
        }
        Path restored = emptyWithKeySetOf(lost, "restored");
        assertThat(command(0, "restore", "--data-dir", restored.toString(), backup.toString()))
                .contains("3 tokens");
        try (ServerProcess server = ServerProcess.start(restored, Map.of())) {
            Oathbound oathbound = server.oathbound();
            assertThat(before).allMatch(oathbound::has);
            assertThat(oathbound.has(later)).isFalse();
            try (LDAPConnection ldap = oathbound.ldap()) {
                assertThat(ldap.search("ou=Tokens," + Oathbound.SUFFIX, SearchScope.ONE, "(oathboundRestoredAt=*)")
                                .getEntryCount())
                        .isEqualTo(3);
            }
            assertThat(oathbound.create(Seeds.hotp(later)).status()).isEqualTo(201);
            assertThat(command(1, "backup", "--data-dir", restored.toString(), "x.ldif"))
                    .contains("locked");
            server.stop();
        }
        Path onTheHost = temporary.resolve("host.ldif");
        command(0, "backup", "--data-dir", restored.toString(), onTheHost.toString());
        assertThat(Files.readString(onTheHost)).contains("oathTokenSerialNumber: " + later);
        assertThat(command(1, "restore", "--data-dir", restored.toString(), onTheHost.toString()))
                .contains("already");
        startWithAnotherKeySet(restored);
    }

    private void startWithAnotherKeySet(Path restored) throws IOException {
        Files.delete(restored.resolve("keyset.json"));
        try (ServerProcess server = ServerProcess.launch(restored, Map.of())) {
            server.awaitLog("is not the one that this directory was written with");
            assertThat(server.ready()).isNotEqualTo(200);
        }
    }

    /** With the first administrator's values, for a driver to read: the application itself is in the backup. */
    private Path emptyWithKeySetOf(Path data, String name) throws IOException {
        Path empty = Files.createDirectory(
                temporary.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String file : List.of("keyset.json", "bootstrap.env")) {
            Files.copy(data.resolve(file), empty.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return empty;
    }

    /** What it prints. */
    private static String command(int exitCode, String... arguments) {
        try {
            Process process = new ProcessBuilder(Stream.concat(
                                    Stream.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-jar",
                                            ServerProcess.JAR.toString()),
                                    Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
