package org.oathbound.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Which page of a list is asked for.
 *
 * @param limit at most so many items
 * @param after the naming value of the last item that the client has; null for the first page
 */
public record Paging(int limit, @Nullable String after) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int MAX_CURSOR_CHARACTERS = 1_000;

    /** The same for a list that shows 100 at a time, and 200 when that is asked for. */
    public static Paging of(@Nullable String limit, @Nullable String cursor) {
        return of(limit, cursor, 100, 200);
    }

    /**
     * Reads the query parameters {@code limit} and {@code cursor}; {@link Problem.InvalidRequest} for any other value
     * than a number from 1 to {@code maximum}, and a cursor that a link of ours has given.
     *
     * @param usual the limit when none is asked for
     */
    public static Paging of(@Nullable String limit, @Nullable String cursor, int usual, int maximum) {
        return new Paging(limit == null ? usual : limit(limit, maximum), cursor == null ? null : decode(cursor));
    }

    static String cursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static int limit(String limit, int maximum) {
        int number = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > maximum) {
            throw invalid("limit");
        }
        return number;
    }

    private static String decode(String cursor) {
        try {
            if (cursor.isEmpty() || cursor.length() > MAX_CURSOR_CHARACTERS) {
                throw invalid("cursor");
            }
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid("cursor");
        }
    }

    /** The answer to a query parameter that is not understood. */
    public static Problem.InvalidRequest invalid(String parameter) {
        return new Problem.InvalidRequest(
                DetailCode.INVALID_PARAMETER,
                parameter,
                "A query string parameter or value is not valid for this request.");
    }
}
