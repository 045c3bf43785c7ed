package org.oathbound.environment;

import com.unboundid.ldap.sdk.Entry;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Documents that are kept whole, as a client gave them: much of what PingOne's clients send has no effect here. */
public final class Documents {

    /** As JSON in UTF-8. */
    static final int MAX_BYTES = 16 * 1024;

    /** What the service says of a document; a client that sends back what it has read sends these too. */
    private static final Set<String> OURS = Set.of("_links", "_embedded", "id", "environment", "updatedAt");

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Documents() {}

    /** Adds what a client gave, and when. A member that is {@code null} counts as absent, here as everywhere. */
    static JsonObjectBuilder addGiven(JsonObjectBuilder document, JsonObject given, Instant now) {
        given.forEach((name, value) -> {
            if (!OURS.contains(name)) {
                addPresent(document, name, value);
            }
        });
        return document.add("updatedAt", MILLISECONDS.format(now));
    }

    /**
     * The members that are kept for the client alone; {@link Problem.InvalidData} when they are too large together.
     *
     * @param known the members that are more than kept
     */
    public static JsonObject kept(JsonObject given, Set<String> known) {
        JsonObjectBuilder kept = Json.createObjectBuilder();
        given.forEach((name, value) -> {
            if (!OURS.contains(name) && !known.contains(name)) {
                addPresent(kept, name, value);
            }
        });
        return bounded(kept.build());
    }

    /** As {@link #kept} was stored; empty where nothing was. */
    public static JsonObject stored(Entry entry) {
        String text = entry.getAttributeValue(Schema.DOCUMENT);
        try {
            return text == null ? JsonValue.EMPTY_JSON_OBJECT : parse(text);
        } catch (JsonException e) {
            throw Attributes.unreadable(entry, Schema.DOCUMENT);
        }
    }

    /** From its own text; {@link JsonException} for any other. */
    public static JsonObject parse(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    /** Stores what {@link #kept} has. */
    public static void store(Entry entry, JsonObject kept) {
        Attributes.put(entry, Schema.DOCUMENT, kept.isEmpty() ? null : kept);
    }

    private static void addPresent(JsonObjectBuilder document, String name, JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObjectBuilder inner = Json.createObjectBuilder();
            object.forEach((key, member) -> addPresent(inner, key, member));
            document.add(name, inner);
        } else if (!value.equals(JsonValue.NULL)) {
            document.add(name, value);
        }
    }

    /** The document, unless it is too large to be kept; then {@link Problem.InvalidData}. */
    static JsonObject bounded(JsonObject document) {
        if (document.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new Problem.InvalidData(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    null,
                    "The document is larger than " + MAX_BYTES + " bytes.",
                    Map.of("maximumValue", MAX_BYTES)));
        }
        return document;
    }
}
