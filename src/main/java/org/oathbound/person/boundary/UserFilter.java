package org.oathbound.person.boundary;

import com.unboundid.scim2.common.filters.FilterType;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.ScimFilter;
import org.oathbound.http.ScimFilter.Comparison;
import org.oathbound.person.control.PersonQuery;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Texts;

/** The query parameter {@code filter} of the list of users. */
final class UserFilter {

    private static final Set<FilterType> EQUAL = Set.of(FilterType.EQUAL);
    private static final Set<FilterType> CONTAINS = Set.of(FilterType.CONTAINS);
    private static final ScimFilter FILTER = new ScimFilter(Map.of(
            "username", Set.of(FilterType.EQUAL, FilterType.STARTS_WITH, FilterType.CONTAINS),
            "email", Set.of(FilterType.EQUAL, FilterType.CONTAINS),
            "name.given", CONTAINS,
            "name.family", CONTAINS,
            "id", EQUAL));

    private UserFilter() {}

    static PersonQuery query(@Nullable String filter) {
        PersonQuery query = new PersonQuery();
        for (Comparison comparison : FILTER.parse(filter)) {
            add(query, comparison);
        }
        return query;
    }

    private static void add(PersonQuery query, Comparison comparison) {
        switch (comparison.attribute()) {
            case "username" -> username(query, comparison);
            case "email" -> email(query, comparison);
            case "name.given" -> query.givenNameContains(part(comparison));
            case "name.family" -> query.familyNameContains(part(comparison));
            case "id" -> query.idIs(id(comparison.value()));
            default -> throw new IllegalStateException("No filter for " + comparison.attribute());
        }
    }

    private static void email(PersonQuery query, Comparison comparison) {
        if (comparison.operator() == FilterType.CONTAINS) {
            query.emailContains(part(comparison));
        } else {
            query.emailIs(email(comparison.value()));
        }
    }

    private static String part(Comparison comparison) {
        String text = comparison.value();
        if (text.isBlank() || text.length() > UserDocument.MAX_LENGTH) {
            throw FILTER.invalid("A part of a name has 1 to 256 characters, not only spaces.");
        }
        return text;
    }

    private static void username(PersonQuery query, Comparison comparison) {
        if (comparison.operator() == FilterType.CONTAINS) {
            query.usernameContains(part(comparison));
            return;
        }
        if (!Username.isUsername(comparison.value())) {
            throw FILTER.invalid("A user name, or its beginning, has 1 to 128 visible characters.");
        }
        Username username = new Username(comparison.value());
        if (comparison.operator() == FilterType.EQUAL) {
            query.usernameIs(username);
        } else {
            query.usernameBeginsWith(username);
        }
    }

    private static String email(String text) {
        if (text.isBlank() || text.length() > UserDocument.MAX_LENGTH) {
            throw FILTER.invalid("An e-mail address has 1 to 256 characters.");
        }
        return text;
    }

    private static UUID id(String text) {
        return Texts.uuid(text).orElseThrow(() -> FILTER.invalid("The id of a user is a UUID."));
    }
}
