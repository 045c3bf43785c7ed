package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What changes in a person's life: a name, a password, roles, and the end. */
final class PersonChangeCommands {

    private static final String SET_PASSWORD = "application/vnd.pingidentity.password.set+json";

    private PersonChangeCommands() {}

    @Command(
            name = "edit",
            description = "Changes what is known of a person. What no option names stays; an empty text removes it.")
    static void edit(
            @Mixin PersonArgument named,
            @Option(names = "--username", paramLabel = "NAME", description = "Another user name.") @Nullable
                    String username,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "The person's e-mail address.") @Nullable
                    String email,
            @Option(names = "--given", paramLabel = "NAME", description = "The person's given name.") @Nullable
                    String given,
            @Option(names = "--family", paramLabel = "NAME", description = "The person's family name.") @Nullable
                    String family) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        put(changes, "username", username);
        put(changes, "email", email);
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        put(name, "given", given);
        put(name, "family", family);
        if (!name.isEmpty()) {
            changes.set("name", name);
        }
        if (changes.isEmpty()) {
            throw Failure.usage("Say what is to change: --username, --email, --given or --family.");
        }
        JsonNode person = named.client().patch(tail(named), changes);
        named.print(person, person.path("username").asText() + " is changed.");
    }

    private static void put(ObjectNode changes, String member, @Nullable String value) {
        if (value != null) {
            changes.put(member, value.isEmpty() ? null : value);
        }
    }

    @Command(
            name = "password",
            description =
                    "Sets a person's password: asked for twice at a terminal, else the first line of standard input."
                            + " A lock that wrong passwords have led to is over then.")
    static void password(@Mixin PersonArgument named) {
        String tail = tail(named) + "/password";
        ObjectNode password = JsonNodeFactory.instance
                .objectNode()
                .put("value", named.terminal().readNewSecret("New password"));
        named.print(named.client().put(tail, SET_PASSWORD, password), named.username() + " has the new password.");
    }

    @Command(
            name = "roles",
            description =
                    "Shows what a person may do who has signed in, and gives and takes roles. A person whose roles"
                            + " are changed signs in anew to use them.")
    static void roles(@Mixin PersonArgument named, @Mixin RoleChange change) {
        String tail = tail(named) + "/roles";
        ServiceClient client = named.client();
        JsonNode holds = client.get(tail);
        if (change.isGiven()) {
            ObjectNode roles = JsonNodeFactory.instance.objectNode();
            roles.set("roles", change.of(named.username(), holds.path("roles")));
            holds = client.put(tail, ServiceClient.JSON, roles);
        }
        RoleChange.print(named, holds);
    }

    @Command(
            name = "delete",
            description = "Deletes a person at once. What was paired with the person is in stock again.")
    static void delete(@Mixin PersonArgument named) {
        named.client().delete(tail(named));
        named.print(JsonNodeFactory.instance.objectNode().put("deleted", true), named.username() + " is deleted.");
    }

    private static String tail(PersonArgument named) {
        return "/users/" + FindByName.id(named.person());
    }
}
