package org.oathbound.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeEmbeddedDirectory;

@DisplayName("An environment whose entry can't be read is left out, and ends no sweep")
class UnreadableEnvironmentsTest {

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final Environment usual = environments.createDefault(UUID.randomUUID(), "");
    private final Tenancy tenancy = new Tenancy(directory, directory, directory, environments, Clock.systemUTC());
    private final UnreadableEntries unreadable = new UnreadableEntries();

    @AfterEach
    void stop() {
        directory.close();
    }

    private DN addUnreadable() {
        DN name = new DN(new RDN(Schema.ID, "rubbish"), new DN(Environment.PARENT, directory.suffix()));
        Entry entry = new Entry(name);
        entry.addAttribute(Schema.OBJECT_CLASS, "top", "organization", Schema.OATHBOUND_ENVIRONMENT);
        entry.addAttribute("o", "rubbish");
        entry.addAttribute(Schema.ID, "rubbish");
        entry.addAttribute(Schema.REVISION, "0");
        assertThat(directory.add(entry)).isTrue();
        return name;
    }

    @Test
    void theOthersAreListed() {
        addUnreadable();
        Environment other = tenancy.create("Other");

        assertThat(environments.all(unreadable)).containsExactly(usual, other);
        assertThat(unreadable.count()).isEqualTo(1);
    }

    @Test
    void theOthersAreSwept() {
        DN spoilt = addUnreadable();
        close(spoilt);
        Environment closed = tenancy.create("Closed");
        close(closed.base());

        List<UUID> swept = new ArrayList<>();
        tenancy.sweep(Duration.ZERO, swept::add, unreadable);

        assertThat(swept).containsExactly(closed.id());
        assertThat(directory.read(spoilt)).isPresent();
        assertThat(unreadable.count()).isEqualTo(1);
    }

    private void close(DN base) {
        ReadOnlyEntry seen = directory.read(base).orElseThrow();
        Entry wanted = seen.duplicate();
        wanted.setAttribute(Schema.CLOSED_AT, "20260102030405.678Z");
        assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
    }
}
