package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * 64 entries below {@code ou=Padding} that are never read. A refusal for which nothing is to be stored writes one of
 * them, so that it takes as long as one that is counted.
 */
@ApplicationScoped
public class PaddingEntries {

    private static final int ENTRIES = 64;

    private final Directory directory;

    @Inject
    public PaddingEntries(Directory directory) {
        this.directory = directory;
    }

    /** Writes one of them, whichever; a write that another one overtakes has cost the same. */
    public void write() {
        String id = String.valueOf(ThreadLocalRandom.current().nextInt(ENTRIES));
        DN name = new DN(new RDN(Schema.ID, id), new DN(new RDN(Schema.OU, "Padding"), directory.suffix()));
        Optional<ReadOnlyEntry> seen = directory.read(name);
        if (seen.isPresent()) {
            directory.modifyIfUnchanged(seen.get(), seen.get());
            return;
        }
        directory.add(Attributes.newEntry(name, "top", Schema.OATHBOUND_PADDING));
    }
}
