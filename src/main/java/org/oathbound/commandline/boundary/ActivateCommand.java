package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.oathbound.commandline.control.Refusal;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "activate",
        description = "Activates what a person has, by a code of it from standard input; by the next one too, where the"
                + " first is far ahead.")
final class ActivateCommand extends DeviceCommand {

    private static final String ACTIVATE = "application/vnd.pingidentity.device.activate+json";

    ActivateCommand(CommandContext context) {
        super(context);
    }

    @Override
    int call(ServiceClient client, String tail) {
        JsonNode device;
        try {
            device = send(client, tail, Codes.first(terminal()));
        } catch (Refusal refusal) {
            if (!refusal.has(Codes.NEXT_NEEDED)) {
                throw refusal;
            }
            device = send(client, tail, Codes.next(terminal()));
        }
        terminal().print(device, json(), name() + " is activated.");
        return ExitCode.DONE;
    }

    private static JsonNode send(ServiceClient client, String tail, String code) {
        return client.post(
                tail,
                ACTIVATE,
                JsonNodeFactory.instance.objectNode().put("otp", code).put("oathResync", true));
    }
}
