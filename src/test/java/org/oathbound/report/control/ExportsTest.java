package org.oathbound.report.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.PskcTools;
import org.oathbound.TestClock;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Secrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.control.Pskc;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Protection;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Verdict.Accepted;

@Tag("slow")
class ExportsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String TOTP_SECRET = "3132333435363738393031323334353637383930313233343536373839303132";
    private static final String HEX = "00112233445566778899aabbccddeeff";
    private static final FileKey KEY =
            new FileKey.PreShared(new SecretKeySpec(HexFormat.of().parseHex(HEX), "AES"));

    @TempDir
    private static Path keys;

    private final TestClock clock = new TestClock(NOW);
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private DevicesFixture parts;
    private Exports exports;
    private UUID jane;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        Seals seals = new Seals(KeySets.in(keys));
        parts = new DevicesFixture(directory, seals, clock);
        exports = ExportsFixture.exports(directory, seals, parts);
        jane = parts.person(environment, "jane").id();
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private byte[] exported() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }

    private void write(OutputStream out) {
        exports.write(environment, KEY, Protection.AES_CBC_HMAC_SHA_256, clock.instant(), out, (read, missing) -> {
            tokens.set(read);
            unreadable.set(missing);
        });
    }

    private List<SeedRow> rows() {
        List<SeedRow> rows = new ArrayList<>();
        new Pskc(Hints.NONE, KEY).read(new ByteArrayInputStream(exported()), new SeedRows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(SeedRow row) {
                rows.add(row);
            }
        });
        return rows;
    }

    private List<JsonObject> documents() {
        return rows().stream()
                .map(row -> {
                    if (row.token() == null) {
                        throw new AssertionError(row.faults());
                    }
                    return SeedTokens.json(row.token());
                })
                .toList();
    }

    private List<String> serialNumbers() {
        return documents().stream()
                .map(document -> document.getString("serialNumber"))
                .toList();
    }

    private UUID pair(UUID person, Kind kind) {
        return parts.pairing
                .pair(environment, person, new NewDevice(kind, Status.ACTIVE, null, null))
                .device()
                .device()
                .id();
    }

    private UUID pair(UUID person, String serialNumber) {
        return pair(person, new Fob(new SerialNumber(serialNumber)));
    }

    private void totp(String serialNumber) {
        parts.tokens.create(
                environment,
                new NewToken(
                        new SerialNumber(serialNumber),
                        SharedSecret.ofHex(TOTP_SECRET),
                        HashAlgorithm.SHA_256,
                        8,
                        new TimeStep(60),
                        new NewToken.Label(1, "Feitian & Co", "c200", NOW.plus(Duration.ofDays(700))),
                        Validity.ALWAYS));
    }

    private TokenId id(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private void accept(UUID device, String secret, HashAlgorithm algorithm, int digits, long factor) {
        Hotp codes = new Hotp(SharedSecret.ofHex(secret), algorithm, digits);
        assertThat(parts.verify(environment, jane, device, codes.generate(factor), Purpose.SIGN_ON))
                .isInstanceOf(Accepted.class);
    }

    private void spoil(String serialNumber, String attribute, String value) {
        ReadOnlyEntry seen = directory
                .page(
                        environment.tokens(),
                        Filter.createEqualityFilter(Schema.SERIAL_NUMBER, serialNumber),
                        null,
                        1,
                        Order.ASCENDING)
                .entries()
                .get(0);
        Entry spoilt = seen.duplicate();
        spoilt.setAttribute(attribute, value);
        assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();
    }

    @Nested
    @DisplayName("Tokens leave as they stand")
    class Each {

        @Test
        void aFobInStock() {
            parts.fob(environment, "STOCK1");
            assertThat(documents()).singleElement().satisfies(document -> {
                assertThat(document.getString("serialNumber")).isEqualTo("STOCK1");
                assertThat(document.getString("secret")).isEqualTo(Secrets.hex("STOCK1"));
                assertThat(document.getString("type")).isEqualTo("HOTP");
                assertThat(document.getInt("otpLength")).isEqualTo(6);
                assertThat(document.getString("hashAlgorithm")).isEqualTo("HmacSHA1");
                assertThat(document.getJsonObject("hotp").getInt("counter")).isZero();
            });
            assertThat(rows().get(0).cells().get(5)).isEmpty();
        }

        @Test
        void aCounterThatMoved() {
            parts.fob(environment, "COUNT1");
            accept(pair(jane, "COUNT1"), Secrets.hex("COUNT1"), HashAlgorithm.SHA_1, 6, 7);
            assertThat(documents().get(0).getJsonObject("hotp").getInt("counter"))
                    .isEqualTo(8);
            assertThat(rows().get(0).cells().get(5)).isEqualTo("UID=jane");
        }

        @Test
        void aClockThatDrifts() {
            totp("TIME1");
            accept(pair(jane, "TIME1"), TOTP_SECRET, HashAlgorithm.SHA_256, 8, NOW.getEpochSecond() / 60 + 1);
            assertThat(documents()).singleElement().satisfies(document -> {
                assertThat(document.getString("hashAlgorithm")).isEqualTo("HmacSHA256");
                assertThat(document.getInt("otpLength")).isEqualTo(8);
                assertThat(document.getString("secret")).isEqualTo(TOTP_SECRET);
                assertThat(document.getString("manufacturer")).isEqualTo("Feitian & Co");
                assertThat(document.getString("model")).isEqualTo("c200");
                assertThat(document.getString("expiresAt")).isEqualTo("2027-12-03T03:04:05.678Z");
                assertThat(document.getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
                assertThat(document.getJsonObject("totp").getInt("drift")).isEqualTo(1);
            });
        }

        @Test
        void anAppWithItsOwner() {
            pair(jane, new App());
            SeedRow row = rows().get(0);
            assertThat(row.faults()).isEmpty();
            assertThat(row.cells().get(5)).isEqualTo("UID=jane");
            assertThat(documents().get(0).getString("type")).isEqualTo("TOTP");
        }

        @Test
        void aSharedFobOnce() {
            parts.fob(environment, "SHARED1");
            pair(parts.person(environment, "a,b=c").id(), "SHARED1");
            pair(jane, "SHARED1");
            assertThat(rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.cells().get(5)).isIn("UID=jane", "UID=a\\,b\\=c", "UID=a\\,b=c"));
        }

        @Test
        void moreThanOnePage() {
            for (int i = 0; i < 501; i++) {
                parts.fob(environment, "F" + i);
            }
            assertThat(serialNumbers()).hasSize(501).doesNotHaveDuplicates();
            assertThat(tokens).hasValue(501);
        }
    }

    @Nested
    @DisplayName("Nothing else leaves")
    class Others {

        @Test
        void whatIsRevokedOrTemporaryOrWasNeverPaired() {
            parts.fob(environment, "GONE1");
            parts.tokens.revoke(environment, id("GONE1"));
            pair(jane, new Temporary(3, NOW.plusSeconds(3_600)));
            assertThat(rows()).isEmpty();
            assertThat(tokens).hasValue(0);
        }

        @Test
        void whatIsOnlyBeingPairedIsStock() {
            parts.fob(environment, "BEGUN1");
            parts.pairings.begin(environment, id("BEGUN1"), new Pairing(jane, UUID.randomUUID(), NOW));
            assertThat(rows().get(0).cells().get(5)).isEmpty();
        }

        @Test
        void whatIsOfAnotherEnvironment() throws LDAPException, LDIFException {
            parts.fob(environment, "OURS1");
            UUID id = UUID.randomUUID();
            Environment other =
                    new Environment(id, new DN("oathboundId=" + id + ",ou=Environments," + directory.suffix()));
            add(
                    "dn: " + other.base(),
                    "objectClass: organization",
                    "objectClass: oathboundEnvironment",
                    "o: Other",
                    "oathboundId: " + id,
                    "oathboundRevision: 0");
            add("dn: " + other.tokens(), "objectClass: organizationalUnit", "ou: Tokens");
            add("dn: " + other.keys(), "objectClass: organizationalUnit", "ou: Keys");
            parts.fob(other, "THEIRS1");
            assertThat(parts.tokens.find(other, TokenId.of(id, new SerialNumber("THEIRS1"))))
                    .isPresent();
            assertThat(serialNumbers()).containsExactly("OURS1");
        }
    }

    private void add(String... ldif) throws LDIFException {
        assertThat(directory.add(new Entry(ldif))).isTrue();
    }

    @Nested
    @DisplayName("What can't be read is told, and stops nothing")
    class Unreadable {

        @ParameterizedTest
        @CsvSource({"oathSecret, nothing", "oathboundLife, another", "oathboundPairing, nonsense"})
        void isAComment(String attribute, String value) {
            parts.fob(environment, "A1");
            parts.fob(environment, "B1");
            parts.fob(environment, "C1");
            spoil("B1", attribute, value);
            assertThat(serialNumbers()).containsExactlyInAnyOrder("A1", "C1");
            assertThat(new String(exported(), StandardCharsets.UTF_8))
                    .contains("<!-- The token " + id("B1") + " can't be read. -->");
            assertThat(tokens).hasValue(2);
            assertThat(unreadable).hasValue(1);
        }
    }

    @Nested
    @DisplayName("The file is whole or has no end")
    class End {

        @Test
        void aStreamThatBreaksEndsIt() {
            for (int i = 0; i < 100; i++) {
                parts.fob(environment, "F" + i);
            }
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            OutputStream breaking = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    if (got.size() > 50_000) {
                        throw new IOException("The client is gone.");
                    }
                    got.write(b);
                }
            };
            assertThat(catchThrowableOfType(UncheckedIOException.class, () -> write(breaking)))
                    .isNotNull();
            assertThat(got.toString(StandardCharsets.UTF_8)).doesNotContain("</pskc:KeyContainer>");
            assertThat(tokens.get()).isBetween(1L, 99L);
        }

        @Test
        void anEmptyStockIsAFileToo() {
            assertThat(rows()).isEmpty();
        }

        @Test
        void othersReadIt() {
            PskcTools.mustBeThere();
            parts.fob(environment, "STOCK1");
            totp("TIME1");
            pair(jane, "TIME1");
            byte[] file = exported();
            PskcTools.validate(file);
            assertThat(PskcTools.read(file, "key", HEX))
                    .containsExactlyInAnyOrder(
                            "STOCK1|" + Secrets.hex("STOCK1") + "|hotp|HMAC-SHA1|6|0||||||",
                            "TIME1|" + TOTP_SECRET
                                    + "|totp|HMAC-SHA256|8||60|0|Feitian & Co|c200|2027-12-03T03:04:05.678000+00:00|UID=jane");
        }
    }
}
