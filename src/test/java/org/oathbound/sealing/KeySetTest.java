package org.oathbound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;

@Tag("slow")
class KeySetTest {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("keyset.json");
    }

    KeySet start() {
        return new KeySet(new DataDirectory(folder));
    }

    @Nested
    @DisplayName("The key set is made at first start, and never overwritten")
    class Made {

        @Test
        void itsFileIsForItsOwnerAlone() throws IOException {
            start();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void nothingElseStaysInTheFolder() throws IOException {
            start();

            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file);
            }
        }

        @Test
        void theNextStartHasTheSameKeys() throws IOException {
            String signing = start().signing(NOW).getKeyID();
            String written = Files.readString(file);

            assertThat(start().signing(NOW).getKeyID()).isEqualTo(signing);
            assertThat(Files.readString(file)).isEqualTo(written);
        }

        @Test
        void twoServicesHaveDifferentKeys(@TempDir Path other) {
            KeySet here = start();
            KeySet there = new KeySet(new DataDirectory(other));

            assertThat(here.fingerprint().getKeyValue())
                    .isNotEqualTo(there.fingerprint().getKeyValue());
            assertThat(here.current().sealing().get(0).getKeyValue())
                    .isNotEqualTo(there.current().sealing().get(0).getKeyValue())
                    .isNotEqualTo(here.fingerprint().getKeyValue());
        }

        @Test
        void onlyPublicPartsOfTheSigningKeysAreShown() {
            KeySet keys = start();

            assertThat(keys.publicKeys(NOW).getKeys()).hasSize(1).allSatisfy(key -> {
                assertThat(key.isPrivate()).isFalse();
                assertThat(key.getKeyID()).isEqualTo(keys.signing(NOW).getKeyID());
            });
        }
    }

    @Nested
    @DisplayName("A file that others can read, or that is not whole, stops the start")
    class Refused {

        @Test
        void readableByTheGroup() throws IOException {
            start();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

            assertThatThrownBy(KeySetTest.this::start).hasMessageContaining("rw-r-----");
        }

        @Test
        void cutShort() throws IOException {
            start();
            String written = Files.readString(file);
            rewrite(written.substring(0, written.length() - 10));

            assertStopsAndShowsNothingOf(written);
        }

        @Test
        void withoutItsFingerprintKey() throws IOException {
            start();
            String written = Files.readString(file);
            rewrite(written.replace("HS256", "HS512"));

            assertStopsAndShowsNothingOf(written);
        }

        @Test
        void empty() throws IOException {
            start();
            rewrite("");

            assertThatThrownBy(KeySetTest.this::start).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aLinkThatLeadsNowhereIsNotReplaced() throws IOException {
            Files.createSymbolicLink(file, folder.resolve("gone"));

            assertThatThrownBy(KeySetTest.this::start).isInstanceOf(IllegalStateException.class);
            assertThat(file).isSymbolicLink();
        }

        void rewrite(String content) throws IOException {
            Files.writeString(file, content);
        }

        void assertStopsAndShowsNothingOf(String written) throws IOException {
            assertThatThrownBy(KeySetTest.this::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file.toString())
                    .satisfies(stop -> {
                        StringWriter trace = new StringWriter();
                        stop.printStackTrace(new PrintWriter(trace));
                        JWKSet.parse(written).getKeys().forEach(key -> assertThat(trace.toString())
                                .doesNotContain(secretOf(
                                        key.toJSONObject().getOrDefault("k", "").toString()))
                                .doesNotContain(secretOf(
                                        key.toJSONObject().getOrDefault("d", "").toString())));
                    });
        }

        String secretOf(String value) {
            return value.isEmpty() ? "no secret here" : value.substring(0, 12);
        }
    }
}
