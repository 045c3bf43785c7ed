package org.oathbound.problem;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One fault of a request.
 *
 * @param code what kind of fault
 * @param target the field it is about, as a client spells it, such as {@code totp.timeStep}; null for the whole
 * @param message what is wrong and what would be right
 * @param innerError facts for programs, such as {@code maximumValue}; in the order of their names
 */
public record Detail(DetailCode code, @Nullable String target, String message, Map<String, Object> innerError) {

    public Detail {
        innerError = new TreeMap<>(innerError);
    }

    public Detail(DetailCode code, @Nullable String target, String message) {
        this(code, target, message, Map.of());
    }
}
