package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Warnings;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

@DisplayName("What format 1 kept of a secret on its token's entry is on key entries after the upgrade")
class TokenUpgradeTest {

    private static final SharedSecret SECRET = SharedSecret.ofHex("3132333435363738393031323334353637383930");

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private final Warnings warnings = new Warnings();
    private Seals seals;
    private Tokens tokens;
    private TokenUpgrade upgrade;

    @BeforeEach
    void start(@TempDir Path keys) {
        seals = new Seals(KeySets.in(keys));
        tokens = TokensFixture.tokens(directory, seals);
        upgrade = TokensFixture.upgrade(directory, seals, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        warnings.close();
        directory.close();
    }

    private TokenId create(String serialNumber, long counter) {
        NewToken token = new NewToken(
                new SerialNumber(serialNumber),
                SECRET,
                HashAlgorithm.SHA_1,
                6,
                new Counter(counter),
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
        tokens.create(environment, token, new JobRow(UUID.randomUUID(), 0));
        return TokenId.of(environment.id(), token.serialNumber());
    }

    private ReadOnlyEntry entry(TokenId id) {
        return directory.read(TokenEntry.dn(environment, id)).orElseThrow();
    }

    /** As format 1 had it: no key entries, and no fingerprint on tokens. */
    private void asInFormat1(TokenId id, Consumer<Entry> besides) {
        Entry before = entry(id).duplicate();
        before.removeAttribute(Schema.FINGERPRINT);
        besides.accept(before);
        assertThat(directory.modifyIfUnchanged(entry(id), before)).isTrue();
        directory.subtree(environment.keys()).stream()
                .filter(name -> !name.equals(environment.keys()))
                .forEach(directory::delete);
    }

    private ReadOnlyEntry key(TokenId id) {
        String fingerprint = entry(id).getAttributeValue(Schema.FINGERPRINT);
        return directory
                .read(new DN(new RDN(Schema.ID, fingerprint), environment.keys()))
                .orElseThrow();
    }

    @Test
    void aSecretThatWasStrippedIsKnownAgainUnderAnotherSerialNumber() {
        TokenId id = create("1", 0);
        tokens.revoke(environment, id);
        byte[] kind = "HOTP HmacSHA1 0 ".getBytes(StandardCharsets.US_ASCII);
        String former = seals.fingerprint(ByteBuffer.allocate(kind.length + SECRET.bytes().length)
                .put(kind)
                .put(SECRET.bytes())
                .array());
        asInFormat1(id, entry -> entry.setAttribute(Schema.FORMER, former + " 120"));

        assertThat(upgrade.upgrade(environment)).isEqualTo(1);
        assertThat(entry(id).hasAttribute(Schema.FORMER)).isFalse();

        assertThat(TokenEntry.firstAllowed(entry(create("2", 7)))).isEqualTo(121);
    }

    @Test
    void aTokenThatLivesHasAKeyEntryAndASecondRunChangesNothing() {
        TokenId id = create("1", 40);
        asInFormat1(id, entry -> {});

        upgrade.upgrade(environment);
        assertThat(key(id).getAttributeValue(Schema.TOKEN_ID)).isEqualTo(id.toString());
        String revision = entry(id).getAttributeValue(Schema.REVISION);
        upgrade.upgrade(environment);
        assertThat(entry(id).getAttributeValue(Schema.REVISION)).isEqualTo(revision);

        tokens.revoke(environment, id);
        assertThat(TokenEntry.firstAllowed(entry(create("2", 0)))).isEqualTo(40);
    }

    @Test
    void twoThatHaveOneSecretAreReportedAndStay() {
        TokenId one = create("1", 0);
        asInFormat1(one, entry -> {});
        TokenId other = create("2", 0);
        asInFormat1(other, entry -> {});

        upgrade.upgrade(environment);

        assertThat(warnings.with("have the same secret")).hasSize(1);
        assertThat(tokens.find(environment, one)).isPresent();
        assertThat(tokens.find(environment, other)).isPresent();
    }
}
