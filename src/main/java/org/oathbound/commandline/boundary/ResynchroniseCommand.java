package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resynchronise",
        aliases = "resync",
        description = "Finds out where a token is by two codes in a row, each a line of standard input.")
final class ResynchroniseCommand extends ServiceCommand {

    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";

    @Parameters(paramLabel = "SERIAL", description = "The token's serial number.")
    private String serialNumber = "";

    ResynchroniseCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        String tail = "/oathTokens/" + FindByName.id(new FindByName(client).token(serialNumber));
        ObjectNode codes = JsonNodeFactory.instance.objectNode();
        codes.putArray("otps").add(Codes.first(terminal())).add(Codes.next(terminal()));
        JsonNode token = client.post(tail, RESYNC, codes);
        terminal().print(token, json(), serialNumber + " is resynchronised: " + TokenText.factor(token) + ".");
        return ExitCode.DONE;
    }
}
