package org.oathbound.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Listing.Entries;

@DisplayName("A search goes through the tree in one order, page by page, from wherever the last page ended")
class DirectorySearchTest {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
    private static final int ALL = 1_000;

    private final WholeDirectory directory = Directories.fresh();
    private final DN people = new DN(new RDN(Schema.OU, "People"), directory.suffix());

    @BeforeEach
    void plant() {
        // a has children, one of whom has a child; their names sort differently from their depth.
        DN a = add(people, "a");
        DN first = add(a, "z");
        add(first, "deep");
        add(a, "y; x+w/v \"u\" ü%");
        add(people, "b");
        add(people, "C");
    }

    private DN add(DN parent, String name) {
        DN dn = new DN(new RDN(Schema.OU, name), parent);
        Entry entry = new Entry(dn);
        entry.addAttribute(Schema.OBJECT_CLASS, "top", "organizationalUnit");
        entry.addAttribute(Schema.OU, name);
        assertThat(directory.add(entry)).isTrue();
        return dn;
    }

    private List<String> names(DN base, SearchScope scope, Filter filter) {
        return names(directory.search(base, scope, filter, null, ALL));
    }

    private static List<String> names(Entries page) {
        return page.entries().stream()
                .map(entry -> entry.getAttributeValue(Schema.OU))
                .toList();
    }

    @Test
    void parentsComeFirstAndSiblingsByName() {
        assertThat(names(people, SearchScope.SUB, ANY))
                .containsExactly("People", "a", "y; x+w/v \"u\" ü%", "z", "deep", "b", "C");
    }

    @Test
    void eachScopeHasItsPart() {
        assertThat(names(people, SearchScope.BASE, ANY)).containsExactly("People");
        assertThat(names(people, SearchScope.ONE, ANY)).containsExactly("a", "b", "C");
        assertThat(names(people, SearchScope.SUBORDINATE_SUBTREE, ANY))
                .containsExactly("a", "y; x+w/v \"u\" ü%", "z", "deep", "b", "C");
    }

    @Test
    void theFilterChooses() {
        assertThat(names(people, SearchScope.SUB, Filter.createEqualityFilter(Schema.OU, "DEEP")))
                .containsExactly("deep");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void pagesOfAnySizeHaveEachEntryOnce(int size) throws Exception {
        for (SearchScope scope :
                List.of(SearchScope.BASE, SearchScope.ONE, SearchScope.SUB, SearchScope.SUBORDINATE_SUBTREE)) {
            List<String> paged = new ArrayList<>();
            @Nullable DN after = null;
            Entries page;
            do {
                page = directory.search(people, scope, ANY, after, size);
                assertThat(page.entries()).hasSizeLessThanOrEqualTo(size);
                paged.addAll(names(page));
                List<ReadOnlyEntry> entries = page.entries();
                after = entries.isEmpty()
                        ? null
                        : new DN(entries.get(entries.size() - 1).getDN());
            } while (page.more());
            assertThat(paged).as(scope.getName()).isEqualTo(names(people, scope, ANY));
        }
    }

    @Test
    void goesOnBehindAnEntryThatIsGone() {
        DN gone = new DN(new RDN(Schema.OU, "aa"), people);
        assertThat(names(directory.search(people, SearchScope.SUB, ANY, gone, ALL)))
                .containsExactly("b", "C");
        DN goneDeep = new DN(new RDN(Schema.OU, "y"), new DN(new RDN(Schema.OU, "a"), people));
        assertThat(names(directory.search(people, SearchScope.SUB, ANY, goneDeep, ALL)))
                .containsExactly("y; x+w/v \"u\" ü%", "z", "deep", "b", "C");
    }

    @Test
    void aBaseThatIsNotThereHasNothing() {
        DN nowhere = new DN(new RDN(Schema.OU, "nowhere"), people);
        assertThat(directory.search(nowhere, SearchScope.SUB, ANY, null, ALL).entries())
                .isEmpty();
    }

    @Test
    void whatIsRevokedIsLeftOut() {
        DN tokens = new DN(new RDN(Schema.OU, "Tokens"), directory.suffix());
        Entry revoked = new Entry(new DN(new RDN(Schema.TOKEN_IDENTIFIER, "1"), tokens));
        revoked.addAttribute(Schema.OBJECT_CLASS, "device", "oathHOTPToken", "oathboundToken");
        revoked.addAttribute(Schema.CN, "1");
        revoked.addAttribute(Schema.TOKEN_IDENTIFIER, "1");
        revoked.addAttribute(Schema.REVISION, "0");
        revoked.addAttribute(Schema.REVOKED_AT, "20260102030405Z");
        assertThat(directory.add(revoked)).isTrue();
        assertThat(directory.search(tokens, SearchScope.ONE, ANY, null, ALL).entries())
                .isEmpty();
        assertThat(directory
                        .search(new DN(new RDN(Schema.TOKEN_IDENTIFIER, "1"), tokens), SearchScope.BASE, ANY, null, ALL)
                        .entries())
                .isEmpty();
    }
}
