package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands for tokens, in stock or assigned. */
final class TokenCommands {

    private static final int LIMIT = 200;
    private static final String[] HEADS = {
        "SERIAL NUMBER", "TYPE", "DIGITS", "HASH", "MOVES BY", "PAIRED", "EXPIRES", "LAST USED"
    };
    private static final String LOST = "application/vnd.oathbound.oathtoken.lost+json";
    private static final String FOUND = "application/vnd.oathbound.oathtoken.found+json";

    enum Type {
        HOTP,
        TOTP
    }

    /** One of them. */
    static final class Serial {
        @Option(names = "--serial", paramLabel = "SERIAL", description = "The one with this serial number.")
        private @Nullable String is;

        @Option(
                names = "--serial-begins-with",
                paramLabel = "TEXT",
                description = "Those whose serial numbers begin so.")
        private @Nullable String beginsWith;
    }

    /** One of them. */
    static final class Pairing {
        @Option(names = "--paired", description = "Those that somebody has.")
        private boolean paired;

        @Option(names = "--unpaired", description = "Those in stock.")
        private boolean unpaired;
    }

    private TokenCommands() {}

    @Command(name = "tokens", description = "Lists tokens.")
    static void tokens(
            @Mixin ServiceOptions service,
            @ArgGroup @Nullable Serial serial,
            @ArgGroup @Nullable Pairing pairing,
            @Option(names = "--type", paramLabel = "TYPE", description = "One of ${COMPLETION-CANDIDATES}.") @Nullable
                    Type type,
            @Option(
                            names = "--expires-before",
                            paramLabel = "TIME",
                            description = "Those that expire before a time such as 2030-12-31T00:00:00Z.")
                    @Nullable
                    Instant expiresBefore,
            @Option(names = "--all", description = "All of them, not the first " + LIMIT + " only.") boolean all) {
        List<String> parts = new ArrayList<>();
        if (serial != null) {
            compare(parts, "serialNumber eq ", serial.is);
            compare(parts, "serialNumber sw ", serial.beginsWith);
        }
        compare(parts, "type eq ", type);
        if (pairing != null) {
            parts.add("paired eq " + (pairing.paired && !pairing.unpaired));
        }
        compare(parts, "expiresAt lt ", expiresBefore);
        String filter = parts.isEmpty() ? "" : "&filter=" + ServiceClient.encoded(String.join(" and ", parts));
        service.printList(
                "/oathTokens?limit=" + LIMIT + "&expand=devices" + filter,
                "oathTokens",
                all,
                HEADS,
                TokenCommands::cells);
    }

    private static void compare(List<String> parts, String attributeAndOperator, @Nullable Object value) {
        if (value != null) {
            parts.add(FindByName.condition(attributeAndOperator, value));
        }
    }

    @Command(name = "show", description = "Shows a token, and who has it.")
    static void show(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "SERIAL", description = "The token's serial number.") String serialNumber) {
        Terminal terminal = service.terminal();
        JsonNode token = service.find().token(serialNumber);
        if (service.json()) {
            terminal.print(token);
            return;
        }
        terminal.print(Table.of(HEADS).with(List.of(cells(token))));
        if (token.has("location") || token.has("note")) {
            terminal.print("");
            terminal.print(Table.of("LOCATION", "NOTE")
                    .with(List.of(List.of(
                            token.path("location").asText(), token.path("note").asText()))));
        }
        List<List<String>> people = new ArrayList<>();
        for (JsonNode device : token.path("devices")) {
            JsonNode person =
                    service.client().get("/users/" + device.at("/user/id").asText());
            people.add(List.of(person.path("username").asText(), FindByName.id(device)));
        }
        if (!people.isEmpty()) {
            terminal.print("");
            terminal.print(Table.of("PAIRED WITH", "DEVICE").with(people));
        }
    }

    @Command(
            name = "lost",
            description = "Says that a token is lost: none of its codes is accepted, and nobody gets it, until it is"
                    + " found.")
    static void lost(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "SERIAL", description = "The token's serial number.") String serialNumber) {
        say(service, serialNumber, LOST, " is lost: none of its codes is accepted. \"token found\" takes that back.");
    }

    @Command(name = "found", description = "Says that a lost token is found: it can be used, or paired, again.")
    static void found(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "SERIAL", description = "The token's serial number.") String serialNumber) {
        say(service, serialNumber, FOUND, " is not lost.");
    }

    private static void say(ServiceOptions service, String serialNumber, String mediaType, String what) {
        String id = FindByName.id(service.find().token(serialNumber));
        JsonNode token = service.client().post("/oathTokens/" + id, mediaType, Map.of());
        service.terminal()
                .print(token, service.json(), token.path("serialNumber").asText() + what);
    }

    private static List<String> cells(JsonNode token) {
        return List.of(
                token.path("serialNumber").asText(),
                token.path("type").asText(),
                token.path("otpLength").asText(),
                token.path("hashAlgorithm").asText(),
                movingFactor(token),
                paired(token),
                token.path("expiresAt").asText(),
                token.path("lastUsedAt").asText());
    }

    private static String paired(JsonNode token) {
        int devices = token.path("devices").size();
        String people = devices == 0 ? "no" : devices == 1 ? "yes" : devices + " people";
        return token.has("lostAt") ? people + ", lost" : people;
    }

    /** In words. */
    static String movingFactor(JsonNode token) {
        if (token.has("hotp")) {
            return "counter " + token.at("/hotp/counter").asText();
        }
        int drift = token.at("/totp/drift").asInt();
        return token.at("/totp/timeStep").asText() + " s" + (drift == 0 ? "" : ", drift " + drift);
    }
}
