package org.oathbound.http;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Reads a request's body: one JSON object (RFC 8259) in UTF-8 and nothing behind it. Of a name that comes twice the last counts.
 */
public final class JsonBody {

    private static final int MAX_DEPTH = 32;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String UNREADABLE = "The request's body can't be read.";
    private static final JsonParserFactory PARSERS =
            Json.createParserFactory(Map.of("org.eclipse.parsson.maxDepth", MAX_DEPTH));

    private JsonBody() {}

    /**
     * Reads the object. {@link Problem.InvalidRequest} for anything else; its message says where, and shows nothing of
     * what was sent. The stream's length is bounded by {@link BodyLimit}.
     */
    public static JsonObject read(InputStream body) {
        return parse(body, JsonParser::getObject);
    }

    /**
     * The same, for a body that may be left out: one that is empty, white space or {@code null} says what an empty object does.
     */
    public static JsonObject readIfAny(InputStream body) {
        try {
            byte[] all = body.readAllBytes();
            String text = new String(all, StandardCharsets.UTF_8).strip();
            return text.isEmpty() || text.equals("null")
                    ? JsonValue.EMPTY_JSON_OBJECT
                    : read(new ByteArrayInputStream(all));
        } catch (IOException e) {
            throw invalid(UNREADABLE);
        }
    }

    /**
     * Reads an object that is too large to be held as a whole. Fails as {@link #read} does.
     *
     * @param object reads the object, whose start has been read, to its end
     */
    public static <T> T parse(InputStream body, Function<JsonParser, T> object) {
        try (JsonParser parser = PARSERS.createParser(utf8(body))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw invalid("The request's body must be a JSON object.");
            }
            T result = object.apply(parser);
            if (parser.hasNext()) {
                throw invalid("The request's body must be one JSON object.");
            }
            return result;
        } catch (JsonParsingException e) {
            throw invalid("The request's body is not valid JSON" + at(e.getLocation()) + ".");
        } catch (JsonException | NoSuchElementException e) {
            boolean isEncodedWrongly = e.getCause() instanceof CharacterCodingException;
            throw invalid("The request's body is not valid " + (isEncodedWrongly ? "UTF-8" : "JSON") + ".");
        } catch (NumberFormatException | UnsupportedOperationException e) { // Parsson's, beyond its own limits
            throw invalid("The request's body has a number that is too large.");
        } catch (RuntimeException e) {
            throw isTooDeep(e) ? invalid("The request's body is deeper than " + MAX_DEPTH + " levels.") : e;
        }
    }

    /** Fails where bytes are no UTF-8; a byte order mark at the beginning is let pass (RFC 8259 section 8.1). */
    private static Reader utf8(InputStream body) {
        PushbackInputStream all = new PushbackInputStream(body, BYTE_ORDER_MARK.length);
        try {
            byte[] start = all.readNBytes(BYTE_ORDER_MARK.length);
            if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
                all.unread(start);
            }
        } catch (IOException e) {
            throw invalid(UNREADABLE);
        }
        return new InputStreamReader(all, StandardCharsets.UTF_8.newDecoder()); // which reports, and replaces nothing
    }

    /**
     * The exception that Parsson throws at its limit has no type of its own; other exceptions have one, and are not
     * handled here.
     */
    private static boolean isTooDeep(RuntimeException e) {
        return e.getClass() == RuntimeException.class;
    }

    private static String at(JsonLocation location) {
        return " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }

    private static Problem.InvalidRequest invalid(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, null, message);
    }
}
