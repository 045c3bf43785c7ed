package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "add", description = "Adds a person.")
final class PersonAddCommand extends PersonCommand {

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The person's e-mail address.")
    private @Nullable String email;

    @Option(names = "--given", paramLabel = "NAME", description = "The person's given name.")
    private @Nullable String given;

    @Option(names = "--family", paramLabel = "NAME", description = "The person's family name.")
    private @Nullable String family;

    PersonAddCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ObjectNode user = JsonNodeFactory.instance.objectNode().put("username", username());
        if (email != null) {
            user.put("email", email);
        }
        if (given != null) {
            user.withObject("/name").put("given", given);
        }
        if (family != null) {
            user.withObject("/name").put("family", family);
        }
        JsonNode person = client().post("/users", ServiceClient.JSON, user);
        terminal()
                .print(
                        person,
                        json(),
                        person.path("username").asText() + " is there, with the id " + FindByName.id(person) + ".");
        return ExitCode.DONE;
    }
}
