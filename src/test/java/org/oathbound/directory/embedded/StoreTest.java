package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFAddChangeRecord;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Schema;

class StoreTest {

    private static final DN SUFFIX = new DN(new RDN("dc", "example"), new RDN("dc", "com"));
    private static final DN PEOPLE = new DN(new RDN("ou", "People"), SUFFIX);

    @TempDir
    static Path folder;

    private static int stores;
    private Store store = open();

    private static Store open() {
        return new Store(SUFFIX, new DataDirectory(folder.resolve("data" + stores++)).path(), true);
    }

    @BeforeEach
    void fresh() {
        store.close();
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DN add(String uid) throws LDAPException {
        Entry entry = new Entry(new DN(new RDN("uid", uid), PEOPLE));
        entry.addAttribute("objectClass", "inetOrgPerson", Schema.OATHBOUND_PERSON);
        entry.addAttribute("uid", uid);
        entry.addAttribute("cn", uid);
        entry.addAttribute("sn", uid);
        entry.addAttribute(Schema.ID, "00000000-0000-4000-8000-000000000001");
        entry.addAttribute(Schema.REVISION, "7");
        store.write(new LDIFAddChangeRecord(entry), null);
        return entry.getParsedDN();
    }

    private void loseWhatIsNotDurable() {
        store.written().segment().fail();
        assertThat(store.takesWrites()).as("goes on in another file").isTrue();
    }

    @Nested
    @DisplayName("What was taken back is told to nobody, also when the journal went on before the reader looked at it")
    class TakenBack {

        private final AtomicBoolean first = new AtomicBoolean(true);

        @Test
        void byAnyRead() throws LDAPException {
            DN lost = add("lost");
            Optional<ReadOnlyEntry> told = store.reads().settled(() -> {
                Optional<ReadOnlyEntry> seen = store.index().get(lost);
                if (first.getAndSet(false)) {
                    assertThat(seen).isPresent();
                    loseWhatIsNotDurable();
                }
                return seen;
            });
            assertThat(told).isEmpty();
        }

        @Test
        void byAReadOfTheEntry() throws LDAPException {
            DN lost = add("lost");
            store.written().segment().fail();
            assertThat(store.reads().entry(lost)).isEmpty();
        }
    }

    @Nested
    @DisplayName("A read waits for the disk for what it saw")
    class Waits {

        @Test
        void notForTheChangeOfAnotherEntry() throws LDAPException {
            long flushes = store.written().segment().flushes();
            DN added = add("new");
            assertThat(store.reads().entry(PEOPLE)).isPresent();
            assertThat(store.written().segment().flushes()).isEqualTo(flushes);
            assertThat(store.reads().entry(added)).isPresent();
            assertThat(store.written().segment().flushes()).isEqualTo(flushes + 1);
        }

        @Test
        void forAnEntryThatIsGone() throws LDAPException {
            DN added = add("new");
            assertThat(store.reads().entry(added)).isPresent();
            long flushes = store.written().segment().flushes();
            store.write(new com.unboundid.ldif.LDIFDeleteChangeRecord(added.toString()), null);
            assertThat(store.reads().entry(added)).isEmpty();
            assertThat(store.written().segment().flushes()).isEqualTo(flushes + 1);
        }
    }
}
