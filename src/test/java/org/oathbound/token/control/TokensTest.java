package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Secrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens.Revocation;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

class TokensTest {

    private static final SharedSecret SECRET = SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA");
    private static final SharedSecret OTHER_SECRET = SharedSecret.ofHex("6EBD88F71A634C48C4619CD33F6C385C9237C9BA");

    @TempDir
    static Path data;

    private static Seals seals;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Tokens tokens;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(directory, seals);
    }

    private static NewToken token(String serialNumber, SharedSecret secret, MovingFactor movingFactor) {
        return new NewToken(
                new SerialNumber(serialNumber),
                secret,
                HashAlgorithm.SHA_1,
                6,
                movingFactor,
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
    }

    private TokenId idOf(String serialNumber) {
        return TokenId.of(environment.id(), new SerialNumber(serialNumber));
    }

    private long nextCounter(String serialNumber) {
        return ((HotpToken) tokens.find(environment, idOf(serialNumber)).orElseThrow()).nextCounter();
    }

    private ReadOnlyEntry entry(String serialNumber) {
        return directory.read(TokenEntry.dn(environment, idOf(serialNumber))).orElseThrow();
    }

    /** As a verification would: moves what was used last. */
    private void use(String serialNumber, String attribute, long used) {
        set(serialNumber, attribute, Long.toString(used));
    }

    private void set(String serialNumber, String attribute, String value) {
        ReadOnlyEntry seen = entry(serialNumber);
        Entry wanted = seen.duplicate();
        wanted.setAttribute(attribute, value);
        assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
    }

    private void pair(String serialNumber) {
        ReadOnlyEntry seen = entry(serialNumber);
        Entry wanted = seen.duplicate();
        wanted.addAttribute(Schema.PAIRING, UUID.randomUUID() + " " + UUID.randomUUID() + " 20261122000000.000Z");
        assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
    }

    @Nested
    @DisplayName("A serial number is unique in its environment")
    class Unique {

        @Test
        void inEitherCase() {
            tokens.create(environment, token("ab1", SECRET, new Counter(0)));
            assertThatThrownBy(() -> tokens.create(environment, token("AB1", OTHER_SECRET, new Counter(0))))
                    .isInstanceOf(Problem.InvalidData.class)
                    .hasMessageContaining("UNIQUENESS_VIOLATION");
            assertThat(tokens.find(environment, idOf("AB1"))
                            .orElseThrow()
                            .metadata()
                            .serialNumber()
                            .value())
                    .isEqualTo("ab1");
        }

        @Test
        void underARace() throws Exception {
            ExecutorService clients = Executors.newFixedThreadPool(8);
            try {
                for (int round = 0; round < 100; round++) {
                    String serialNumber = "R" + round;
                    List<Callable<Optional<Existing>>> attempts = IntStream.range(0, 8)
                            .<Callable<Optional<Existing>>>mapToObj(client -> () -> tokens.create(
                                    environment,
                                    token(serialNumber, SECRET, new Counter(client)),
                                    new JobRow(UUID.randomUUID(), client)))
                            .toList();
                    long created = 0;
                    for (Future<Optional<Existing>> attempt : clients.invokeAll(attempts)) {
                        created += attempt.get().isEmpty() ? 1 : 0;
                    }
                    assertThat(created).isEqualTo(1);
                    tokens.revoke(environment, idOf(serialNumber));
                }
            } finally {
                clients.shutdownNow();
            }
        }
    }

    @Nested
    @DisplayName("OATH-LDAP stores the last redeemed counter, RFC 4226 counts from the next expected one")
    class CounterConversion {

        @Test
        void aFreshTokenAtZeroStoresMinusOne() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            assertThat(entry("1").getAttributeValue(Schema.HOTP_COUNTER)).isEqualTo("-1");
            assertThat(nextCounter("1")).isZero();
        }

        @Test
        void aTokenAt456789Stores456788() {
            tokens.create(environment, token("1", SECRET, new Counter(456789)));
            assertThat(entry("1").getAttributeValue(Schema.HOTP_COUNTER)).isEqualTo("456788");
            assertThat(nextCounter("1")).isEqualTo(456789);
        }
    }

    @Nested
    @DisplayName("Revoking ends a life")
    class Revoking {

        @Test
        void leavesNothingToReadAndNoSecret() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            pair("1");
            assertThat(tokens.revoke(environment, idOf("1"))).isTrue();
            assertThat(tokens.find(environment, idOf("1"))).isEmpty();
            assertThat(tokens.page(environment, new TokenQuery(), null, 10).items())
                    .isEmpty();
            assertThat(tokens.page(environment, new TokenQuery().serialNumberIs(new SerialNumber("1")), null, 10)
                            .items())
                    .isEmpty();
            assertThat(directory.read(TokenEntry.dn(environment, idOf("1")))).isEmpty();
        }

        @Test
        void keepsAnEntryWithoutSecretWhileARowOfAJobMayAskForIt() {
            RevokedTokens revokedTokens = TokensFixture.revokedTokens(directory, seals, Clock.systemUTC());
            JobRow origin = new JobRow(UUID.randomUUID(), 0);
            tokens.create(environment, token("1", SECRET, new Counter(0)), origin);
            tokens.revoke(environment, idOf("1"));
            assertThat(entry("1").hasAttribute(Schema.SECRET)).isFalse();
            assertThat(entry("1").hasAttribute(Schema.PAIRING)).isFalse();
            revokedTokens.remove(environment, origin.job()::equals, new UnreadableEntries());
            assertThat(tokens.isMarkedBy(environment, idOf("1"), origin)).isTrue();
            revokedTokens.remove(environment, job -> false, new UnreadableEntries());
            assertThat(directory.read(TokenEntry.dn(environment, idOf("1")))).isEmpty();
        }

        @Test
        void happensOnce() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            assertThat(tokens.revoke(environment, idOf("1"))).isTrue();
            assertThat(tokens.revoke(environment, idOf("1"))).isFalse();
        }

        @Test
        void sparesAPairedTokenUnlessForced() {
            JobRow origin = new JobRow(UUID.randomUUID(), 0);
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            pair("1");
            assertThat(tokens.revoke(environment, idOf("1"), false, origin)).isEqualTo(Revocation.PAIRED);
            assertThat(tokens.find(environment, idOf("1"))).isPresent();
            assertThat(tokens.revoke(environment, idOf("1"), true, origin)).isEqualTo(Revocation.REVOKED);
        }
    }

    @Nested
    @DisplayName("Under one secret, hash and time step nothing ever goes back, across lives")
    class NeverBack {

        private void liveAgain(String serialNumber, SharedSecret secret, MovingFactor movingFactor) {
            tokens.revoke(environment, idOf(serialNumber));
            tokens.create(environment, token(serialNumber, secret, movingFactor));
        }

        @Test
        void theSameSecretStartsBehindItsLastUsedCounter() {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            use("1", Schema.HOTP_COUNTER, 120);
            liveAgain("1", SECRET, new Counter(100));
            assertThat(nextCounter("1")).isEqualTo(121);
        }

        @Test
        void theSameSecretStartsWhereItsFileSaysIfThatIsHigher() {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            liveAgain("1", SECRET, new Counter(500));
            assertThat(nextCounter("1")).isEqualTo(500);
        }

        @Test
        void anotherSecretStartsWhereItsFileSays() {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            liveAgain("1", OTHER_SECRET, new Counter(3));
            assertThat(nextCounter("1")).isEqualTo(3);
        }

        @Test
        void theFirstSecretIsRememberedThroughALifeWithAnother() {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            liveAgain("1", OTHER_SECRET, new Counter(0));
            liveAgain("1", SECRET, new Counter(0));
            assertThat(nextCounter("1")).isEqualTo(100);
        }

        @Test
        void aSecretIsRememberedUnderWhateverSerialNumber() {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            use("1", Schema.HOTP_COUNTER, 120);
            tokens.revoke(environment, idOf("1"));
            tokens.create(environment, token("2", SECRET, new Counter(100)));
            assertThat(nextCounter("2")).isEqualTo(121);
        }

        @Test
        void anEntryThatEndedBeforeTakesNoMarkOfARestoreFromItsSecret() {
            JobRow origin = new JobRow(UUID.randomUUID(), 0);
            tokens.create(environment, token("1", SECRET, new Counter(100)), origin);
            tokens.revoke(environment, idOf("1"));
            DN name = new DN(new RDN(Schema.ID, entry("1").getAttributeValue(Schema.FINGERPRINT)), environment.keys());
            ReadOnlyEntry key = directory.read(name).orElseThrow();
            Entry marked = key.duplicate();
            marked.setAttribute(Schema.RESTORED_AT, "20261122120000Z");
            assertThat(directory.modifyIfUnchanged(key, marked)).isTrue();

            TokensFixture.revokedTokens(directory, seals, Clock.systemUTC())
                    .remove(environment, origin.job()::equals, new UnreadableEntries());

            tokens.create(environment, token("2", SECRET, new Counter(0)));
            assertThat(entry("2").getAttributeValue(Schema.RESTORED_AT)).isEqualTo("20261122120000Z");
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3})
        void aRevocationStandsWhereNothingCanBeWrittenBehindIt(int firstThatFails) {
            tokens.create(environment, token("1", SECRET, new Counter(100)));
            use("1", Schema.HOTP_COUNTER, 120);
            AtomicInteger writes = new AtomicInteger();
            WholeDirectory failing = new SteppedDirectory(directory, step -> {
                if (step == SteppedDirectory.Step.WRITE && writes.incrementAndGet() >= firstThatFails) {
                    throw new Problem.Unavailable("The disk is full.", Duration.ofSeconds(1));
                }
            });
            assertThat(TokensFixture.tokens(failing, seals).revoke(environment, idOf("1")))
                    .isTrue();
            assertThat(tokens.find(environment, idOf("1"))).isEmpty();
            tokens.create(environment, token("2", SECRET, new Counter(0)));
            assertThat(nextCounter("2")).isEqualTo(121);
        }

        @Test
        void nothingIsKeptOfASecretThatWasNeverUsed() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            tokens.revoke(environment, idOf("1"));
            assertThat(directory.subtree(environment.keys())).containsExactly(environment.keys());
        }

        @Test
        void theSameTimeBasedSecretKeepsItsLastStep() {
            tokens.create(environment, token("1", SECRET, new TimeStep(30)));
            use("1", Schema.TOTP_LAST_TIME_STEP, 58_000_000);
            liveAgain("1", SECRET, new TimeStep(30));
            assertThat(entry("1").getAttributeValue(Schema.TOTP_LAST_TIME_STEP)).isEqualTo("58000000");
        }

        @Test
        void whatARestoreMarkedStaysMarkedInEveryLife() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            set("1", Schema.RESTORED_AT, "20261122120000Z");
            tokens.revoke(environment, idOf("1"));
            tokens.create(environment, token("1", OTHER_SECRET, new Counter(0)));
            assertThat(entry("1").getAttributeValue(Schema.RESTORED_AT)).isEqualTo("20261122120000Z");
        }

        @Test
        void anotherTimeStepStartsAnew() {
            tokens.create(environment, token("1", SECRET, new TimeStep(30)));
            use("1", Schema.TOTP_LAST_TIME_STEP, 58_000_000);
            liveAgain("1", SECRET, new TimeStep(60));
            assertThat(entry("1").getAttributeValue(Schema.TOTP_LAST_TIME_STEP)).isEqualTo("-1");
        }

        @Test
        void aTokenMayChangeItsType() {
            tokens.create(environment, token("1", SECRET, new Counter(9)));
            liveAgain("1", SECRET, new TimeStep(30));
            assertThat(tokens.find(environment, idOf("1")).orElseThrow()).isInstanceOf(Token.TotpToken.class);
        }
    }

    @Nested
    @DisplayName("A row that is run again finds its own mark and changes nothing")
    class RunAgain {

        private final JobRow origin = new JobRow(UUID.randomUUID(), 7);

        @Test
        void afterItCreated() {
            tokens.create(environment, token("1", SECRET, new Counter(0)), origin);
            ReadOnlyEntry before = entry("1");
            assertThat(tokens.create(environment, token("1", SECRET, new Counter(0)), origin))
                    .isEmpty();
            assertThat(entry("1")).isEqualTo(before);
        }

        @Test
        void afterSomeoneRevokedWhatItCreated() {
            tokens.create(environment, token("1", SECRET, new Counter(0)), origin);
            tokens.revoke(environment, idOf("1"));
            assertThat(tokens.create(environment, token("1", SECRET, new Counter(0)), origin))
                    .isEmpty();
            assertThat(tokens.find(environment, idOf("1"))).isEmpty();
        }

        @Test
        void afterItRevoked() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            tokens.revoke(environment, idOf("1"), false, origin);
            assertThat(tokens.revoke(environment, idOf("1"), false, origin)).isEqualTo(Revocation.REVOKED);
        }

        @Test
        void afterSomeoneCreatedAgainWhatItRevoked() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            tokens.revoke(environment, idOf("1"), false, origin);
            tokens.create(environment, token("1", OTHER_SECRET, new Counter(0)));
            assertThat(tokens.revoke(environment, idOf("1"), false, origin)).isEqualTo(Revocation.REVOKED);
            assertThat(tokens.find(environment, idOf("1"))).isPresent();
        }
    }

    @Nested
    @DisplayName("A row that is run again finds its own mark, whoever did whatever to the token since")
    class RunAgainLater {

        private final JobRow first = new JobRow(UUID.randomUUID(), 7);
        private final JobRow second = new JobRow(UUID.randomUUID(), 3);

        @Test
        void afterWhatItCreatedWasRevokedAndCreatedAgain() {
            tokens.create(environment, token("1", SECRET, new Counter(0)), first);
            tokens.revoke(environment, idOf("1"));
            tokens.create(environment, token("1", OTHER_SECRET, new Counter(0)));
            ReadOnlyEntry before = entry("1");
            assertThat(tokens.create(environment, token("1", SECRET, new Counter(0)), first))
                    .isEmpty();
            assertThat(entry("1")).isEqualTo(before);
        }

        @Test
        void afterAnotherJobCreatedItAgain() {
            tokens.create(environment, token("1", SECRET, new Counter(0)), first);
            tokens.revoke(environment, idOf("1"));
            tokens.create(environment, token("1", SECRET, new Counter(0)), second);
            assertThat(tokens.create(environment, token("1", SECRET, new Counter(0)), first))
                    .isEmpty();
            assertThat(tokens.create(environment, token("1", SECRET, new Counter(0)), second))
                    .isEmpty();
        }

        @Test
        void afterAnotherJobRevokedWhatItRevokedBefore() {
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            tokens.revoke(environment, idOf("1"), false, first);
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            tokens.revoke(environment, idOf("1"), false, second);
            tokens.create(environment, token("1", SECRET, new Counter(0)));
            assertThat(tokens.revoke(environment, idOf("1"), false, first)).isEqualTo(Revocation.REVOKED);
            assertThat(tokens.revoke(environment, idOf("1"), false, second)).isEqualTo(Revocation.REVOKED);
            assertThat(tokens.find(environment, idOf("1"))).isPresent();
        }

        @Test
        void andAnEntryDoesNotGrowForEver() {
            for (int i = 0; i < 40; i++) {
                tokens.create(environment, token("1", SECRET, new Counter(0)));
                tokens.revoke(environment, idOf("1"), false, new JobRow(new UUID(i, 0), 1));
            }
            assertThat(entry("1").getAttributeValues(Schema.LAST_JOB))
                    .hasSize(16)
                    .contains(new JobRow(new UUID(39, 0), 1).toString());
        }
    }

    @Nested
    @DisplayName("A list stays right while tokens come and go")
    class Listing {

        private Stream<String> page(@Nullable String after, int limit) {
            return tokens.page(environment, new TokenQuery(), after, limit).items().stream()
                    .map(token -> token.metadata().id().toString());
        }

        @Test
        void showsEachTokenThatWasThereAllTheTimeExactlyOnce() {
            Set<String> stay = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                tokens.create(environment, token("STAY" + i, Secrets.of("STAY" + i), new Counter(0)));
                tokens.create(environment, token("GO" + i, Secrets.of("GO" + i), new Counter(0)));
                stay.add(idOf("STAY" + i).toString());
            }
            List<String> seen = new java.util.ArrayList<>();
            String after = null;
            for (int i = 0; i < 50; i++) {
                List<String> page = page(after, 7).toList();
                if (page.isEmpty()) {
                    break;
                }
                seen.addAll(page);
                after = page.get(page.size() - 1);
                tokens.revoke(environment, idOf("GO" + i));
                tokens.create(environment, token("NEW" + i, Secrets.of("NEW" + i), new Counter(0)));
            }
            assertThat(seen).doesNotHaveDuplicates().isSorted();
            assertThat(seen).containsAll(stay);
        }
    }

    @Nested
    @DisplayName("A list can be filtered")
    class Filtering {

        private final UUID job = UUID.randomUUID();

        private List<String> serialNumbers(TokenQuery query) {
            return tokens.page(environment, query, null, 100).items().stream()
                    .map(token -> token.metadata().serialNumber().value())
                    .sorted()
                    .toList();
        }

        @BeforeEach
        void fill() {
            tokens.create(environment, token("AB1", Secrets.of("AB1"), new Counter(0)), new JobRow(job, 0));
            tokens.create(environment, token("AB2", Secrets.of("AB2"), new TimeStep(30)));
            tokens.create(
                    environment,
                    new NewToken(
                            new SerialNumber("CD3"),
                            Secrets.of("CD3"),
                            HashAlgorithm.SHA_1,
                            6,
                            new Counter(0),
                            new NewToken.Label(null, null, null, Instant.parse("2030-01-01T00:00:00Z")),
                            Validity.ALWAYS));
            pair("CD3");
            use("AB2", Schema.FAILURE_COUNT, 1);
        }

        @Test
        void bySerialNumber() {
            assertThat(serialNumbers(new TokenQuery().serialNumberIs(new SerialNumber("ab1"))))
                    .containsExactly("AB1");
            assertThat(serialNumbers(new TokenQuery()
                            .serialNumberIs(new SerialNumber("ab1"))
                            .serialNumberIs(new SerialNumber("ab2"))))
                    .isEmpty();
            assertThat(serialNumbers(new TokenQuery().serialNumberBeginsWith("ab")))
                    .containsExactly("AB1", "AB2");
        }

        @Test
        void byType() {
            assertThat(serialNumbers(new TokenQuery().hotp())).containsExactly("AB1", "CD3");
            assertThat(serialNumbers(new TokenQuery().totp())).containsExactly("AB2");
            assertThat(serialNumbers(new TokenQuery().hotp().serialNumberBeginsWith("A")))
                    .containsExactly("AB1");
        }

        @Test
        void byBatch() {
            assertThat(serialNumbers(new TokenQuery().createdBy(job))).containsExactly("AB1");
        }

        @Test
        void byPairing() {
            assertThat(serialNumbers(new TokenQuery().paired(true))).containsExactly("CD3");
            assertThat(serialNumbers(new TokenQuery().paired(false))).containsExactly("AB1", "AB2");
        }

        @Test
        void byExpiry() {
            Instant end = Instant.parse("2030-01-01T00:00:00Z");
            assertThat(serialNumbers(new TokenQuery().expiresBefore(end))).isEmpty();
            assertThat(serialNumbers(new TokenQuery().expiresBefore(end.plusMillis(1))))
                    .containsExactly("CD3");
        }

        @Test
        void byLastUse() {
            ReadOnlyEntry seen = entry("AB1");
            Entry used = seen.duplicate();
            used.setAttribute(Schema.LAST_LOGIN, "20260101000000.000Z");
            directory.modifyIfUnchanged(seen, used);
            assertThat(serialNumbers(new TokenQuery().lastUsedBefore(Instant.parse("2026-06-01T00:00:00Z"))))
                    .containsExactly("AB1");
            assertThat(tokens.find(environment, idOf("AB1"))
                            .map(token -> token.failureState().lastUsedAt()))
                    .isEqualTo(Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
        }
    }
}
