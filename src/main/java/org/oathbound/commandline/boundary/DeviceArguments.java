package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import org.oathbound.commandline.control.FindByName;
import picocli.CommandLine.Parameters;

/** The device that a command is about, and the person who has it. */
final class DeviceArguments extends PersonArgument {

    @Parameters(
            index = "1",
            paramLabel = "SERIAL",
            description = "The token's serial number; the device's id for what has none.")
    private String serialNumber = "";

    DeviceArguments(CommandContext context) {
        super(context);
    }

    /** The device's URL behind that of the environment. */
    String tail() {
        JsonNode person = person();
        return tail(person, find().device(person, serialNumber));
    }

    static String tail(JsonNode person, JsonNode device) {
        return "/users/" + FindByName.id(person) + "/devices/" + FindByName.id(device);
    }

    /** How a person calls it. */
    String name() {
        return name(username(), serialNumber);
    }

    static String name(String username, String serialNumber) {
        return username + "'s device " + serialNumber;
    }
}
