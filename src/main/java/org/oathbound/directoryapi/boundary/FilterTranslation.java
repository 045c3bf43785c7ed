package org.oathbound.directoryapi.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.filters.FilterType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Ldif;
import org.oathbound.http.ScimExpression;
import org.oathbound.problem.Problem;

/**
 * A SCIM filter in LDAP's terms (RFC 4515). Its attributes are LDAP's, by any of their names; one that an entry does not have
 * does not match. A moment is written as in answers.
 */
final class FilterTranslation {

    private static final int MAX_DEPTH = 20;

    /** Each is held against every entry. */
    private static final int MAX_PARTS = 1_000;

    private int parts;

    private FilterTranslation() {}

    /**
     * The filter that the text means.
     *
     * @throws Problem.InvalidRequest when it means none, or is too deep or has too many parts
     * @throws Problem.Forbidden when it asks about an attribute that is never shown
     */
    static Filter of(String text) {
        return new FilterTranslation().translated(ScimExpression.parse(text), 1);
    }

    private Filter translated(com.unboundid.scim2.common.filters.Filter filter, int depth) {
        if (depth > MAX_DEPTH || ++parts > MAX_PARTS) {
            throw ScimExpression.invalid(
                    "The filter is deeper than " + MAX_DEPTH + " levels, or has more than " + MAX_PARTS + " parts.");
        }
        FilterType type = filter.getFilterType();
        if (type == FilterType.AND || type == FilterType.OR) {
            List<Filter> all = new ArrayList<>();
            collect(filter, type, depth, all);
            return type == FilterType.AND ? Filter.createANDFilter(all) : Filter.createORFilter(all);
        } else if (type == FilterType.NOT) {
            return Filter.createNOTFilter(translated(filter.getInvertedFilter(), depth + 1));
        } else if (type == FilterType.PRESENT) {
            return Filter.createPresenceFilter(attribute(filter.getAttributePath()));
        } else if (filter.isComparisonFilter()) {
            return comparison(type, attribute(filter.getAttributePath()), filter.getComparisonValue());
        }
        throw ScimExpression.invalid("The filter must compare attributes, none of which has parts of its own.");
    }

    /** A chain of one kind is one level, however long. */
    private void collect(
            com.unboundid.scim2.common.filters.Filter filter, FilterType type, int depth, List<Filter> all) {
        for (com.unboundid.scim2.common.filters.Filter part : filter.getCombinedFilters()) {
            if (part.getFilterType() == type) {
                collect(part, type, depth, all);
            } else {
                all.add(translated(part, depth + 1));
            }
        }
    }

    private static Filter comparison(FilterType type, String attribute, JsonNode value) {
        if (value.isNull() && (type == FilterType.EQUAL || type == FilterType.NOT_EQUAL)) {
            Filter present = Filter.createPresenceFilter(attribute);
            return type == FilterType.EQUAL ? Filter.createNOTFilter(present) : present;
        }
        if (!value.isValueNode() || value.isNull()) {
            throw ScimExpression.invalid("The filter compares with what is no text, number or truth value.");
        }
        String text = value(attribute, value);
        Filter equal = Filter.createEqualityFilter(attribute, text);
        return switch (type.getStringValue()) {
            case "eq" -> equal;
            case "ne" -> Filter.createNOTFilter(equal);
            case "co" -> Filter.createSubstringFilter(attribute, null, new String[] {text}, null);
            case "sw" -> Filter.createSubstringFilter(attribute, text, null, null);
            case "ew" -> Filter.createSubstringFilter(attribute, null, null, text);
            case "ge" -> Filter.createGreaterOrEqualFilter(attribute, text);
            case "le" -> Filter.createLessOrEqualFilter(attribute, text);
            case "gt" ->
                Filter.createANDFilter(
                        Filter.createGreaterOrEqualFilter(attribute, text), Filter.createNOTFilter(equal));
            case "lt" ->
                Filter.createANDFilter(Filter.createLessOrEqualFilter(attribute, text), Filter.createNOTFilter(equal));
            default -> throw ScimExpression.invalid("The filter uses an operator that is not supported.");
        };
    }

    private static String value(String attribute, JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "TRUE" : "FALSE";
        }
        AttributeTypeDefinition type = Ldif.schema().getAttributeType(attribute);
        if (type == null || !AttributeValues.isTime(type)) {
            return value.asText();
        }
        try {
            return GeneralizedTime.of(Instant.parse(value.asText()));
        } catch (DateTimeException e) {
            return value.asText(); // as LDAP writes it, or a part of that
        }
    }

    private static String attribute(Path path) {
        if (path.size() != 1
                || path.getSchemaUrn() != null
                || path.getElement(0).getValueFilter() != null) {
            throw ScimExpression.invalid("The filter names an attribute that LDAP can't have.");
        }
        String name = path.getElement(0).getAttribute();
        HiddenAttributes.refuse(name);
        return name;
    }
}
