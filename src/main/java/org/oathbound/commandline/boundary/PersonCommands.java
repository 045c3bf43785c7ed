package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** People, and what they have. */
final class PersonCommands {

    private static final String UNLOCK = "application/vnd.pingidentity.account.unlock+json";
    private static final int LIMIT = 200;
    private static final List<String> PARTS = List.of("username", "name.given", "name.family", "email");
    private static final String[] HEADS = {"USER NAME", "NAME", "E-MAIL", "CODE REQUIRED", "PASSWORD"};
    private static final String[] DEVICE_HEADS = {"DEVICE", "TYPE", "SERIAL NUMBER", "STATUS", "NICKNAME", "CODES LEFT"
    };

    private PersonCommands() {}

    @Command(name = "people", description = "Lists people.")
    static void people(
            @Mixin ServiceOptions service,
            @Option(
                            names = "--username-begins-with",
                            paramLabel = "TEXT",
                            description = "Those whose user names begin so.")
                    @Nullable
                    String beginsWith,
            @Option(names = "--all", description = "All of them, not the first " + LIMIT + " only.") boolean all) {
        String filter = beginsWith == null
                ? ""
                : "&filter=" + ServiceClient.encoded(FindByName.condition("username sw ", beginsWith));
        service.printList("/users?limit=" + LIMIT + filter, "users", all, HEADS, PersonCommands::cells);
    }

    @Command(name = "add", description = "Adds a person.")
    static void add(
            @Mixin PersonArgument named,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "The person's e-mail address.") @Nullable
                    String email,
            @Option(names = "--given", paramLabel = "NAME", description = "The person's given name.") @Nullable
                    String given,
            @Option(names = "--family", paramLabel = "NAME", description = "The person's family name.") @Nullable
                    String family) {
        Map<String, Object> user = new HashMap<>(Map.of("username", named.username()));
        if (email != null) {
            user.put("email", email);
        }
        Map<String, String> name = new HashMap<>();
        if (given != null) {
            name.put("given", given);
        }
        if (family != null) {
            name.put("family", family);
        }
        if (!name.isEmpty()) {
            user.put("name", name);
        }
        JsonNode person = named.client().post("/users", ServiceClient.JSON, user);
        named.print(person, person.path("username").asText() + " is there, with the id " + FindByName.id(person) + ".");
    }

    @Command(
            name = "find",
            description = "Finds people by a part of their user name, given or family name or e-mail address, or by the"
                    + " serial number of what they have.")
    static void find(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "TEXT", description = "The part, or the whole serial number.") String text) {
        ServiceClient client = service.client();
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (String attribute : PARTS) {
            String filter = ServiceClient.encoded(FindByName.condition(attribute + " co ", text));
            client.list(
                    "/users?limit=" + LIMIT + "&filter=" + filter,
                    "users",
                    false,
                    person -> found.putIfAbsent(FindByName.id(person), person));
        }
        service.find().holders(text).forEach(person -> found.putIfAbsent(FindByName.id(person), person));
        if (service.json()) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.putObject("_embedded").putArray("users").addAll(found.values());
            service.terminal().print(whole.put("size", found.size()));
            return;
        }
        service.terminal()
                .print(Table.of(HEADS)
                        .with(found.values().stream().map(PersonCommands::cells).toList()));
    }

    @Command(name = "show", description = "Shows a person, and what that person has; in JSON as its member devices.")
    static void show(@Mixin PersonArgument named) {
        Terminal terminal = named.terminal();
        JsonNode person = named.person();
        JsonNode devices = named.find().devices(person);
        if (named.json()) {
            ObjectNode whole = person.deepCopy();
            terminal.print(whole.set("devices", devices));
            return;
        }
        terminal.print(Table.of(HEADS).with(List.of(cells(person))));
        List<List<String>> rows = new ArrayList<>();
        devices.forEach(device -> rows.add(deviceCells(device)));
        if (!rows.isEmpty()) {
            terminal.print("");
            terminal.print(Table.of(DEVICE_HEADS).with(rows));
        }
    }

    @Command(name = "unlock", description = "Ends the lock that wrong passwords have led to.")
    static void unlock(@Mixin PersonArgument named) {
        String tail = "/users/" + FindByName.id(named.person());
        named.print(named.client().post(tail, UNLOCK, Map.of()), named.username() + " is unlocked.");
    }

    private static List<String> cells(JsonNode person) {
        String given = person.at("/name/given").asText();
        String family = person.at("/name/family").asText();
        return List.of(
                person.path("username").asText(),
                (given + " " + family).strip(),
                person.path("email").asText(),
                person.path("codeRequired").asBoolean() ? "yes" : "no",
                password(person));
    }

    private static String password(JsonNode person) {
        String until = person.at("/account/unlockAt").asText();
        return until.isEmpty() ? "OK" : "locked until " + until;
    }

    private static List<String> deviceCells(JsonNode device) {
        return List.of(
                FindByName.id(device),
                device.path("type").asText(),
                device.path("serialNumber").asText(),
                status(device),
                device.path("nickname").asText(),
                device.path("codesLeft").asText());
    }

    /** A device that is blocked or locked is nothing else to the person who has it. */
    private static String status(JsonNode device) {
        if (device.at("/block/status").asText().equals("BLOCKED")) {
            return "BLOCKED";
        }
        return device.at("/lock/status").asText().equals("LOCKED")
                ? "LOCKED"
                : device.path("status").asText();
    }
}
