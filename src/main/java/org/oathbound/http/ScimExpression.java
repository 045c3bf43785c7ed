package org.oathbound.http;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Any of SCIM's filters (RFC 7644 section 3.4.2.2), within bounds, for those who can do more than {@link ScimFilter} says. */
public final class ScimExpression {

    private static final int MAX_CHARACTERS = 10_000;
    private static final int MAX_PARENTHESES = 20;

    private ScimExpression() {}

    /** The filter; {@link Problem.InvalidRequest} for a text that is none, is too long or has too many levels. */
    public static Filter parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw invalid("The filter is longer than " + MAX_CHARACTERS + " characters.");
        }
        if (levels(text) > MAX_PARENTHESES) {
            throw invalid("The filter is deeper than " + MAX_PARENTHESES + " levels.");
        }
        try {
            return Filter.fromString(text);
        } catch (BadRequestException | RuntimeException e) { // what the parser throws is not all declared
            throw invalid("The filter can't be read.");
        }
    }

    /** The answer to a filter that is not understood. */
    public static Problem.InvalidRequest invalid(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_FILTER, "filter", message);
    }

    /** Looked at before the parser is, which calls itself for each of them. */
    private static int levels(String text) {
        int level = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                deepest = Math.max(deepest, ++level);
            } else if (!quoted && (c == ')' || c == ']')) {
                level--;
            }
        }
        return deepest;
    }
}
