package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry on its way to the client who searches. */
final class FoundEntry {

    private FoundEntry() {}

    /** @param typesOnly whether the values stay behind (RFC 4511 section 4.5.1.6) */
    static void send(@Nullable LDAPListenerClientConnection connection, int id, boolean typesOnly, Entry entry)
            throws LDAPException {
        Entry sent = typesOnly
                ? new Entry(
                        entry.getDN(),
                        entry.getAttributes().stream()
                                .map(attribute -> new Attribute(attribute.getName()))
                                .toList())
                : entry;
        Objects.requireNonNull(connection, "a search comes by a connection")
                .sendSearchResultEntry(id, new SearchResultEntry(sent));
    }
}
