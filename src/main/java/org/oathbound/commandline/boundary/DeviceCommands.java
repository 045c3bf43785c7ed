package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person has: paired tokens and temporary codes. */
final class DeviceCommands {

    private static final String BLOCK = "application/vnd.pingidentity.device.block+json";
    private static final String UNBLOCK = "application/vnd.pingidentity.device.unblock+json";
    private static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";

    private DeviceCommands() {}

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
        return add(named, named.person(), replaces, device);
    }

    static JsonNode add(ServiceOptions service, JsonNode person, @Nullable String replaces, Map<String, ?> device) {
        Map<String, Object> whole = new HashMap<>(device);
        if (replaces != null) {
            whole.put("replaces", FindByName.reference(service.find().device(person, replaces)));
        }
        return service.client().post("/users/" + FindByName.id(person) + "/devices", ServiceClient.JSON, whole);
    }

    @Command(name = "unlock", description = "Ends the lock that wrong codes have led to.")
    static void unlock(@Mixin DeviceArguments device) {
        device.print(device.client().post(device.tail(), UNLOCK, Map.of()), device.name() + " is unlocked.");
    }

    @Command(name = "block", description = "Makes no code of it let anybody in, until it is unblocked.")
    static int block(@Mixin DeviceOrSelection device, @ArgGroup @Nullable Selection selection) {
        return device.act(
                selection,
                TokenJob.BLOCK,
                (tail, name) -> device.print(device.client().post(tail, BLOCK, Map.of()), name + " is blocked."));
    }

    @Command(name = "unblock", description = "Makes its codes let the person in again.")
    static int unblock(@Mixin DeviceOrSelection device, @ArgGroup @Nullable Selection selection) {
        return device.act(
                selection,
                TokenJob.UNBLOCK,
                (tail, name) -> device.print(device.client().post(tail, UNBLOCK, Map.of()), name + " is not blocked."));
    }

    @Command(
            name = "unpair",
            description = "Takes a token back from a person: it is in stock again, and goes on where it is.")
    static int unpair(@Mixin DeviceOrSelection device, @ArgGroup @Nullable Selection selection) {
        return device.act(selection, TokenJob.UNPAIR, (tail, name) -> {
            device.client().delete(tail);
            device.print(JsonNodeFactory.instance.objectNode().put("unpaired", true), name + " is gone.");
        });
    }
}
