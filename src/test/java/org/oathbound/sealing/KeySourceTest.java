package org.oathbound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.directory.DataDirectory;

@DisplayName("The key set comes from a file, a variable or a command")
@Tag("slow")
class KeySourceTest {

    private static final String PASSWORD = "hunter2";

    @TempDir
    Path folder;

    private DataDirectory data;
    private Path elsewhere;
    private String json;
    private KeySet keys;

    /** A key set that lies in a file elsewhere. */
    @BeforeEach
    void makeKeys() throws IOException {
        data = new DataDirectory(folder.resolve("data"));
        elsewhere = folder.resolve("elsewhere.json");
        keys = configured(Map.of("oathbound.keys.file", elsewhere.toString()));
        json = Files.readString(elsewhere);
    }

    private KeySet configured(Map<String, String> properties) {
        KeySource source = KeySource.configured(data, name -> Optional.ofNullable(properties.get(name)));
        if (source instanceof KeySetFile file) {
            file.createIfMissing();
        }
        return new KeySet(source);
    }

    private static KeySet command(String line) {
        return new KeySet(new KeyCommand(line));
    }

    private void assertSame(KeySet other) {
        assertThat(other.current().set().getKeys())
                .isEqualTo(keys.current().set().getKeys());
        assertThat(data.path().resolve("keyset.json")).doesNotExist();
    }

    @Nested
    @DisplayName("From each of them it is the same")
    class From {

        @Test
        void aFileElsewhereThatIsMadeThereForItsOwnerAlone() throws IOException {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)))
                    .isEqualTo("rw-------");
            assertSame(configured(Map.of("oathbound.keys.file", elsewhere.toString())));
        }

        @Test
        void aVariable() {
            assertSame(configured(Map.of("oathbound.keys.value", json)));
        }

        @Test
        void aCommand() {
            assertSame(configured(Map.of("oathbound.keys.command", "cat  " + elsewhere)));
        }

        @Test
        void aCommandThatGetsNoInputAndNoShell() {
            assertSame(new KeySet(new KeyCommand(
                    List.of("sh", "-c", "cat; printf %s \"$0\" && cat " + elsewhere, ""), Duration.ofSeconds(10))));
            assertThatIllegalStateException().isThrownBy(() -> command("cat " + elsewhere + " | cat"));
        }
    }

    @Nested
    @DisplayName("What is wrong with a source is said without anything of what it has")
    class Refused {

        @Test
        void twoAtOnce() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () -> configured(Map.of("oathbound.keys.value", json, "oathbound.keys.command", "cat x")))
                    .withMessageContaining("one source");
        }

        @Test
        void aVariableThatIsNoKeySet() {
            assertSays("oathbound.keys.value", json.substring(0, json.length() - 3), "oathbound.keys.value is not");
            assertSays("oathbound.keys.value", json.replace("RS256", "RS512"), "needs a key with alg RS256");
            assertSays("oathbound.keys.value", "{\"keys\":[]}", "needs a key with alg dir");
        }

        @Test
        void twoKeysOfOneName() throws IOException {
            String id = keys.current().sealingId();
            keys.addSealing(Instant.EPOCH);
            String twice = Files.readString(elsewhere).replace(keys.current().sealingId(), id);
            assertSays("oathbound.keys.value", twice, "two keys");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        false                                 | exit code 1
                        no-such-program hunter2               | can't be run
                        echo hunter2                          | is not a JWK set
                        head -c 2000000 /dev/zero             | larger than
                        """)
        void aCommandThatFails(String line, String says) {
            assertSays("oathbound.keys.command", line, says);
        }

        /** It may have printed half of a secret, and an error that has the other half. */
        @Test
        void aCommandWhoseOutputIsNotAsked() throws IOException {
            Path script = script("echo " + PASSWORD + "; echo " + PASSWORD + " >&2; exit 7");
            assertSays("oathbound.keys.command", script.toString(), "exit code 7");
        }

        @Test
        void aCommandThatHangs() throws IOException {
            Path script = script("sleep 60");
            long started = System.nanoTime();
            assertThatIllegalStateException()
                    .isThrownBy(() -> new KeyCommand(List.of(script.toString()), Duration.ofMillis(700)).read())
                    .withMessageContaining("did not come within");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        }

        private Path script(String body) throws IOException {
            Path script = Files.createTempFile(
                    folder,
                    "keys",
                    ".sh",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        }

        private void assertSays(String property, String value, String says) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> configured(Map.of(property, value)))
                    .withMessageContaining(says)
                    .satisfies(stop -> {
                        StringWriter trace = new StringWriter();
                        stop.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString())
                                .doesNotContain(PASSWORD)
                                .doesNotContain(json.substring(json.indexOf("\"k\""), json.indexOf("\"k\"") + 30));
                    });
        }
    }
}
