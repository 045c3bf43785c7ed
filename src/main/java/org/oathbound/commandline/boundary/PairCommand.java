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
import picocli.CommandLine.Parameters;

@Command(name = "pair", description = "Gives a token to a person.")
final class PairCommand extends PersonCommand {

    @Parameters(index = "1", paramLabel = "SERIAL", description = "The token's serial number.")
    private String serialNumber = "";

    @Option(
            names = "--activation-required",
            description = "It can't be used before the person has shown a code of it, see activate.")
    private boolean activationRequired;

    @Option(
            names = "--replaces",
            paramLabel = "SERIAL",
            description = "What the person has lost: blocked at once, and gone when the new one is activated.")
    private @Nullable String replaces;

    PairCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        FindByName lookup = new FindByName(client);
        JsonNode person = lookup.person(username());
        ObjectNode fob = JsonNodeFactory.instance
                .objectNode()
                .put("type", "OATH_TOKEN")
                .put("serialNumber", serialNumber)
                .put("status", activationRequired ? "ACTIVATION_REQUIRED" : "ACTIVE");
        if (replaces != null) {
            fob.putObject("replaces").put("id", FindByName.id(lookup.device(person, replaces)));
        }
        JsonNode device = client.post("/users/" + FindByName.id(person) + "/devices", ServiceClient.JSON, fob);
        terminal()
                .print(
                        device,
                        json(),
                        username() + " has " + device.path("serialNumber").asText()
                                + (activationRequired ? "; it waits to be activated." : "."));
        return ExitCode.DONE;
    }
}
