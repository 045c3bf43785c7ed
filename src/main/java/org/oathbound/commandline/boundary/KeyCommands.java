package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The service's own keys: which there are, never a key. */
final class KeyCommands {

    private static final String[] HEADS = {"KEY", "PURPOSE", "USE", "USED FROM", "USED UNTIL", "VALUES"};

    enum Purpose {
        sealing,
        signing
    }

    private KeyCommands() {}

    @Command(
            name = "keys",
            description = "Lists the service's keys, and how many values each has sealed. It looks at every token.")
    static void keys(@Mixin ServiceOptions service) {
        service.printList("/keys", "keys", true, HEADS, KeyCommands::cells);
    }

    @Command(
            name = "rotate",
            description =
                    "Puts a new key in the place of the one in use. What an older one has sealed is sealed anew in the"
                            + " background: keys shows how many values are left.")
    static void rotate(
            @Mixin ServiceOptions service,
            @Parameters(
                            paramLabel = "PURPOSE",
                            description =
                                    "sealing: what is stored is sealed with it. signing: access tokens are signed with"
                                            + " it.")
                    Purpose purpose,
            @Option(
                            names = "--stolen",
                            description = "With signing: the new key signs at once, and every access token is void.")
                    boolean stolen) {
        if (stolen && purpose != Purpose.signing) {
            throw Failure.usage("--stolen goes with signing only.");
        }
        String tail = "/keys/" + purpose + "/rotations" + (stolen ? "?stolen=true" : "");
        JsonNode rotation = service.client().post(tail, ServiceClient.JSON, Map.of());
        service.print(rotation, "The new key is " + FindByName.id(rotation) + ". How far it is: oathbound keys");
    }

    private static List<String> cells(JsonNode key) {
        return List.of(
                FindByName.id(key),
                key.path("purpose").asText(),
                key.path("use").asText(),
                key.path("usedFrom").asText(),
                key.path("usedUntil").asText(),
                key.path("values").asText());
    }
}
