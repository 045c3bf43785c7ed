package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Roles that are given and taken; the others stay. */
@Command
final class RoleChange {

    @Option(names = "--give", paramLabel = "ROLE", description = "A role to give, such as 'Help Desk'; repeatable.")
    private List<String> given = new ArrayList<>();

    @Option(names = "--take", paramLabel = "ROLE", description = "A role to take away; repeatable.")
    private List<String> taken = new ArrayList<>();

    boolean isGiven() {
        return !given.isEmpty() || !taken.isEmpty();
    }

    /**
     * The roles afterwards; {@link Failure} where one is to be taken that is not held.
     *
     * @param holder as messages name it
     */
    ArrayNode of(String holder, JsonNode held) {
        List<String> roles = new ArrayList<>();
        held.forEach(role -> roles.add(role.asText()));
        for (String role : taken) {
            if (!roles.removeIf(role::equalsIgnoreCase)) {
                throw new Failure(ExitCode.FAILED, holder + " does not hold the role " + role + ".");
            }
        }
        for (String role : given) {
            if (roles.stream().noneMatch(role::equalsIgnoreCase)) {
                roles.add(role);
            }
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        roles.forEach(all::add);
        return all;
    }

    /** A line for each role that somebody holds. */
    static void print(ServiceOptions service, JsonNode holder) {
        if (service.json()) {
            service.terminal().print(holder);
            return;
        }
        holder.path("roles").forEach(role -> service.terminal().print(role.asText()));
    }
}
