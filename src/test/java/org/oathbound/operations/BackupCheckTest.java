package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.sealing.KeyCheck;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.Token;

@Tag("slow")
@DisplayName("A backup is tried before it is needed")
class BackupCheckTest {

    private static final String SUFFIX = "dc=example,dc=com";

    @TempDir
    Path temporary;

    private Path data;
    private Path file;
    private KeySet keys;

    @BeforeEach
    void start() {
        data = temporary.resolve("data");
        file = temporary.resolve("backup.ldif");
        keys = new KeySet(new DataDirectory(data));
    }

    /** @param swap whether the secrets of two tokens are exchanged */
    private void backUp(boolean swap) throws IOException {
        WholeEmbeddedDirectory directory =
                new WholeEmbeddedDirectory(SUFFIX, new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC());
        Seals seals = new Seals(keys);
        UUID id = UUID.randomUUID();
        Environment environment =
                new Environments(directory, directory).createDefault(id, new KeyCheck(seals).value(id));
        Tokens tokens = TokensFixture.tokens(directory, seals);
        DN first = dn(environment, TokensFixture.create(tokens, environment, "1"));
        DN second = dn(environment, TokensFixture.create(tokens, environment, "2"));
        if (swap) {
            ReadOnlyEntry one = directory.read(first).orElseThrow();
            ReadOnlyEntry other = directory.read(second).orElseThrow();
            Entry wanted = one.duplicate();
            wanted.setAttribute(Schema.SECRET, other.getAttributeValue(Schema.SECRET));
            assertThat(directory.modifyIfUnchanged(one, wanted)).isTrue();
        }
        directory.close();
        new Backup(data, SUFFIX, Clock.systemUTC()).write(file);
    }

    private static DN dn(Environment environment, Token token) {
        return new DN(new RDN(Schema.TOKEN_IDENTIFIER, token.metadata().id().toString()), environment.tokens());
    }

    @Test
    void allOfItOpens() throws IOException {
        backUp(false);
        assertThat(new BackupCheck(keys).check(file))
                .contains("2 tokens", "1 environments", "All 2 sealed values in it open.");
    }

    @Test
    void aValueThatBelongsElsewhereIsNamed() throws IOException {
        backUp(true);
        assertThatThrownBy(() -> new BackupCheck(keys).check(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 do not open");
    }

    @Test
    void anotherKeySetIsRefused() throws IOException {
        backUp(false);
        KeySet other = new KeySet(new DataDirectory(temporary.resolve("other")));
        assertThatThrownBy(() -> new BackupCheck(other).check(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the one that this directory was written with");
    }
}
