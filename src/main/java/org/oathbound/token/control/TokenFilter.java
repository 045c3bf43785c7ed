package org.oathbound.token.control;

import com.unboundid.scim2.common.filters.FilterType;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.ScimFilter;
import org.oathbound.http.ScimFilter.Comparison;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.SerialNumber;

/** The filter of the list of tokens, which jobs select tokens by, too: a part of SCIM's. */
public final class TokenFilter {

    private static final Set<FilterType> EQUAL = Set.of(FilterType.EQUAL);
    private static final Set<FilterType> LESS = Set.of(FilterType.LESS_THAN);
    private static final ScimFilter FILTER = new ScimFilter(
            Map.of(
                    "serialNumber", Set.of(FilterType.EQUAL, FilterType.STARTS_WITH),
                    "type", EQUAL,
                    "batch", EQUAL,
                    "paired", EQUAL,
                    "lost", EQUAL,
                    "expiresAt", LESS,
                    "lastUsedAt", LESS),
            "paired",
            "lost");

    private TokenFilter() {}

    /** The query that a filter is, all tokens for null; {@link Problem.InvalidRequest} for what is not supported. */
    public static TokenQuery query(@Nullable String filter) {
        TokenQuery query = new TokenQuery();
        for (Comparison comparison : FILTER.parse(filter)) {
            add(query, comparison);
        }
        return query;
    }

    private static void add(TokenQuery query, Comparison comparison) {
        switch (comparison.attribute()) {
            case "serialNumber" -> serialNumber(query, comparison);
            case "type" -> type(query, comparison);
            case "batch" -> query.createdBy(batch(comparison));
            case "paired" -> query.paired(truth(comparison, "A token is paired: true or false."));
            case "lost" -> query.lost(truth(comparison, "A token is lost: true or false."));
            case "expiresAt" -> query.expiresBefore(FILTER.instant(comparison));
            case "lastUsedAt" -> query.lastUsedBefore(FILTER.instant(comparison));
            default -> throw new IllegalStateException("No filter for " + comparison.attribute());
        }
    }

    private static void serialNumber(TokenQuery query, Comparison comparison) {
        String text = comparison.value().strip();
        boolean whole = comparison.operator() == FilterType.EQUAL;
        if (whole ? !SerialNumber.isSerialNumber(text) : !SerialNumber.isBeginning(text)) {
            throw FILTER.invalid(
                    "A serial number, or its beginning, has 1 to 50 letters and digits, and - . : behind the first.");
        }
        if (whole) {
            query.serialNumberIs(new SerialNumber(text));
        } else {
            query.serialNumberBeginsWith(text);
        }
    }

    private static void type(TokenQuery query, Comparison comparison) {
        switch (comparison.value()) {
            case "HOTP" -> query.hotp();
            case "TOTP" -> query.totp();
            default -> throw FILTER.invalid("The type of a token is \"HOTP\" or \"TOTP\".");
        }
    }

    private static UUID batch(Comparison comparison) {
        try {
            return UUID.fromString(comparison.value());
        } catch (IllegalArgumentException e) {
            throw FILTER.invalid("The batch is the id of a job.");
        }
    }

    private static boolean truth(Comparison comparison, String message) {
        return switch (comparison.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw FILTER.invalid(message);
        };
    }
}
