package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.oathbound.commandline.entity.ExitCode;

/** Finds by the names that people use what the service knows by its id. */
public final class FindByName {

    private final ServiceClient client;

    public FindByName(ServiceClient client) {
        this.client = client;
    }

    /** A token with its devices; {@link Failure} when there is none of this serial number. */
    public JsonNode token(String serialNumber) {
        String filter = "serialNumber eq " + ServiceClient.quoted(serialNumber);
        return only(
                client.get("/oathTokens?expand=devices&filter=" + ServiceClient.encoded(filter)),
                "oathTokens",
                "There is no token with the serial number " + serialNumber + ".");
    }

    /** A person; {@link Failure} when there is none of this user name. */
    public JsonNode person(String username) {
        String filter = "username eq " + ServiceClient.quoted(username);
        return only(
                client.get("/users?filter=" + ServiceClient.encoded(filter)),
                "users",
                "There is nobody with the user name " + username + ".");
    }

    /** All that a person has. */
    public JsonNode devices(JsonNode person) {
        return client.get("/users/" + id(person) + "/devices").at("/_embedded/devices");
    }

    /** What a person has of a serial number, or of an id for what has none; {@link Failure} when it is nothing. */
    public JsonNode device(JsonNode person, String serialNumberOrId) {
        for (JsonNode device : devices(person)) {
            if (device.path("serialNumber").asText().equalsIgnoreCase(serialNumberOrId.strip())
                    || id(device).equalsIgnoreCase(serialNumberOrId.strip())) {
                return device;
            }
        }
        throw new Failure(
                ExitCode.FAILED,
                person.path("username").asText() + " has no device with the serial number or id " + serialNumberOrId
                        + ".");
    }

    /** An object's id. */
    public static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static JsonNode only(JsonNode list, String name, String otherwise) {
        JsonNode found = list.path("_embedded").path(name).path(0);
        if (found.isMissingNode()) {
            throw new Failure(ExitCode.FAILED, otherwise);
        }
        return found;
    }
}
