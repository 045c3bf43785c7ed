package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Paging;
import org.oathbound.problem.Problem;

/**
 * What a search looks for, and behind which entry it goes on: all that the next page needs, for any node to answer.
 *
 * @param filter as it was sent; null for every entry
 * @param after null on the first page
 */
record Cursor(
        SearchScope scope,
        @Nullable String filter,
        @Nullable DN after) {

    private static final int MAX_CHARACTERS = 30_000;
    private static final String SCOPE = "s";
    private static final String FILTER = "f";
    private static final String AFTER = "a";

    /** Reads a cursor that a link of ours has given; {@link Problem.InvalidRequest} for anything else. */
    static Cursor parse(String text) {
        try {
            if (text.length() > MAX_CHARACTERS) {
                throw Paging.invalid("cursor");
            }
            JsonObject object = JsonBody.read(
                    new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)));
            return new Cursor(
                    SearchScope.valueOf(object.getInt(SCOPE)),
                    object.containsKey(FILTER) ? object.getString(FILTER) : null,
                    EntryNames.parse("cursor", object.getString(AFTER)));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException | Problem.InvalidRequest e) {
            throw Paging.invalid("cursor");
        }
    }

    /** The cursor of the page behind that entry. */
    String behind(String name) {
        var object = Json.createObjectBuilder().add(SCOPE, scope.intValue()).add(AFTER, name);
        if (filter != null) {
            object.add(FILTER, filter);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(object.build().toString().getBytes(StandardCharsets.UTF_8));
    }
}
