package org.oathbound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.DataDirectory;
import org.oathbound.problem.Problem;

@Tag("slow")
class SealsTest {

    static final byte[] PLAIN = "6EBD59F71A800C48C4619CD33F6C385C9237C9BA".getBytes(StandardCharsets.US_ASCII);
    static final UUID ENVIRONMENT = UUID.fromString("abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    static final Binding BINDING = new Binding(ENVIRONMENT, "token-1", "life-1");

    static KeySet keys;
    static Seals seals;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) {
        keys = KeySets.in(folder);
        seals = new Seals(keys);
    }

    static void assertDoesNotOpen(Binding binding, String sealed) {
        assertThatThrownBy(() -> seals.open(binding, sealed))
                .isInstanceOf(Problem.Corrupt.class)
                .hasMessage("What is sealed for " + binding.id() + " does not open.")
                .hasNoCause();
    }

    static String withHeader(String sealed, String from, String to) {
        int dot = sealed.indexOf('.');
        String header = new Base64URL(sealed.substring(0, dot)).decodeToString();
        assertThat(header).contains(from);
        return Base64URL.encode(header.replace(from, to)) + sealed.substring(dot);
    }

    @Nested
    @DisplayName("A sealed value is a JWE that opens for the entry it was made for")
    class Opens {

        @Test
        void givesBackWhatWasSealed() {
            assertThat(seals.open(BINDING, seals.seal(BINDING, PLAIN))).isEqualTo(PLAIN);
        }

        @Test
        void givesBackNothingWhenNothingWasSealed() {
            assertThat(seals.open(BINDING, seals.seal(BINDING, new byte[0]))).isEmpty();
        }

        @Test
        void namesAlgorithmKeyAndEntryInItsHeader() {
            String header = new Base64URL(seals.seal(BINDING, PLAIN).split("\\.", -1)[0]).decodeToString();

            assertThat(header)
                    .contains("\"alg\":\"dir\"", "\"enc\":\"A256GCM\"", "\"kid\":\"" + seals.keyId() + "\"")
                    .contains("\"environment\":\"" + ENVIRONMENT + "\"", "\"id\":\"token-1\"", "\"life\":\"life-1\"");
        }

        @Test
        void showsNothingOfThePlainText() {
            String sealed = seals.seal(BINDING, PLAIN);

            for (String part : sealed.split("\\.", -1)) {
                assertThat(new Base64URL(part).decodeToString()).doesNotContain("6EBD", "C9BA");
            }
        }

        @Test
        void isNeverTheSameTwice() {
            assertThat(seals.seal(BINDING, PLAIN)).isNotEqualTo(seals.seal(BINDING, PLAIN));
        }

        @Test
        void compressesWhatIsLargeAndAlike() {
            byte[] large = "{\"serialNumber\":\"2333734700388\"}".repeat(3_000).getBytes(StandardCharsets.US_ASCII);

            String sealed = seals.sealCompressed(BINDING, large);

            assertThat(sealed).hasSizeLessThan(large.length / 10);
            assertThat(seals.open(BINDING, sealed)).isEqualTo(large);
        }

        @Test
        void opensALargeValueThatDoesNotCompress() {
            byte[] large = new byte[300_000];
            new Random(1).nextBytes(large);

            assertThat(seals.open(BINDING, seals.sealCompressed(BINDING, large)))
                    .isEqualTo(large);
        }

        @Test
        void sealsNothingWithoutBounds() {
            byte[] huge = new byte[4 * 1024 * 1024 + 1];

            assertThatThrownBy(() -> seals.sealCompressed(BINDING, huge)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("It opens for nothing else")
    class Bound {

        @ParameterizedTest
        @CsvSource({
            "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6, token-2, life-1",
            "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6, token-1, life-2",
            "00000000-49eb-49f5-a5d9-80ad5c98f9f6, token-1, life-1",
        })
        void movedToAnotherEntry(UUID environment, String id, String life) {
            assertDoesNotOpen(new Binding(environment, id, life), seals.seal(BINDING, PLAIN));
        }

        @Test
        void withAHeaderThatWasRewrittenForAnotherEntry() {
            String forged = withHeader(seals.seal(BINDING, PLAIN), "token-1", "token-2");

            assertDoesNotOpen(new Binding(ENVIRONMENT, "token-2", "life-1"), forged);
        }

        @Test
        void underTheKeysOfAnotherService(@TempDir Path other) {
            Seals strangers = new Seals(new KeySet(new DataDirectory(other)));
            String forged = withHeader(strangers.seal(BINDING, PLAIN), strangers.keyId(), seals.keyId());

            assertDoesNotOpen(BINDING, strangers.seal(BINDING, PLAIN));
            assertDoesNotOpen(BINDING, forged);
        }
    }

    @Nested
    @DisplayName("Changed in any bit, it does not open, and no answer says why")
    class Intact {

        @Test
        void withOneBitFlippedAnywhere() {
            String sealed = seals.seal(BINDING, PLAIN);
            byte[] bytes = sealed.getBytes(StandardCharsets.ISO_8859_1);

            for (int position = 0; position < bytes.length; position++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    byte[] flipped = bytes.clone();
                    flipped[position] ^= (byte) (1 << bit);
                    assertDoesNotOpen(BINDING, new String(flipped, StandardCharsets.ISO_8859_1));
                }
            }
        }

        @ParameterizedTest
        @CsvSource({
            "A256GCM, A128GCM",
            "A256GCM, A256CBC-HS512",
            "\"alg\":\"dir\", \"alg\":\"A256KW\"",
            "\"alg\":\"dir\", \"alg\":\"none\"",
            "\"alg\":\"dir\", '\"alg\":\"dir\",\"zip\":\"DEF\"'",
            "\"alg\":\"dir\", '\"alg\":\"dir\",\"crit\":[\"id\"]'",
            "\"kid\", \"kit\"",
            "token-1\", 'token-1\",\"x\":\"y\"'",
        })
        void withAnotherHeader(String from, String to) {
            assertDoesNotOpen(BINDING, withHeader(seals.seal(BINDING, PLAIN), from, to));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "....", "a.b.c.d.e", "e30....", "e30.e30.e30", "\u0000"})
        void whenItIsNoSealedValueAtAll(String garbage) {
            assertDoesNotOpen(BINDING, garbage);
        }

        @Test
        void cutShortOrMadeLonger() {
            String sealed = seals.seal(BINDING, PLAIN);

            for (int length = 0; length < sealed.length(); length++) {
                assertDoesNotOpen(BINDING, sealed.substring(0, length));
            }
            assertDoesNotOpen(BINDING, sealed + "A");
            assertDoesNotOpen(BINDING, sealed + ".");
            assertDoesNotOpen(BINDING, sealed + "=");
        }
    }

    @Nested
    @DisplayName("A fingerprint tells whether two values are the same without showing either")
    class Fingerprint {

        @Test
        void isTheSameForTheSame() {
            assertThat(seals.fingerprint(PLAIN.clone())).isEqualTo(new Seals(keys).fingerprint(PLAIN));
        }

        @Test
        void differsForAnother() {
            byte[] other = PLAIN.clone();
            other[0] ^= 1;

            assertThat(seals.fingerprint(PLAIN)).isNotEqualTo(seals.fingerprint(other));
        }

        @Test
        void dependsOnTheKeySet(@TempDir Path other) {
            Seals strangers = new Seals(new KeySet(new DataDirectory(other)));

            assertThat(seals.fingerprint(PLAIN)).isNotEqualTo(strangers.fingerprint(PLAIN));
        }
    }
}
