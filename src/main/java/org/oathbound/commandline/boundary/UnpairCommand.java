package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "unpair",
        description = "Takes a token back from a person: it is in stock again, and goes on where it is.")
final class UnpairCommand extends DeviceCommand {

    UnpairCommand(CommandContext context) {
        super(context);
    }

    @Override
    int call(ServiceClient client, String tail) {
        client.delete(tail);
        terminal().print(JsonNodeFactory.instance.objectNode().put("unpaired", true), json(), name() + " is gone.");
        return ExitCode.DONE;
    }
}
