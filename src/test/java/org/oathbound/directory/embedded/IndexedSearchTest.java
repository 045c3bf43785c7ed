package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Directory;
import org.oathbound.directory.FilterMatch;
import org.oathbound.directory.Listing.Entries;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;

@DisplayName("A filter that holds an indexed attribute finds what a look at every entry finds, and looks at few")
class IndexedSearchTest {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
    private static final List<String> NAMES = List.of(
            "ann", "Anna", "anna  maria", "Bob", "bobby", "Çelik", "o'neil", "a*b", "zoë", "zoe\u0308", " lead");
    private static final List<SearchScope> SCOPES =
            List.of(SearchScope.BASE, SearchScope.ONE, SearchScope.SUB, SearchScope.SUBORDINATE_SUBTREE);

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final DN people = new DN(new RDN(Schema.OU, "People"), directory.suffix());
    private final Random random = new Random(4711);

    private String any() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Entry person(DN parent, String uid) {
        Entry entry = new Entry(new DN(new RDN(Schema.UID, uid), parent));
        entry.addAttribute(Schema.OBJECT_CLASS, "inetOrgPerson", Schema.OATHBOUND_PERSON);
        entry.addAttribute(Schema.UID, uid);
        entry.addAttribute(Schema.CN, any(), uid);
        entry.addAttribute("cn;lang-de", any());
        entry.addAttribute(Schema.SN, any());
        entry.addAttribute(Schema.MAIL, uid + "@example.com");
        entry.addAttribute(Schema.ID, new java.util.UUID(random.nextLong(), random.nextLong()).toString());
        entry.addAttribute(Schema.REVISION, "0");
        return entry;
    }

    private void populate(int entries) throws LDAPException {
        DN unit = new DN(new RDN(Schema.OU, "Sub"), people);
        directory.add(new Entry(
                unit, new Attribute(Schema.OBJECT_CLASS, "organizationalUnit"), new Attribute(Schema.OU, "Sub")));
        for (int i = 0; i < entries; i++) {
            directory.add(person(i % 3 == 0 ? unit : people, any() + i));
        }
        for (ReadOnlyEntry entry : all()) {
            if (!entry.hasAttribute(Schema.UID)) {
                continue;
            }
            DN name = Directory.nameOf(entry);
            switch (random.nextInt(5)) {
                case 0 -> directory.delete(name);
                case 1 ->
                    directory.renameIfUnchanged(
                            entry, new DN(new RDN(Schema.UID, "moved " + any() + random.nextInt()), people));
                case 2 -> {
                    Entry changed = entry.duplicate();
                    changed.setAttribute(Schema.CN, any());
                    directory.modifyIfUnchanged(entry, changed);
                }
                default -> {} // stays as it is
            }
        }
    }

    private List<ReadOnlyEntry> all() {
        return directory
                .search(directory.suffix(), SearchScope.SUB, ANY, null, 100_000)
                .entries();
    }

    private Filter leaf() {
        String attribute = List.of(
                        "uid", "CN", "commonName", "2.5.4.4", "mail", "sn;lang-de", "description", "cn;lang-de")
                .get(random.nextInt(8));
        String value = any();
        return switch (random.nextInt(5)) {
            case 0 -> Filter.createSubstringFilter(attribute, value.substring(0, 1 + random.nextInt(2)), null, null);
            case 1 -> Filter.createSubstringFilter(attribute, value, new String[] {"a"}, null);
            case 2 -> Filter.createPresenceFilter(attribute);
            case 3 -> Filter.createEqualityFilter(attribute, value + random.nextInt(60));
            default -> Filter.createEqualityFilter(attribute, value.toUpperCase(java.util.Locale.ROOT));
        };
    }

