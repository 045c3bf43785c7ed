package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.http.Paging;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * What is searched for.
 *
 * @param limit at most so many entries on a page
 */
record SearchQuery(Cursor cursor, Selection selection, int limit) {

    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private static final Map<String, SearchScope> SCOPES = Map.of(
            "baseobject", SearchScope.BASE,
            "singlelevel", SearchScope.ONE,
            "wholesubtree", SearchScope.SUB,
            "subordinatesubtree", SearchScope.SUBORDINATE_SUBTREE);

    /**
     * Reads the parameters, each of them null where it was not sent. A cursor brings scope and filter with it.
     *
     * @throws Problem.InvalidRequest for one that is not understood
     * @throws Problem.Forbidden for a filter that asks about what is never shown
     */
    static SearchQuery of(
            @Nullable String searchScope,
            @Nullable String filter,
            @Nullable String limit,
            Selection selection,
            @Nullable String cursor) {
        Cursor wanted = cursor == null ? new Cursor(scope(searchScope), filter, null) : Cursor.parse(cursor);
        return new SearchQuery(wanted, selection, limit(limit));
    }

    Filter filter() {
        String text = cursor.filter();
        return text == null ? Attributes.ANY : FilterTranslation.of(text);
    }

    private static SearchScope scope(@Nullable String searchScope) {
        SearchScope scope = searchScope == null ? null : SCOPES.get(searchScope.toLowerCase(Locale.ROOT));
        if (scope == null) {
            throw new Problem.InvalidRequest(
                    DetailCode.INVALID_PARAMETER,
                    "searchScope",
                    "The scope must be one of baseObject, singleLevel, wholeSubtree and subordinateSubtree.");
        }
        return scope;
    }

    /** More than we give is not refused: a page may have less than was asked for. */
    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return USUAL_LIMIT;
        }
        if (!NUMBER.matcher(limit).matches() || Long.parseLong(limit) == 0) {
            throw Paging.invalid("limit");
        }
        return (int) Math.min(MAX_LIMIT, Long.parseLong(limit));
    }
}
