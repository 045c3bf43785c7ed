package org.oathbound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.JWKSet;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Killed;
import org.oathbound.directory.Schema;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.file.PrivateFile;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.control.Verifier;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;

@Tag("slow")
class ResealingTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private Path file;
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private KeySet keys;
    private Tokens tokens;

    @BeforeEach
    void start() {
        file = folder.resolve("keyset.json");
        directory = Directories.fresh();
        keys = fromFile();
        UUID id = UUID.randomUUID();
        environment = new Environments(directory, directory).createDefault(id, new KeyCheck(new Seals(keys)).value(id));
        tokens = TokensFixture.tokens(directory, new Seals(keys));
        addSecondEnvironment();
    }

    /** Another tenant, with a token of its own. */
    private void addSecondEnvironment() {
        DN environments = new DN(new RDN(Schema.OU, "Environments"), directory.suffix());
        UUID id = UUID.randomUUID();
        DN base = new DN(new RDN(Schema.ID, id.toString()), environments);
        addContainer(environments);
        Entry entry = new Entry(base);
        entry.addAttribute(Schema.OBJECT_CLASS, "top", "organizationalUnit", Schema.OATHBOUND_ENVIRONMENT);
        entry.addAttribute(Schema.OU, "Second");
        entry.addAttribute(Schema.ID, id.toString());
        entry.addAttribute(Schema.REVISION, "0");
        assertThat(directory.add(entry)).isTrue();
        Environment second = new Environment(id, base);
        addContainer(second.tokens());
        addContainer(second.keys());
        TokensFixture.create(tokens, second, "ELSEWHERE");
    }

    private void addContainer(DN dn) {
        Entry entry = new Entry(dn);
        entry.addAttribute(Schema.OBJECT_CLASS, "top", "organizationalUnit");
        entry.addAttribute(Schema.OU, dn.getRDN().getAttributeValues()[0]);
        directory.add(entry);
    }

    /** A job that waits, with one chunk. */
    private void addJob() {
        DN job = new DN(new RDN(Schema.ID, "j"), environment.jobs());
        Entry entry = new Entry(job);
        entry.addAttribute(Schema.OBJECT_CLASS, "top", Schema.OATHBOUND_JOB);
        entry.addAttribute(Schema.ID, "j");
        entry.addAttribute(Schema.REVISION, "0");
        entry.addAttribute(Schema.JOB_TYPE, "CREATE_OATH_TOKENS");
        entry.addAttribute(Schema.JOB_STATUS, "PENDING");
        entry.addAttribute(Schema.CREATED_AT, "20260102030405Z");
        assertThat(directory.add(entry)).isTrue();
        Entry chunk = new Entry(chunkDn());
        chunk.addAttribute(Schema.OBJECT_CLASS, "top", Schema.OATHBOUND_CHUNK);
        chunk.addAttribute(Schema.ID, "j-0");
        chunk.addAttribute(Schema.REVISION, "0");
        chunk.addAttribute(Schema.PAYLOAD, new Seals(keys).sealCompressed(chunkBinding(), rows()));
        assertThat(directory.add(chunk)).isTrue();
    }

    private DN chunkDn() {
        return new DN(new RDN(Schema.ID, "j-0"), new DN(new RDN(Schema.ID, "j"), environment.jobs()));
    }

    private Binding chunkBinding() {
        return new Binding(environment.id(), "j-0", "j");
    }

    private static byte[] rows() {
        return "a row, ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    }

    /** As a start has them. */
    private KeySet fromFile() {
        return KeySets.in(folder);
    }

    private Resealing resealing(KeySet keys, WholeDirectory directory) {
        return new Resealing(
                keys,
                new Seals(keys),
                new SealedValues(directory, directory, directory),
                directory,
                command -> {},
                SHORT);
    }

    private SealingRotation rotation(KeySet keys) {
        return new SealingRotation(
                keys, new SealedValues(directory, directory, directory), resealing(keys, directory), Clock.systemUTC());
    }

    private String begin() {
        return rotation(keys).begin();
    }

    private List<String> inFile() throws Exception {
        return new Keys(JWKSet.load(file.toFile()))
                .sealing().stream().map(key -> key.getKeyID()).toList();
    }

    private void assertAllUnder(String id) throws Exception {
        assertThat(new SealedValues(directory, directory, directory).count()).containsOnlyKeys(id);
        assertThat(inFile()).containsExactly(id);
        assertThat(directory.snapshot().entries())
                .filteredOn(entry -> entry.hasAttribute(Schema.KEY_ID))
                .isNotEmpty()
                .allMatch(entry -> id.equals(entry.getAttributeValue(Schema.KEY_ID)));
        assertStarts(fromFile());
    }

    private void assertStarts(KeySet keys) {
        new KeyCheck(new Seals(keys)).check(directory.read(directory.suffix()).orElseThrow());
    }

    private DN dn(TokenId id) {
        return new DN(new RDN(Schema.TOKEN_IDENTIFIER, id.toString()), environment.tokens());
    }

    private ReadOnlyEntry entry(Token token) {
        return directory.read(dn(token.metadata().id())).orElseThrow();
    }

    @Nested
    @DisplayName("After a rotation no value is left under the old key, and it is dropped")
    class AfterARotation {

        @Test
        void everySealedValueOfEveryEnvironmentIsUnderTheNewKey() throws Exception {
            String old = keys.current().sealingId();
            IntStream.range(0, 1_200).forEach(number -> TokensFixture.create(tokens, environment, "S" + number));
            addJob();
            assertThat(new SealedValues(directory, directory, directory).count())
                    .containsOnlyKeys(old)
                    .containsValue(1_203);

            String id = begin();
            assertThat(inFile()).containsExactly(id, old);
            resealing(keys, directory).work();

            assertThat(id).isNotEqualTo(old);
            assertAllUnder(id);
            assertThat(new SealedValues(directory, directory, directory).count())
                    .containsEntry(id, 1_203);
        }

        @Test
        void whatWasSealedOpensAsBefore() {
            Token token = TokensFixture.create(tokens, environment, "S");
            addJob();
            begin();
            resealing(keys, directory).work();

            Seals after = new Seals(fromFile());
            String life = entry(token).getAttributeValue(Schema.LIFE);
            assertThat(after.open(
                            new Binding(environment.id(), token.metadata().id().toString(), life),
                            entry(token).getAttributeValue(Schema.SECRET)))
                    .isEqualTo(Secrets.of("S").bytes());
            assertThat(after.open(
                            chunkBinding(),
                            directory.read(chunkDn()).orElseThrow().getAttributeValue(Schema.PAYLOAD)))
                    .isEqualTo(rows());
        }

        @Test
        void nothingElseOnTheEntryHasChanged() {
            Token token = TokensFixture.create(tokens, environment, "S");
            Entry before = entry(token).duplicate();
            begin();
            resealing(keys, directory).work();

            Entry after = entry(token).duplicate();
            for (String changed : List.of(Schema.SECRET, Schema.KEY_ID, Schema.REVISION)) {
                assertThat(after.getAttributeValue(changed)).isNotEqualTo(before.getAttributeValue(changed));
                after.removeAttribute(changed);
                before.removeAttribute(changed);
            }
            assertThat(after).isEqualTo(before);
        }

        @Test
        void whatTheOldKeySealedDoesNotOpenAnyMore() {
            Token token = TokensFixture.create(tokens, environment, "S");
            String sealed = entry(token).getAttributeValue(Schema.SECRET);
            Binding binding = new Binding(
                    environment.id(),
                    token.metadata().id().toString(),
                    entry(token).getAttributeValue(Schema.LIFE));
            assertThat(new Seals(keys).open(binding, sealed)).isNotEmpty();
            begin();
            assertThat(new Seals(keys).open(binding, sealed)).isNotEmpty();
            resealing(keys, directory).work();

            for (KeySet after : List.of(keys, fromFile())) {
                assertThatExceptionOfType(Problem.Corrupt.class)
                        .isThrownBy(() -> new Seals(after).open(binding, sealed));
            }
        }

        @Test
        void twoInARowLeaveTheLast() throws Exception {
            TokensFixture.create(tokens, environment, "A");
            begin();
            TokensFixture.create(tokens, environment, "B");
            String last = begin();
            assertThat(inFile()).hasSize(3);
            resealing(keys, directory).work();
            assertAllUnder(last);
        }

        @Test
        void aSecretThatSomebodyMovedToAnotherEntryStaysUseless() {
            ReadOnlyEntry one = entry(TokensFixture.create(tokens, environment, "A"));
            Token other = TokensFixture.create(tokens, environment, "B");
            Entry swapped = entry(other).duplicate();
            swapped.setAttribute(Schema.SECRET, one.getAttributeValue(Schema.SECRET));
            assertThat(directory.modifyIfUnchanged(entry(other), swapped)).isTrue();
            begin();
            resealing(keys, directory).work();

            Verifier verifier = TokensFixture.verifier(directory, new Seals(keys), Clock.systemUTC());
            assertThatExceptionOfType(Problem.Corrupt.class)
                    .isThrownBy(() -> verifier.resynchronise(
                            environment,
                            other.metadata().id(),
                            any -> true,
                            Passcode.parse("123456").orElseThrow()));
        }
    }

    @Nested
    @DisplayName("The old key stays while anything needs it")
    class Stays {

        @Test
        void forWhatDoesNotOpenUntilSomebodyHasDecided() throws Exception {
            Token token = TokensFixture.create(tokens, environment, "A");
            TokensFixture.create(tokens, environment, "B");
            ReadOnlyEntry seen = entry(token);
            Entry damaged = seen.duplicate();
            String sealed = seen.getAttributeValue(Schema.SECRET);
            damaged.setAttribute(
                    Schema.SECRET, sealed.substring(0, sealed.length() - 1) + (sealed.endsWith("A") ? "Q" : "A"));
            assertThat(directory.modifyIfUnchanged(seen, damaged)).isTrue();
            String old = keys.current().sealingId();
            String id = begin();

            Resealing resealing = resealing(keys, directory);
            resealing.work();

            assertThat(resealing.unreadable()).isEqualTo(1);
            assertThat(inFile()).containsExactly(id, old);
            assertThat(new SealedValues(directory, directory, directory).count())
                    .containsEntry(old, 1);
            assertStarts(fromFile());
        }

        /** It reads before the exchange, and stores long after it. */
        @Test
        void forWhomSealsAndHasNotStoredYet() throws Exception {
            Seals seals = new Seals(keys);
            CountDownLatch sealed = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<Boolean> slow = threads.submit(() -> seals.holding(() -> {
                    ReadOnlyEntry seen = directory.read(directory.suffix()).orElseThrow();
                    Entry wanted = seen.duplicate();
                    wanted.setAttribute(Schema.KEY_CHECK, new KeyCheck(seals).value(environment.id()));
                    sealed.countDown();
                    await(goOn);
                    return directory.modifyIfUnchanged(seen, wanted);
                }));
                await(sealed);
                Future<String> begun = threads.submit(ResealingTest.this::begin);
                assertThatExceptionOfType(TimeoutException.class)
                        .isThrownBy(() -> begun.get(300, TimeUnit.MILLISECONDS));
                goOn.countDown();
                assertThat(slow.get()).isTrue();
                String id = begun.get();
                resealing(keys, directory).work();
                assertAllUnder(id);
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void soThatAStartWithoutItIsRefusedUntilAllIsSealedAnew() throws IOException {
            IntStream.range(0, 3).forEach(number -> TokensFixture.create(tokens, environment, "S" + number));
            String old = keys.current().sealingId();
            begin();
            KeySet without = without(old);
            for (int left = 5; left > 0; left--) { // four secrets, and the check value as the last
                assertThat(new SealedValues(directory, directory, directory).count())
                        .containsEntry(old, left);
                assertThatIllegalStateException()
                        .isThrownBy(() -> assertStarts(without))
                        .withMessageContaining("is not the one that this directory was written with");
                resealOne();
            }
            assertThat(new SealedValues(directory, directory, directory).count())
                    .doesNotContainKey(old);
            assertStarts(without);
        }

        private KeySet without(String id) throws IOException {
            JWKSet set = KeyChange.withoutSealing(Set.of(id), keys.current().set());
            Path other = Files.createDirectory(folder.resolve("without"));
            PrivateFile.write(other.resolve("keyset.json"), set.toString(false));
            return new KeySet(new DataDirectory(other));
        }

        private void resealOne() {
            try {
                resealing(keys, new SteppedDirectory(directory, Killed.afterWrites(1)))
                        .work();
            } catch (Killed e) {
                // before the next one
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    @DisplayName("Killed at any step, the next start goes on")
    class Killing {

        @Test
        void beforeAnyCallOfTheDirectory() throws Exception {
            IntStream.range(0, 3).forEach(number -> TokensFixture.create(tokens, environment, "S" + number));
            addJob();
            boolean killed = true;
            int calls = 0;
            for (; killed; calls++) {
                String id = begin();
                killed = isKilled(calls);
                keys = fromFile();
                assertStarts(keys);
                assertThat(keys.current().sealingId()).isEqualTo(id);
                resealing(keys, directory).work();
                assertAllUnder(id);
            }
            assertThat(calls).isGreaterThan(20);
        }

        private boolean isKilled(int calls) {
            WholeDirectory mortal = new SteppedDirectory(directory, Killed.afterCalls(calls));
            try {
                resealing(keys, mortal).work();
                return false;
            } catch (Killed e) {
                return true;
            }
        }
    }

    @Nested
    @DisplayName("Verification goes on meanwhile")
    class Meanwhile {

        private static final int TOKENS = 60;

        @Test
        void noneFailsAndNoCounterIsLost() throws Exception {
            List<Token> all = IntStream.range(0, TOKENS)
                    .mapToObj(number -> TokensFixture.create(tokens, environment, "S" + number))
                    .toList();
            List<Callable<Integer>> work = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            for (int thread = 0; thread < 3; thread++) {
                List<Token> mine = all.subList(thread * 20, thread * 20 + 20);
                work.add(() -> verifyUntil(done, mine));
            }
            work.add(() -> createUntil(done));
            work.add(() -> {
                try {
                    for (int rotation = 0; rotation < 2; rotation++) {
                        begin();
                        new Resealing(
                                        keys,
                                        new Seals(keys),
                                        new SealedValues(directory, directory, directory),
                                        directory,
                                        command -> {},
                                        Duration.ofMillis(500))
                                .work();
                        assertThat(inFile()).containsExactly(keys.current().sealingId());
                    }
                } finally {
                    done.countDown();
                }
                return 0;
            });
            List<Integer> counts = Together.call(work);
            assertThat(counts.subList(0, 4)).allMatch(count -> count > 10);
            assertAllUnder(keys.current().sealingId());
        }

        /** Two consecutive codes at once, of one token after the other; each must be accepted, from where it stands. */
        private int verifyUntil(CountDownLatch done, List<Token> mine) {
            Verifier verifier = TokensFixture.verifier(directory, new Seals(keys), Clock.systemUTC());
            int rounds = 0;
            for (; done.getCount() > 0; rounds++) {
                for (Token token : mine) {
                    assertThat(verifier.resynchronise(
                                    environment,
                                    token.metadata().id(),
                                    any -> true,
                                    code(token, 2L * rounds),
                                    code(token, 2L * rounds + 1)))
                            .isInstanceOf(Accepted.class);
                }
            }
            for (Token token : mine) {
                assertThat(entry(token).getAttributeValueAsLong(Schema.HOTP_COUNTER))
                        .as("the last redeemed counter")
                        .isEqualTo(2L * rounds - 1);
            }
            return rounds * mine.size();
        }

        private int createUntil(CountDownLatch done) {
            int created = 0;
            for (; done.getCount() > 0; created++) {
                TokensFixture.create(tokens, environment, "N" + created);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            return created;
        }

        private static Passcode code(Token token, long counter) {
            return Secrets.code(token.metadata().serialNumber().value(), counter);
        }
    }

    @Nested
    @DisplayName("Keys that are not ours to write are read again")
    class NotOurs {

        private KeySet external;
        private String old;

        @BeforeEach
        void readFromACommand() {
            external = new KeySet(new KeyCommand("cat " + file));
            old = external.current().sealingId();
        }

        @Test
        void andNeverWritten() throws Exception {
            keys.addSealing(Instant.now());
            String written = Files.readString(file);
            String id = rotation(external).begin();
            assertThat(id).isEqualTo(keys.current().sealingId());
            resealing(external, directory).work();

            assertThat(Files.readString(file)).isEqualTo(written);
            assertThat(new SealedValues(directory, directory, directory).count())
                    .containsOnlyKeys(id);
            keys.dropSealing(Set.of(old));
            rotation(external).readAgain();
            assertThat(external.current().sealing()).hasSize(1);
        }

        @Test
        void butNotWithoutAKeyThatIsNeeded() {
            keys.addSealing(Instant.now());
            keys.dropSealing(Set.of(old));
            assertRefused("lacks keys that values are still sealed with: [" + old + "]");
        }

        @Test
        void butNotWithoutANewKey() {
            assertRefused("has the same keys as before");
        }

        @Test
        void butNotWithAnotherFingerprintKey() throws IOException {
            Files.delete(file);
            new KeySet(new DataDirectory(folder)); // another one
            assertRefused("fingerprint");
        }

        @Test
        void butNotWhatIsNoKeySet() throws IOException {
            Files.writeString(file, "{");
            assertRefused("is not a JWK set");
        }

        private void assertRefused(String message) {
            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> rotation(external).begin())
                    .withMessageContaining(message);
            assertThat(external.current().sealingId()).isEqualTo(old);
        }
    }

    @Test
    void whatStandsInTheFileNowIsKept() throws Exception {
        keys.addSealing(Instant.now());
        KeySet other = fromFile();
        other.addSealing(Instant.now());
        String last = begin();
        assertThat(inFile()).hasSize(4).startsWith(last, other.current().sealingId());
    }

    @Test
    void aFileThatIsGoneBeginsNothing() throws IOException {
        Files.delete(file);
        String before = keys.current().sealingId();
        assertThatExceptionOfType(Problem.RequestFailed.class)
                .isThrownBy(this::begin)
                .withMessageContaining("There is no key set");
        assertThat(keys.current().sealingId()).isEqualTo(before);
    }
}
