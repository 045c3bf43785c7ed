package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.oathbound.commandline.entity.ExitCode;

/** Finds by the names that people use what the service knows by its id. */
public final class FindByName {

    private static final Set<String> ACTORS = Set.of("service", "anonymous");

    private final ServiceClient client;

    public FindByName(ServiceClient client) {
        this.client = client;
    }

    /** A token with its devices; {@link Failure} when there is none of this serial number. */
    public JsonNode token(String serialNumber) {
        return only("/oathTokens?expand=devices&filter=", "oathTokens", condition("serialNumber eq ", serialNumber))
                .orElseThrow(() -> missing("There is no token with the serial number " + serialNumber + "."));
    }

    /** Of a person by user name; an id is itself. */
    public String personId(String name) {
        return isId(name) ? name : id(person(name));
    }

    /** Of a token by serial number; an id is itself. */
    public String tokenId(String serialNumber) {
        return isId(serialNumber) ? serialNumber : id(token(serialNumber));
    }

    /** An actor of the audit's lines: as it stands there, or by a person's user name or, if nobody has it, an application's name. */
    public String actor(String name) {
        if (name.contains(":") || ACTORS.contains(name)) {
            return name;
        }
        Optional<JsonNode> person = only("/users?filter=", "users", condition("username eq ", name));
        return person.map(found -> "person:" + id(found)).orElseGet(() -> "application:" + id(application(name)));
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }

    /** Who has the token of this serial number; nobody where no token can have it. */
    public List<JsonNode> holders(String serialNumber) {
        if (!serialNumber.strip().matches("[0-9A-Za-z]([-.:_0-9A-Za-z]{0,48}[0-9A-Za-z])?")) {
            return List.of();
        }
        List<JsonNode> people = new ArrayList<>();
        only("/oathTokens?expand=devices&filter=", "oathTokens", condition("serialNumber eq ", serialNumber))
                .ifPresent(token -> token.path("devices")
                        .forEach(device -> people.add(
                                client.get("/users/" + device.at("/user/id").asText()))));
        return people;
    }

    /** A person; {@link Failure} when there is none of this user name. */
    public JsonNode person(String username) {
        return only("/users?filter=", "users", condition("username eq ", username))
                .orElseThrow(() -> missing("There is nobody with the user name " + username + "."));
    }

    /** An application by its name or id; {@link Failure} when there is none, or several have the name. */
    public JsonNode application(String nameOrId) {
        return named(client, "/applications?limit=200", "applications", "application", nameOrId);
    }

    /** An environment by its name or id; {@link Failure} when there is none, or several have the name. */
    public JsonNode environment(String nameOrId) {
        return named(client.atEnvironments(), "", "environments", "environment", nameOrId);
    }

    private static JsonNode named(ServiceClient client, String tail, String list, String what, String nameOrId) {
        List<JsonNode> found = new ArrayList<>();
        client.list(tail, list, true, one -> {
            if (id(one).equalsIgnoreCase(nameOrId) || one.path("name").asText().equals(nameOrId)) {
                found.add(one);
            }
        });
        if (found.isEmpty()) {
            throw missing("There is no " + what + " with the name or id " + nameOrId + ".");
        }
        if (found.size() > 1) {
            throw missing("There are " + found.size() + " of the name " + nameOrId + ": name one by its id, of "
                    + found.stream().map(FindByName::id).collect(Collectors.joining(", ")) + ".");
        }
        return found.getFirst();
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
        throw missing(person.path("username").asText() + " has no device with the serial number or id "
                + serialNumberOrId + ".");
    }

    /** An object's id. */
    public static String id(JsonNode object) {
        return object.path("id").asText();
    }

    /** An object as others refer to it. */
    public static Map<String, String> reference(JsonNode object) {
        return Map.of("id", id(object));
    }

    /** A comparison with a text as it stands in a filter. */
    public static String condition(String attributeAndOperator, Object value) {
        String text = value.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        return attributeAndOperator + '"' + text + '"';
    }

    private Optional<JsonNode> only(String tail, String name, String filter) {
        JsonNode list = client.get(tail + ServiceClient.encoded(filter));
        JsonNode found = list.path("_embedded").path(name).path(0);
        return found.isMissingNode() ? Optional.empty() : Optional.of(found);
    }

    private static Failure missing(String message) {
        return new Failure(ExitCode.FAILED, message);
    }
}
