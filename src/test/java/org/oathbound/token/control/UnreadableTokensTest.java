package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.Events;
import org.oathbound.Warnings;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens.Revocation;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("A token that can't be read can be revoked")
@Tag("slow")
class UnreadableTokensTest {

    @TempDir
    static Path keys;

    private final Heard heard = new Heard();
    private final Warnings warnings = new Warnings();
    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Tokens tokens;
    private TokenId id;
    private DN name;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(
                directory, new Seals(KeySets.in(keys)), heard, Clock.systemUTC(), Events.unobserved());
        id = TokenId.of(environment.id(), new SerialNumber("1"));
        name = TokenEntry.dn(environment, id);
        create();
    }

    @AfterEach
    void stop() {
        warnings.close();
        directory.close();
    }

    private void create() {
        TokensFixture.create(tokens, environment, "1");
    }

    private ReadOnlyEntry entry() {
        return directory.read(name).orElseThrow();
    }

    /** Of its secret. */
    private ReadOnlyEntry key() {
        return directory
                .read(new DN(new RDN(Schema.ID, entry().getAttributeValue(Schema.FINGERPRINT)), environment.keys()))
                .orElseThrow();
    }

    private void use(long counter) {
        spoil(Schema.HOTP_COUNTER, Long.toString(counter));
    }

    private void spoil(String attribute, @Nullable String value) {
        Entry spoilt = entry().duplicate();
        spoilt.removeAttribute(attribute);
        if (value != null) {
            spoilt.setAttribute(attribute, value);
        }
        assertThat(directory.modifyIfUnchanged(entry(), spoilt)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {Schema.LIFE, Schema.SECRET})
    void whoseSecretIsNotRead(String attribute) {
        use(7);
        spoil(attribute, null);

        assertThat(tokens.revoke(environment, id)).isTrue();
        assertThat(directory.read(name)).isEmpty();

        create();
        assertThat(TokenEntry.firstAllowed(entry())).as("what it has used").isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {Schema.HMAC_ALGORITHM, Schema.HOTP_COUNTER})
    void whosePositionIsNotReadAndItsNextLifeAcceptsNoCodeThatStandsAlone(String attribute) {
        spoil(attribute, null);

        assertThat(tokens.revoke(environment, id)).isTrue();

        assertThat(warnings.with(name.toString())).hasSize(1);
        assertThat(directory.read(name)).isEmpty();
        Instant before = Instant.now().plusSeconds(1);
        create();
        Instant restoredAt =
                tokens.find(environment, id).orElseThrow().failureState().restoredAt();
        assertThat(restoredAt).isNotNull().isBefore(before);
    }

    @Test
    void butNotByAJobsRowThatSparesWhatIsPaired() {
        spoil(Schema.PAIRING, "rubbish");

        assertThat(tokens.revoke(environment, id, false, null)).isEqualTo(Revocation.PAIRED);
        assertThat(tokens.revoke(environment, id, true, null)).isEqualTo(Revocation.REVOKED);
    }

    @Test
    void whereverItsRowOfAJobCanNotBeRead() {
        spoil(Schema.ORIGIN, "rubbish");

        assertThat(tokens.revoke(environment, id)).isTrue();
    }

    @Test
    void whereverItCanNotBeReadWhatItsSecretHasUsed() {
        use(7);
        tokens.revoke(environment, id);
        create();
        ReadOnlyEntry key = key();
        Entry spoilt = key.duplicate();
        spoilt.setAttribute(Schema.STOPPED, "rubbish");
        assertThat(directory.modifyIfUnchanged(key, spoilt)).isTrue();

        assertThat(tokens.revoke(environment, id)).isTrue();
        assertThat(TokenEntry.isRevoked(entry())).isTrue();
        assertThatThrownBy(this::create).isInstanceOf(Problem.Corrupt.class);
    }

    @Test
    void thoughItsSecretIsNotTakenAgainWhileItCanNotBeReadWhoHasIt() {
        ReadOnlyEntry key = key();
        Entry spoilt = key.duplicate();
        spoilt.setAttribute(Schema.TOKEN_ID, "rubbish");
        assertThat(directory.modifyIfUnchanged(key, spoilt)).isTrue();

        assertThat(tokens.revoke(environment, id)).isTrue();
        assertThatThrownBy(this::create).isInstanceOf(Problem.Corrupt.class).hasMessageContaining(key.getDN());
    }
}
