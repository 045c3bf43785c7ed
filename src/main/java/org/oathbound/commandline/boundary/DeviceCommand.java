package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Parameters;

/** A command about something that a person has. */
abstract class DeviceCommand extends PersonCommand {

    @Parameters(
            index = "1",
            paramLabel = "SERIAL",
            description = "The token's serial number; the device's id for what has none.")
    private String serialNumber = "";

    DeviceCommand(CommandContext context) {
        super(context);
    }

    @Override
    public final Integer call() {
        ServiceClient client = client();
        FindByName lookup = new FindByName(client);
        JsonNode person = lookup.person(username());
        JsonNode device = lookup.device(person, serialNumber);
        return call(client, "/users/" + FindByName.id(person) + "/devices/" + FindByName.id(device));
    }

    /** Does it; the exit code. */
    abstract int call(ServiceClient client, String tail);

    /** How a person calls it. */
    String name() {
        return username() + "'s device " + serialNumber;
    }
}
