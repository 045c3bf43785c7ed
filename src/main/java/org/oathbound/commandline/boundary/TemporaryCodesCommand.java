package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "temporary-codes",
        description =
                "Makes codes for a person whose token is lost or left at home, each good once. They are printed this"
                        + " once.")
final class TemporaryCodesCommand extends PersonCommand {

    @Option(
            names = "--codes",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description = "How many: 1 to 10; default: ${DEFAULT-VALUE}.")
    private int codes;

    @Option(
            names = "--valid-for",
            paramLabel = "PERIOD",
            defaultValue = "P1D",
            description = "For how long, such as P3D or PT8H, and P7D at most; default: ${DEFAULT-VALUE}.")
    private Duration validFor = Duration.ZERO;

    @Option(names = "--replaces", paramLabel = "SERIAL", description = "What the person has lost: blocked at once.")
    private @Nullable String replaces;

    TemporaryCodesCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        FindByName lookup = new FindByName(client);
        JsonNode person = lookup.person(username());
        ObjectNode temporary = JsonNodeFactory.instance
                .objectNode()
                .put("type", "TEMPORARY")
                .put("codes", codes)
                .put("validUntil", clock().instant().plus(validFor).toString());
        if (replaces != null) {
            temporary.putObject("replaces").put("id", FindByName.id(lookup.device(person, replaces)));
        }
        JsonNode device = client.post("/users/" + FindByName.id(person) + "/devices", ServiceClient.JSON, temporary);
        if (json()) {
            terminal().print(device);
        } else {
            terminal()
                    .tell("Each is good once, until "
                            + device.path("validUntil").asText() + ":");
            device.path("codes").forEach(code -> terminal().print(code.asText()));
        }
        return ExitCode.DONE;
    }
}
