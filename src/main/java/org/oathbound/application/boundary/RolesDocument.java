package org.oathbound.application.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Role;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/** Roles by their titles, as {@code "roles":["Help Desk"]}; none is an empty list. */
final class RolesDocument {

    static final String ROLES = "roles";

    private RolesDocument() {}

    /** The roles of a document that has nothing else; {@link Problem.InvalidData} with every fault. */
    static Set<Role> read(JsonObject body) {
        List<Detail> faults = new ArrayList<>();
        Set<Role> roles = roles(new Fields(body, "", faults));
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return roles;
    }

    /** The member, which must be there. */
    static Set<Role> roles(Fields fields) {
        @Nullable List<String> titles = fields.requiredTexts(ROLES, Role.values().length);
        if (titles == null) {
            return Set.of();
        }
        if (titles.stream().anyMatch(title -> Role.titled(title).isEmpty())) {
            List<String> allowed = Stream.of(Role.values()).map(Role::title).toList();
            fields.fault(
                    DetailCode.INVALID_VALUE,
                    ROLES,
                    "Each role must be one of " + allowed + ".",
                    Map.of("allowedValues", allowed));
        }
        return titles.stream().map(Role::titled).flatMap(Optional::stream).collect(Collectors.toSet());
    }
}
