package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.ArrayList;
import java.util.List;

/** What a change does to the entries: some come, others go. */
record Edit(List<DN> remove, List<ReadOnlyEntry> put) {

    /** Those that come are seen first: whoever misses an entry under its old name finds it under the new one. */
    void apply(EntryIndex index) {
        put.forEach(index::put);
        remove.forEach(index::remove);
    }

    /** What brings back the state before. */
    Edit inverse(EntryIndex index) throws LDAPException {
        List<DN> touched = new ArrayList<>(remove);
        for (ReadOnlyEntry entry : put) {
            touched.add(entry.getParsedDN());
        }
        return new Edit(
                touched.stream().filter(dn -> index.get(dn).isEmpty()).toList(),
                touched.stream()
                        .distinct()
                        .flatMap(dn -> index.get(dn).stream())
                        .toList());
    }
}
