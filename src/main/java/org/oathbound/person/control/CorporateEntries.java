package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;

/**
 * Entries of a corporate directory, as it shows them to us.
 *
 * @param more whether there are others
 */
public record CorporateEntries(List<Entry> entries, boolean more) {

    public CorporateEntries {
        entries = List.copyOf(entries);
    }
}
