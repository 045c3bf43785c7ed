package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import org.oathbound.commandline.control.Client;
import org.oathbound.commandline.control.Lookup;
import picocli.CommandLine.Parameters;

/** A command about something that a person has. */
abstract class DeviceCommand extends PersonCommand {

    @Parameters(
            index = "1",
            paramLabel = "SERIAL",
            description = "The token's serial number; the device's id for what has none.")
    private String serialNumber = "";

    DeviceCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public final Integer call() {
        Client client = client();
        Lookup lookup = new Lookup(client);
        JsonNode person = lookup.person(username());
        JsonNode device = lookup.device(person, serialNumber);
        return call(client, "/users/" + Lookup.id(person) + "/devices/" + Lookup.id(device));
    }

    /** Does it; the exit code. */
    abstract int call(Client client, String tail);

    /** How a person calls it. */
    String name() {
        return username() + "'s device " + serialNumber;
    }
}
