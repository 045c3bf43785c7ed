package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.TestClock;
import org.oathbound.audit.Audit;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.EntryWrites;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WatchedDirectory;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Lockout;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.Settings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Verdict;

/** A verifier on a data directory that can be opened again, as a restart would, with one person's device. */
final class Verification implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:10Z");
    static final long STEP = NOW.getEpochSecond() / 30;
    static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final UUID DEVICE = UUID.fromString("00000000-0000-4000-8000-000000000002");
    static final SharedSecret SECRET = SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA");

    final TestClock clock = new TestClock(NOW);
    private final Path data;
    private final Seals seals;
    private Settings settings = Settings.DEFAULT;
    private WholeEmbeddedDirectory embedded;
    private WatchedDirectory watch;
    private WholeDirectory directory;
    private Verifier verifier;
    private final Environment environment;

    Verification(Path data) {
        this.data = data;
        this.seals = new Seals(KeySets.in(data));
        this.embedded = open();
        this.watch = new WatchedDirectory(embedded);
        this.directory = watch.watched();
        this.environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        this.verifier = TokensFixture.verifier(directory, seals, clock, settings);
    }

    private WholeEmbeddedDirectory open() {
        return new WholeEmbeddedDirectory("dc=example,dc=com", new DataDirectory(data), JournalSettings.DEFAULT, clock);
    }

    void restart() {
        embedded.close();
        embedded = open();
        watch = new WatchedDirectory(embedded);
        directory = watch.watched();
        verifier = TokensFixture.verifier(directory, seals, clock, settings);
    }

    /** From now on no change reaches the disk. */
    void failDisk() throws IOException {
        embedded.close();
        Files.move(data.resolve("journal"), data.resolve("unplugged"));
    }

    /** From now on these are in force. */
    void settings(OathSettings oath, Lockout fobs, Lockout apps) {
        Settings old = Settings.DEFAULT;
        settings = new Settings(
                oath,
                fobs,
                apps,
                old.appWindow(),
                old.maxDevices(),
                old.mfaEnabled(),
                old.oathToken(),
                old.totp(),
                old.issuer());
        verifier = TokensFixture.verifier(directory, seals, clock, settings);
    }

    /** From now on it is told to this audit. */
    void tell(Audit audit) {
        verifier = TokensFixture.verifier(directory, seals, new CurrentSettings(directory), audit, clock);
    }

    void lockout(int limit, Duration coolDown) {
        settings(OathSettings.DEFAULT, new Lockout(limit, coolDown), Settings.DEFAULT.apps());
    }

    Environment environment() {
        return environment;
    }

    WholeDirectory directory() {
        return directory;
    }

    WatchedDirectory watch() {
        return watch;
    }

    Verifier verifier() {
        return verifier;
    }

    Tokens tokens() {
        return TokensFixture.tokens(directory, seals, clock, revoked -> {});
    }

    PersonalTokens personalTokens() {
        return TokensFixture.personalTokens(directory, seals, clock);
    }

    Pairings pairings() {
        return TokensFixture.pairings(directory, seals, clock);
    }

    /** A fob of six digits that serves the device. */
    TokenId fob(String serialNumber, MovingFactor movingFactor) {
        return fob(serialNumber, SECRET, HashAlgorithm.SHA_1, 6, movingFactor);
    }

    TokenId fob(
            String serialNumber, SharedSecret secret, HashAlgorithm algorithm, int digits, MovingFactor movingFactor) {
        NewToken token = new NewToken(
                new SerialNumber(serialNumber),
                secret,
                algorithm,
                digits,
                movingFactor,
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
        TokenId id = tokens().create(environment, token).metadata().id();
        pairings().begin(environment, id, new Pairing(PERSON, DEVICE, clock.instant()));
        return id;
    }

    /** As {@link #fob}, with a secret of its own ({@link Secrets}). */
    TokenId another(String serialNumber, MovingFactor movingFactor) {
        return fob(serialNumber, Secrets.of(serialNumber), HashAlgorithm.SHA_1, 6, movingFactor);
    }

    static Passcode code(long factor) {
        return new Hotp(SECRET, HashAlgorithm.SHA_1, 6).generate(factor);
    }

    /** A code that stands at none of the counters, and at none of the time steps, that a test comes near. */
    static Passcode wrong() {
        return WRONG;
    }

    private static final Passcode WRONG = Stream.iterate(0, i -> i + 1)
            .map(i -> Passcode.parse("%06d".formatted(i)).orElseThrow())
            .filter(candidate -> Stream.iterate(0L, factor -> factor < 3_000, factor -> factor + 1)
                    .noneMatch(factor -> code(factor).equals(candidate)
                            || code(STEP - 1_500 + factor).equals(candidate)))
            .findFirst()
            .orElseThrow();

    Verdict verify(TokenId id, Passcode code, Purpose purpose) {
        return verifier.verify(environment, id, DEVICE, code, purpose);
    }

    Verdict verify(TokenId id, Passcode code) {
        return verify(id, code, Purpose.SIGN_ON);
    }

    Token token(TokenId id) {
        return tokens().findAny(environment, id).orElseThrow();
    }

    FailureState failureState(TokenId id) {
        return token(id).failureState();
    }

    long nextCounter(TokenId id) {
        return ((HotpToken) token(id)).nextCounter();
    }

    ReadOnlyEntry entry(TokenId id) {
        return embedded.read(TokenEntry.dn(environment, id)).orElseThrow();
    }

    /** As a restore leaves the token. */
    void restored(TokenId id, Instant at) {
        ReadOnlyEntry seen = entry(id);
        Entry marked = seen.duplicate();
        marked.setAttribute(Schema.RESTORED_AT, GeneralizedTime.of(at));
        assertThat(directory.modifyIfUnchanged(seen, marked)).isTrue();
    }

    /** As a client that knows nothing of our revision would, past all rules. */
    void replaceUnseen(TokenId id, String attribute, String value) {
        new EntryWrites(embedded)
                .modify(
                        TokenEntry.dn(environment, id),
                        List.of(new Modification(ModificationType.REPLACE, attribute, value)));
    }

    /** All changes of entries since the directory began, as the journal has them. */
    List<LDIFModifyChangeRecord> modifications() throws IOException, LDIFException {
        List<LDIFModifyChangeRecord> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            for (Path file : files.sorted().toList()) {
                try (LDIFReader reader = new LDIFReader(file.toFile())) {
                    LDIFChangeRecord change = reader.readChangeRecord();
                    while (change != null) {
                        if (change instanceof LDIFModifyChangeRecord modify) {
                            all.add(modify);
                        }
                        change = reader.readChangeRecord();
                    }
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        embedded.close();
    }
}