    private Filter filter(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf();
        }
        return switch (random.nextInt(3)) {
            case 0 -> Filter.createANDFilter(filter(depth - 1), filter(depth - 1));
            case 1 -> Filter.createORFilter(filter(depth - 1), filter(depth - 1));
            default -> Filter.createNOTFilter(filter(depth - 1));
        };
    }

    @Test
    void whateverTheFilterIsNothingIsMissedAndTheOrderIsThatOfTheTree() throws LDAPException {
        populate(200);
        for (int i = 0; i < 400; i++) {
            Filter filter = filter(2);
            for (SearchScope scope : SCOPES) {
                assertThat(directory
                                .search(directory.suffix(), scope, filter, null, 1_000)
                                .entries())
                        .as("%s %s", scope, filter)
                        .isEqualTo(matching(directory.suffix(), scope, filter));
            }
            assertThat(directory
                            .page(people, filter, null, 1_000, Order.DESCENDING)
                            .entries())
                    .as("page %s", filter)
                    .isEqualTo(matching(people, SearchScope.ONE, filter).reversed());
        }
    }

    private List<ReadOnlyEntry> matching(DN base, SearchScope scope, Filter filter) {
        return directory.search(base, scope, ANY, null, 100_000).entries().stream()
                .filter(FilterMatch.of(filter)::matches)
                .toList();
    }

    @Test
    void pagesGoOnBehindTheLastEntry() throws LDAPException {
        populate(60);
        Filter filter = Filter.create("(|(cn=a*)(uid=b*)(sn=z*))");
        List<ReadOnlyEntry> paged = new ArrayList<>();
        DN after = null;
        Entries page;
        do {
            page = directory.search(people, SearchScope.SUB, filter, after, 3);
            paged.addAll(page.entries());
            after = page.entries().isEmpty()
                    ? null
                    : Directory.nameOf(page.entries().getLast());
        } while (page.more());
        assertThat(paged).isEqualTo(matching(people, SearchScope.SUB, filter)).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(uid=Bob7)",
                "(&(objectClass=inetOrgPerson)(uid=bob7))",
                "(|(uid=bob7)(mail=bob7@example.com)(2.5.4.3=BOB7))",
                "(&(sn=*)(|(uid=bob7)(&(mail=bob7@example.com)(!(uid=x)))))",
                "(&(cn=*)(cn=bob7*)(!(description=x)))",
                "(&(uid~=bob7)(objectClass=*))",
                "(entryDN=UID=bob7, ou=People,dc=example,dc=com)"
            })
    void aLogInLooksAtOneEntry(String filter) throws LDAPException {
        AttributeIndexes indexes = new AttributeIndexes();
        for (int i = 0; i < 1_000; i++) {
            add(indexes, "bob" + (i == 7 ? "7" : "by" + i));
        }
        assertThat(indexes.candidates(Filter.create(filter)))
                .hasValue(Set.of(new DN(new RDN(Schema.UID, "bob7"), people)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(objectClass=*)", "(!(uid=bob7))", "(|(uid=bob7)(description=x))", "(uid=*7)", "(uid>=bob)"})
    void whatNoIndexHoldsIsLeftToALookAtEveryEntry(String filter) throws LDAPException {
        assertThat(new AttributeIndexes().candidates(Filter.create(filter))).isEmpty();
    }

    @Test
    void whatLeadsToTooManyIsLeftToALookAtEveryEntryUnlessAnotherPartLeadsToFew() throws LDAPException {
        AttributeIndexes indexes = new AttributeIndexes();
        for (int i = 0; i <= AttributeIndexes.MOST; i++) {
            add(indexes, "bob" + i);
        }
        assertThat(indexes.candidates(Filter.create("(uid=bob*)"))).isEmpty();
        assertThat(indexes.candidates(Filter.create("(|(uid=bob7)(uid=bob*))"))).isEmpty();
        assertThat(indexes.candidates(Filter.create("(&(uid=bob*)(mail=bob7@example.com))")))
                .hasValue(Set.of(new DN(new RDN(Schema.UID, "bob7"), people)));
    }

    private void add(AttributeIndexes indexes, String uid) {
        indexes.add(AttributeIndexes.places(new ReadOnlyEntry(person(people, uid))));
    }
}
