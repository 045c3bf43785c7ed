package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether entries match a filter (RFC 4511 section 4.5.1.7). Unlike the SDK's, it knows three values: what can't be told, for the
 * attribute or the matching rule is unknown or the value is none that the attribute can have, is Undefined, and so is
 * its negation: {@code (memberOf=x)} matches nothing, and {@code (!(memberOf=x))} neither.
 */
public final class FilterMatch {

    /** In this order the conjunction is the least of its parts, and the disjunction the greatest. */
    private enum Truth {
        FALSE,
        UNDEFINED,
        TRUE
    }

    private final Test test;

    private FilterMatch(Test test) {
        this.test = test;
    }

    /** What the filter asks, looked up once for all entries. */
    public static FilterMatch of(Filter filter) {
        return new FilterMatch(test(filter));
    }

    public boolean matches(Entry entry) {
        return test.of(entry) == Truth.TRUE;
    }

    /** One part of a filter. */
    private interface Test {
        Truth of(Entry entry);
    }

    private static Test test(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> and(tests(filter));
            case Filter.FILTER_TYPE_OR -> or(tests(filter));
            case Filter.FILTER_TYPE_NOT -> not(test(filter.getNOTComponent()));
            default -> item(filter);
        };
    }

    private static List<Test> tests(Filter filter) {
        return Stream.of(filter.getComponents()).map(FilterMatch::test).toList();
    }

    private static Test and(List<Test> parts) {
        return entry -> {
            Truth least = Truth.TRUE;
            for (Test part : parts) {
                Truth one = part.of(entry);
                if (one == Truth.FALSE) {
                    return one;
                }
                least = one == Truth.UNDEFINED ? one : least;
            }
            return least;
        };
    }

    private static Test or(List<Test> parts) {
        return entry -> {
            Truth greatest = Truth.FALSE;
            for (Test part : parts) {
                Truth one = part.of(entry);
                if (one == Truth.TRUE) {
                    return one;
                }
                greatest = one == Truth.UNDEFINED ? one : greatest;
            }
            return greatest;
        };
    }

    private static Test not(Test part) {
        return entry -> switch (part.of(entry)) {
            case TRUE -> Truth.FALSE;
            case UNDEFINED -> Truth.UNDEFINED;
            case FALSE -> Truth.TRUE;
        };
    }

    private static Test item(Filter filter) {
        String name = filter.getAttributeName();
        AttributeDescription attribute =
                name == null ? null : AttributeDescription.of(name).orElse(null);
        if (attribute == null) {
            return entry -> Truth.UNDEFINED;
        } else if (filter.getFilterType() == Filter.FILTER_TYPE_PRESENCE) {
            return entry -> attribute.values(entry).isEmpty() ? Truth.FALSE : Truth.TRUE;
        }
        try {
            ValueTest test = valueTest(filter, attribute.type());
            return entry -> any(attribute.values(entry), test)
                            || (filter.getDNAttributes() && any(attribute.valuesInName(entry), test))
                    ? Truth.TRUE
                    : Truth.FALSE;
        } catch (LDAPException e) {
            return entry -> Truth.UNDEFINED;
        }
    }

    private static ValueTest valueTest(Filter filter, AttributeTypeDefinition type) throws LDAPException {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_SUBSTRING -> ValueTest.substring(type, filter);
            case Filter.FILTER_TYPE_GREATER_OR_EQUAL -> ValueTest.ordering(type, filter, difference -> difference >= 0);
            case Filter.FILTER_TYPE_LESS_OR_EQUAL -> ValueTest.ordering(type, filter, difference -> difference <= 0);
            case Filter.FILTER_TYPE_EXTENSIBLE_MATCH -> ValueTest.extensible(type, filter);
            default -> ValueTest.equality(type, filter);
        };
    }

    private static boolean any(List<ASN1OctetString> values, ValueTest test) {
        for (ASN1OctetString value : values) {
            if (matches(test, value)) {
                return true;
            }
        }
        return false;
    }

    /** A stored value that its own rule can't read matches nothing. */
    private static boolean matches(ValueTest test, ASN1OctetString value) {
        try {
            return test.matches(value);
        } catch (LDAPException e) {
            return false;
        }
    }
}
