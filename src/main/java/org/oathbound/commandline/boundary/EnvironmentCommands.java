package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Environments, which only an application of the first one sees. */
final class EnvironmentCommands {

    private EnvironmentCommands() {}

    @Command(name = "environments", description = "Lists environments. For applications of the first environment.")
    static void environments(@Mixin ServiceOptions service) {
        service.printList(
                service.client().atEnvironments(),
                "",
                "environments",
                true,
                new String[] {"NAME", "ID"},
                one -> List.of(one.path("name").asText(), FindByName.id(one)));
    }

    @Command(
            name = "add",
            description = "Adds an environment, and prints the credentials of its first application this once, as lines"
                    + " that --credentials takes.")
    static void add(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
            @Mixin OutputOption output)
            throws IOException {
        NewCredentials.write(service, output, () -> {
            JsonNode made = service.client().atEnvironments().post("", ServiceClient.JSON, Map.of("name", name));
            JsonNode first = made.path("application");
            return new NewCredentials(
                    FindByName.id(made),
                    FindByName.id(first),
                    first.path("secret").asText(),
                    made);
        });
    }

    @Command(
            name = "delete",
            description = "Deletes an environment that has no people, no tokens and no unfinished jobs, with its"
                    + " applications and settings.")
    static void delete(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "NAME", description = "The environment's name, or its id.") String name) {
        String id = FindByName.id(service.find().environment(name));
        service.client().atEnvironments().delete("/" + id);
        service.print(JsonNodeFactory.instance.objectNode().put("deleted", true), name + " is deleted.");
    }
}
