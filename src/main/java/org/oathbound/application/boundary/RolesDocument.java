package org.oathbound.application.boundary;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oathbound.application.entity.Role;
import org.oathbound.http.JsonFields;
import org.oathbound.http.JsonMember;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Roles by their titles, as {@code "roles":["Help Desk"]}; none is an empty list. */
final class RolesDocument {

    static final String ROLES = "roles";

    private RolesDocument() {}

    /** The roles of a document that has nothing else; {@link Problem.InvalidData} with every fault. */
    static Set<Role> read(JsonObject body) {
        return JsonFields.read(body, fields -> roles(fields, fields.required(ROLES)));
    }

    /** None where the member is absent. */
    static Set<Role> roles(JsonFields fields, JsonMember member) {
        List<String> titles = Objects.requireNonNullElse(member.texts(Role.values().length), List.of());
        if (titles.stream().anyMatch(title -> Role.titled(title).isEmpty())) {
            List<String> allowed = Stream.of(Role.values()).map(Role::title).toList();
            fields.faults()
                    .add(
                            DetailCode.INVALID_VALUE,
                            ROLES,
                            "Each role must be one of " + allowed + ".",
                            Map.of("allowedValues", allowed));
        }
        return titles.stream().map(Role::titled).flatMap(Optional::stream).collect(Collectors.toSet());
    }
}
