package org.oathbound.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The part of SCIM's filters (RFC 7644 section 3.4.2.2) that a list supports: comparisons with texts or truth values,
 * joined by {@code and} and parentheses.
 */
public final class ScimFilter {

    private static final int MAX_CHARACTERS = 1_000;
    private static final int MAX_DEPTH = 10;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Map<String, Set<FilterType>> supported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Set<String> truthValues;

    /**
     * @param supported the attributes that a list can be filtered by, and by which operators each
     * @param truthValues those of them that are compared with {@code true} or {@code false}; the others with texts
     */
    public ScimFilter(Map<String, Set<FilterType>> supported, String... truthValues) {
        this.supported.putAll(supported);
        this.truthValues = Set.of(truthValues);
    }

    /**
     * One comparison of the filter.
     *
     * @param attribute as the list spells it
     */
    public record Comparison(String attribute, FilterType operator, String value) {}

    /**
     * Reads the query parameter {@code filter}: all of these comparisons must hold. None for null.
     * {@link Problem.InvalidRequest} for everything that the list does not support.
     */
    public List<Comparison> parse(@Nullable String filter) {
        List<Comparison> comparisons = new ArrayList<>();
        if (filter != null) {
            if (filter.length() > MAX_CHARACTERS) {
                throw invalid("The filter is longer than " + MAX_CHARACTERS + " characters.");
            }
            collect(parsed(filter), 1, comparisons);
        }
        return comparisons;
    }

    private Filter parsed(String filter) {
        try {
            return Filter.fromString(filter);
        } catch (BadRequestException | RuntimeException e) { // what the parser throws is not all declared
            throw invalid("The filter can't be read.");
        }
    }

    private void collect(Filter filter, int depth, List<Comparison> comparisons) {
        if (depth > MAX_DEPTH) {
            throw invalid("The filter is deeper than " + MAX_DEPTH + " levels.");
        }
        if (filter.getFilterType() == FilterType.AND) {
            filter.getCombinedFilters().forEach(part -> collect(part, depth + 1, comparisons));
        } else {
            comparisons.add(comparison(filter));
        }
    }

    private Comparison comparison(Filter filter) {
        JsonNode value = filter.isComparisonFilter() ? filter.getComparisonValue() : null;
        if (value == null) {
            throw invalid("The filter must compare attributes, joined by \"and\".");
        }
        String name = filter.getAttributePath().toString();
        Set<FilterType> operators = supported.get(name);
        if (operators == null || !operators.contains(filter.getFilterType())) {
            throw invalid("The filter compares an attribute, or uses an operator, that is not supported.");
        }
        String attribute = spelling(name);
        if (truthValues.contains(attribute) ? !value.isBoolean() : !value.isTextual()) {
            throw invalid("The filter compares with a value of another type than the attribute has.");
        }
        return new Comparison(attribute, filter.getFilterType(), value.asText());
    }

    private String spelling(String name) {
        return supported.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    /** The time that a comparison names, from 1970 to 9999; {@link Problem.InvalidRequest} when it is none. */
    public Instant instant(Comparison comparison) {
        try {
            Instant instant = Instant.parse(comparison.value());
            if (instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Answered below, in the words of the API.
        }
        throw invalid("A time must be like \"2030-12-31T00:00:00.000Z\".");
    }

    /** The answer to a filter that is not understood, or compares with what can't be. */
    public Problem.InvalidRequest invalid(String message) {
        List<String> operators = supported.values().stream()
                .flatMap(Set::stream)
                .map(FilterType::getStringValue)
                .distinct()
                .sorted()
                .toList();
        return new Problem.InvalidRequest(new Detail(
                DetailCode.INVALID_FILTER,
                "filter",
                message,
                Map.of("supportedAttributes", List.copyOf(supported.keySet()), "supportedOperators", operators)));
    }
}
