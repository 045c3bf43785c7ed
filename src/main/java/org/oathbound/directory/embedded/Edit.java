package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.List;
import java.util.stream.Stream;
import org.oathbound.directory.Directory;

/** The effect of a change: entries to put, and names to remove. */
record Edit(List<DN> remove, List<ReadOnlyEntry> put) {

    /**
     * New entries are put first: a reader that no longer finds an entry under its old name finds it under the new one.
     */
    void apply(EntryIndex index) {
        put.forEach(index::put);
        remove.forEach(index::remove);
    }

    /** The names of all entries that it puts or removes. */
    List<DN> names() {
        return Stream.concat(remove.stream(), put.stream().map(Directory::nameOf))
                .distinct()
                .toList();
    }

    /** The edit that restores the state before. */
    Edit inverse(EntryIndex index) {
        List<DN> names = names();
        return new Edit(
                names.stream().filter(dn -> index.get(dn).isEmpty()).toList(),
                names.stream().flatMap(dn -> index.get(dn).stream()).toList());
    }
}
