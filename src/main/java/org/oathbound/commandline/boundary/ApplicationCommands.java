package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applications: who asks the service, with which roles. */
final class ApplicationCommands {

    private static final int LIMIT = 200;
    private static final String[] HEADS = {"NAME", "ID", "ENABLED", "TYPE", "ROLES"};
    private static final List<String> REPLACED =
            List.of("name", "enabled", "tokenEndpointAuthMethod", "redirectUris", "roles");

    private ApplicationCommands() {}

    @Command(name = "applications", description = "Lists applications.")
    static void applications(
            @Mixin ServiceOptions service,
            @Option(names = "--all", description = "All of them, not the first " + LIMIT + " only.") boolean all) {
        service.printList("/applications?limit=" + LIMIT, "applications", all, HEADS, ApplicationCommands::cells);
    }

    @Command(name = "show", description = "Shows an application.")
    static void show(@Mixin ApplicationArgument named) {
        JsonNode application = named.application();
        List<List<String>> rows = List.of(cells(application));
        named.print(application, String.join("\n", Table.of(HEADS).with(rows).lines()));
    }

    @Command(
            name = "add",
            description =
                    "Adds an application, and prints its credentials this once, as lines that --credentials takes.")
    static void add(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
            @Option(names = "--role", paramLabel = "ROLE", description = "What it may do by itself; repeatable.")
                    @Nullable
                    List<String> roles,
            @Option(
                            names = "--redirect-uri",
                            paramLabel = "URI",
                            description = "Where it waits for people who have signed in; repeatable.")
                    @Nullable
                    List<String> redirectUris,
            @Option(
                            names = "--public",
                            description =
                                    "A program on people's own machines, which can't keep a secret, and has none.")
                    boolean isPublic,
            @Mixin OutputOption output)
            throws IOException {
        Map<String, Object> application = new LinkedHashMap<>(Map.of("name", name));
        if (roles != null) {
            application.put("roles", roles);
        }
        if (redirectUris != null) {
            application.put("redirectUris", redirectUris);
        }
        if (isPublic) {
            application.put("tokenEndpointAuthMethod", "NONE");
        }
        NewCredentials.write(service, output, () -> {
            JsonNode made = service.client().post("/applications", ServiceClient.JSON, application);
            return credentials(service, FindByName.id(made), made);
        });
    }

    @Command(
            name = "secret",
            description =
                    "Makes another secret, and prints the credentials this once. The secret before is taken for 24"
                            + " hours more.")
    static void secret(
            @Mixin ApplicationArgument named,
            @Option(names = "--stolen", description = "The secret before ends at once.") boolean stolen,
            @Mixin OutputOption output)
            throws IOException {
        String id = FindByName.id(named.application());
        Map<String, ?> body = stolen ? Map.of("previous", Map.of("expiresAt", Instant.EPOCH.toString())) : Map.of();
        NewCredentials.write(named, output, () -> {
            JsonNode made = named.client().post("/applications/" + id + "/secret", ServiceClient.JSON, body);
            return credentials(named, id, made);
        });
    }

    @Command(name = "roles", description = "Shows what an application may do by itself, and gives and takes roles.")
    static void roles(@Mixin ApplicationArgument named, @Mixin RoleChange change) {
        JsonNode application = named.application();
        if (change.isGiven()) {
            ObjectNode changed = JsonNodeFactory.instance.objectNode();
            REPLACED.forEach(member -> changed.set(member, application.path(member)));
            changed.set("roles", change.of(named.name(), application.path("roles")));
            String tail = "/applications/" + FindByName.id(application);
            RoleChange.print(named, named.client().put(tail, ServiceClient.JSON, changed));
        } else {
            RoleChange.print(named, application);
        }
    }

    @Command(name = "delete", description = "Deletes an application: its access tokens are refused from then on.")
    static void delete(@Mixin ApplicationArgument named) {
        named.client().delete("/applications/" + FindByName.id(named.application()));
        named.print(JsonNodeFactory.instance.objectNode().put("deleted", true), named.name() + " is deleted.");
    }

    private static NewCredentials credentials(ServiceOptions service, String client, JsonNode answer) {
        String environment = service.client().environment().toString();
        return new NewCredentials(environment, client, answer.path("secret").asText(), answer);
    }

    private static List<String> cells(JsonNode application) {
        List<String> roles = new ArrayList<>();
        application.path("roles").forEach(role -> roles.add(role.asText()));
        return List.of(
                application.path("name").asText(),
                FindByName.id(application),
                application.path("enabled").asBoolean() ? "yes" : "no",
                application.path("type").asText(),
                String.join(", ", roles));
    }
}
