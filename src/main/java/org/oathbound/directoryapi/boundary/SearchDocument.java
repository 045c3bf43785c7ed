package org.oathbound.directoryapi.boundary;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Paging;
import org.oathbound.problem.Problem;

/** The parameters of a search, as members of a body. */
record SearchDocument(JsonObject body) {

    private static final String CURSOR = "cursor";

    /** As {@link SearchQuery#of}. */
    SearchQuery query() {
        return SearchQuery.of(
                text("searchScope"),
                text("filter"),
                text("limit"),
                Selection.of(text("includeAttributes"), text("excludeAttributes")),
                text(CURSOR));
    }

    /** The request body for the page that a cursor stands for. */
    JsonObject next(String cursor) {
        JsonObjectBuilder next = Json.createObjectBuilder();
        for (String name : new String[] {"limit", "includeAttributes", "excludeAttributes"}) {
            if (body.containsKey(name)) {
                next.add(name, body.get(name));
            }
        }
        return next.add(CURSOR, cursor).build();
    }

    /** {@link Problem.InvalidRequest} for what is neither text nor number. */
    private @Nullable String text(String name) {
        JsonValue value = body.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonString text) {
            return text.getString();
        } else if (value instanceof JsonNumber number && number.isIntegral()) {
            return number.toString();
        } else if (JsonValue.NULL.equals(value)) {
            return null;
        }
        throw Paging.invalid(name);
    }
}
