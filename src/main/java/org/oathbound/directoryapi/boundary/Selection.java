package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.Attribute;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Which attributes of an entry are wanted. {@code *} stands for all that are no operational ones, {@code
 * _operationalAttributes} for those. What is excluded is left out, whatever includes it.
 */
record Selection(Set<String> included, Set<String> excluded) {

    private static final String USER = "*";
    private static final String OPERATIONAL = "_operationalattributes";
    private static final int MAX_CHARACTERS = 10_000;

    /**
     * Reads the two lists of names, with commas in between; null for none.
     *
     * @throws Problem.InvalidRequest when one attribute stands in both
     */
    static Selection of(@Nullable String includeAttributes, @Nullable String excludeAttributes) {
        Set<String> included = includeAttributes == null ? Set.of(USER) : names("includeAttributes", includeAttributes);
        Set<String> excluded = excludeAttributes == null ? Set.of() : names("excludeAttributes", excludeAttributes);
        if (includeAttributes != null && included.stream().anyMatch(excluded::contains)) {
            throw invalid("excludeAttributes", "An attribute can't be included and excluded.");
        }
        return new Selection(included, excluded);
    }

    boolean wants(Attribute attribute) {
        String name = HiddenAttributes.canonical(Attribute.getBaseName(attribute.getName()));
        String alias = AttributeValues.isOperational(attribute) ? OPERATIONAL : USER;
        return Stream.of(name, alias).anyMatch(included::contains)
                && Stream.of(name, alias).noneMatch(excluded::contains);
    }

    private static Set<String> names(String parameter, String list) {
        if (list.length() > MAX_CHARACTERS) {
            throw invalid(parameter, "The list is longer than " + MAX_CHARACTERS + " characters.");
        }
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(HiddenAttributes::canonical)
                .collect(Collectors.toSet());
    }

    private static Problem.InvalidRequest invalid(String parameter, String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_PARAMETER, parameter, message);
    }
}
