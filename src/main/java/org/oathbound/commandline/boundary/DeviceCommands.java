package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person has: paired tokens and temporary codes. */
final class DeviceCommands {

    private static final String BLOCK = "application/vnd.pingidentity.device.block+json";
    private static final String UNBLOCK = "application/vnd.pingidentity.device.unblock+json";
    private static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";

    private DeviceCommands() {}

    @Command(name = "pair", description = "Gives a token to a person.")
    static void pair(
            @Mixin PersonArgument named,
            @Parameters(index = "1", paramLabel = "SERIAL", description = "The token's serial number.")
                    String serialNumber,
            @Option(
                            names = "--activation-required",
                            description = "It can't be used before the person has shown a code of it, see activate.")
                    boolean activationRequired,
            @Option(
                            names = "--replaces",
                            paramLabel = "SERIAL",
                            description =
                                    "What the person has lost: blocked at once, and gone when the new one is activated.")
                    @Nullable
                    String replaces) {
        String status = activationRequired ? "ACTIVATION_REQUIRED" : "ACTIVE";
        JsonNode device =
                add(named, replaces, Map.of("type", "OATH_TOKEN", "serialNumber", serialNumber, "status", status));
        named.print(
                device,
                named.username() + " has " + device.path("serialNumber").asText()
                        + (activationRequired ? "; it waits to be activated." : "."));
    }

    @Command(
            name = "temporary-codes",
            description = "Makes codes for a person whose token is lost or left at home, each good once. They are"
                    + " printed this once.")
    static void temporaryCodes(
            @Mixin PersonArgument named,
            @Option(
                            names = "--codes",
                            paramLabel = "NUMBER",
                            defaultValue = "5",
                            description = "How many: 1 to 10; default: ${DEFAULT-VALUE}.")
                    int codes,
            @Option(
                            names = "--valid-for",
                            paramLabel = "PERIOD",
                            defaultValue = "P1D",
                            description =
                                    "For how long, such as P3D or PT8H, and P7D at most; default: ${DEFAULT-VALUE}.")
                    Duration validFor,
            @Option(
                            names = "--replaces",
                            paramLabel = "SERIAL",
                            description = "What the person has lost: blocked at once.")
                    @Nullable
                    String replaces) {
        String validUntil = named.clock().instant().plus(validFor).toString();
        JsonNode device = add(named, replaces, Map.of("type", "TEMPORARY", "codes", codes, "validUntil", validUntil));
        if (named.json()) {
            named.terminal().print(device);
            return;
        }
        named.terminal()
                .tell("Each is good once, until " + device.path("validUntil").asText() + ":");
        device.path("codes").forEach(code -> named.terminal().print(code.asText()));
    }

    /** Pairs what a device says with a person, in the place of another one where that is named. */
    static JsonNode add(PersonArgument named, @Nullable String replaces, Map<String, ?> device) {
        JsonNode person = named.person();
        Map<String, Object> whole = new HashMap<>(device);
        if (replaces != null) {
            whole.put("replaces", FindByName.reference(named.find().device(person, replaces)));
        }
        return named.client().post("/users/" + FindByName.id(person) + "/devices", ServiceClient.JSON, whole);
    }

    @Command(name = "unlock", description = "Ends the lock that wrong codes have led to.")
    static void unlock(@Mixin DeviceArguments device) {
        device.print(device.client().post(device.tail(), UNLOCK, Map.of()), device.name() + " is unlocked.");
    }

    @Command(name = "block", description = "Makes no code of it let anybody in, until it is unblocked.")
    static void block(@Mixin DeviceArguments device) {
        device.print(device.client().post(device.tail(), BLOCK, Map.of()), device.name() + " is blocked.");
    }

    @Command(name = "unblock", description = "Makes its codes let the person in again.")
    static void unblock(@Mixin DeviceArguments device) {
        device.print(device.client().post(device.tail(), UNBLOCK, Map.of()), device.name() + " is not blocked.");
    }

    @Command(
            name = "unpair",
            description = "Takes a token back from a person: it is in stock again, and goes on where it is.")
    static void unpair(@Mixin DeviceArguments device) {
        device.client().delete(device.tail());
        device.print(JsonNodeFactory.instance.objectNode().put("unpaired", true), device.name() + " is gone.");
    }
}
