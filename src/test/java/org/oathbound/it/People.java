package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries below {@code ou=People} whose user names begin alike. A person's title is the value in the ledger. */
final class People {

    private static final String CONTAINER = "ou=People";

    private final String prefix;
    private final Ledger ledger = new Ledger();

    People(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    Ledger ledger() {
        return ledger;
    }

    static String dn(String userName) {
        return Entries.dn("uid=" + userName, CONTAINER);
    }

    void search(LDAPConnection ldap, String beginning) throws LDAPException {
        Map<String, Integer> earliest = ledger.earliest(beginning);
        ledger.shown(titles(Entries.search(ldap, CONTAINER, "uid", beginning)), earliest);
    }

    void compare(LDAPConnection ldap, String userName) throws LDAPException {
        Entries.compare(ldap, dn(userName), "title", ledger, userName);
    }

    /** After a start: all is as everybody was told. */
    void settle(LDAPConnection ldap) throws LDAPException {
        ledger.settle(prefix, titles(Entries.searchPaged(ldap, CONTAINER, "uid", prefix)));
    }

    /** A modification has all its values, or none: title and description always fit. */
    private static Map<String, String> titles(List<SearchResultEntry> entries) {
        Map<String, String> titles = new HashMap<>();
        for (SearchResultEntry entry : entries) {
            String title = entry.getAttributeValue("title");
            assertThat(entry.getAttributeValues("description"))
                    .as("%s", entry)
                    .containsExactlyInAnyOrder(title, title + " too");
            assertThat(entry.getAttributeValue("sn")).isEqualTo(entry.getAttributeValue("uid"));
            titles.put(entry.getAttributeValue("uid"), title);
        }
        return titles;
    }
}
