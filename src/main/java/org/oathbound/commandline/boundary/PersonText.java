package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A person, and what that person has, in words. */
final class PersonText {

    static final String[] HEADS = {"USER NAME", "NAME", "E-MAIL", "CODE REQUIRED"};
    static final String[] DEVICE_HEADS = {"DEVICE", "TYPE", "SERIAL NUMBER", "STATUS", "NICKNAME", "CODES LEFT"};

    private PersonText() {}

    static List<String> cells(JsonNode person) {
        String given = person.at("/name/given").asText();
        String family = person.at("/name/family").asText();
        return List.of(
                person.path("username").asText(),
                (given + " " + family).strip(),
                person.path("email").asText(),
                person.path("codeRequired").asBoolean() ? "yes" : "no");
    }

    static List<String> deviceCells(JsonNode device) {
        return List.of(
                device.path("id").asText(),
                device.path("type").asText(),
                device.path("serialNumber").asText(),
                status(device),
                device.path("nickname").asText(),
                device.path("codesLeft").asText());
    }

    /** A device that is blocked or locked is nothing else to the person who has it. */
    static String status(JsonNode device) {
        if (device.at("/block/status").asText().equals("BLOCKED")) {
            return "BLOCKED";
        }
        return device.at("/lock/status").asText().equals("LOCKED")
                ? "LOCKED"
                : device.path("status").asText();
    }
}
