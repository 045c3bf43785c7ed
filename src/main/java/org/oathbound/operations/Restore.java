package org.oathbound.operations;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.embedded.EmbeddedDirectory;
import org.oathbound.directory.embedded.Snapshot;
import org.oathbound.sealing.KeyCheck;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.PersonalTokens;

/**
 * Makes a backup a data directory again. Codes may have been used since the backup: each token is marked, revoked ones
 * too, for they can begin another life, and the moment is kept with the environments.
 */
final class Restore {

    private final DataDirectory data;

    Restore(DataDirectory data) {
        this.data = data;
    }

    /**
     * Reads the file into the data directory, which has the key set and nothing else; tells what was done.
     *
     * @throws IllegalStateException when the directory is not empty, or the key set does not open the backup
     */
    String read(Path file, Instant now) throws IOException {
        Snapshot backup = Snapshot.read(file); // first: of a later format, its key set may be one that we can't read
        KeyCheck keys = new KeyCheck(new Seals(KeySet.existing(data)));
        keys.check(backup.entries().getFirst()); // the suffix comes first, and is the default environment
        keys.checkKeysOf(backup.entries());
        Snapshot marked = backup.with(entry -> isMarked(entry) ? marked(entry, now) : entry);
        EmbeddedDirectory.restore(data, marked, now);
        long tokens = marked.entries().stream()
                .filter(entry -> entry.hasObjectClass(Schema.OATHBOUND_TOKEN))
                .count();
        return marked.entries().size() + " entries below " + backup.suffix() + " are restored to " + data.path() + ". "
                + tokens
                + " tokens among them are marked, for codes may have been used since the backup: each takes two codes in a"
                + " row once.\n" + looseEnds(marked);
    }

    private String looseEnds(Snapshot restored) {
        long temporary = restored.entries().stream()
                .filter(entry -> PersonalTokens.isTemporary(entry))
                .filter(entry -> !entry.hasAttribute(Schema.REVOKED_AT))
                .count();
        return "What is left to do: bootstrap.env is no part of a backup; copy it to " + data.path()
                + ", or let oathbound break-glass make an access token. Temporary codes have ended, "
                + temporary + " people had some: give them others.";
    }

    private static boolean isMarked(Entry entry) {
        return entry.hasObjectClass(Schema.OATHBOUND_TOKEN)
                || entry.hasObjectClass(Schema.OATHBOUND_KEY)
                || entry.hasObjectClass(Schema.OATHBOUND_ENVIRONMENT);
    }

    private static ReadOnlyEntry marked(Entry entry, Instant now) {
        Entry marked = entry.duplicate();
        marked.setAttribute(Schema.RESTORED_AT, GeneralizedTime.of(now));
        marked.removeAttribute(Schema.WAITING); // the code it waits for may have been used, and was alone then
        return new ReadOnlyEntry(marked);
    }
}
