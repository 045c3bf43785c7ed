package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "unlock", description = "Ends the lock that wrong codes have led to.")
final class UnlockCommand extends DeviceCommand {

    private static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";

    UnlockCommand(CommandContext context) {
        super(context);
    }

    @Override
    int call(ServiceClient client, String tail) {
        terminal()
                .print(
                        client.post(tail, UNLOCK, JsonNodeFactory.instance.objectNode()),
                        json(),
                        name() + " is unlocked.");
        return ExitCode.DONE;
    }
}
