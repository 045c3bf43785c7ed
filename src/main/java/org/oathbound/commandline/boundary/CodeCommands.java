package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.Refusal;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What takes one-time codes, each a line of standard input: arguments are seen by every user of the machine. */
final class CodeCommands {

    private static final String ACTIVATE = "application/vnd.pingidentity.device.activate+json";
    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";
    private static final String CHECK = "application/vnd.pingidentity.otp.check+json";
    private static final String FLOWS = "/deviceAuthentications";

    /** What the service calls it when a code is right and far away, and the next one is needed. */
    private static final String NEXT_NEEDED = "EXTRA_OTP_REQUIRED";

    private CodeCommands() {}

    @Command(
            name = "activate",
            description = "Activates what a person has, by a code of it from standard input; by the next one too, where"
                    + " the first is far ahead.")
    static void activate(@Mixin DeviceArguments device) {
        String tail = device.tail();
        JsonNode activated;
        try {
            activated = activate(device.client(), tail, firstCode(device.terminal()));
        } catch (Refusal refusal) {
            if (!refusal.has(NEXT_NEEDED)) {
                throw refusal;
            }
            activated = activate(device.client(), tail, nextCode(device.terminal()));
        }
        device.print(activated, device.name() + " is activated.");
    }

    private static JsonNode activate(ServiceClient client, String tail, String code) {
        return client.post(tail, ACTIVATE, Map.of("otp", code, "oathResync", true));
    }

    @Command(
            name = "check",
            description =
                    "Signs a person on by a code from standard input, as an application does; by the next one too,"
                            + " where the first is far ahead. The code is used then.")
    static void check(
            @Mixin PersonArgument named,
            @Option(
                            names = "--serial",
                            paramLabel = "SERIAL",
                            description =
                                    "Which of the person's tokens (the device's id for what has no serial number);"
                                            + " default: the first that can be used.")
                    @Nullable
                    String serialNumber) {
        ServiceClient client = named.client();
        JsonNode person = named.person();
        Map<String, Object> begin = new HashMap<>(Map.of("user", FindByName.reference(person)));
        if (serialNumber != null) {
            begin.put("selectedDevice", FindByName.reference(named.find().device(person, serialNumber)));
        }
        JsonNode flow = client.postToAuthorization(FLOWS, ServiceClient.JSON, begin);
        if (status(flow).equals("OTP_REQUIRED")) {
            flow = check(client, flow, firstCode(named.terminal()));
        }
        if (status(flow).equals(NEXT_NEEDED)) {
            flow = check(client, flow, nextCode(named.terminal()));
        }
        if (!status(flow).equals("COMPLETED")) {
            throw failure(named.username(), flow);
        }
        named.print(flow, "The code is right: " + named.username() + " is signed on.");
    }

    private static JsonNode check(ServiceClient client, JsonNode flow, String code) {
        return client.postToAuthorization(FLOWS + "/" + FindByName.id(flow), CHECK, Map.of("otp", code));
    }

    private static String status(JsonNode flow) {
        return flow.path("status").asText();
    }

    private static Failure failure(String username, JsonNode flow) {
        if (status(flow).equals("DEVICE_SELECTION_REQUIRED")) {
            return new Failure(ExitCode.FAILED, "It is not clear which token is meant: name it by --serial.");
        }
        String why = flow.at("/error/code").asText().equals("NO_USABLE_DEVICES")
                ? username + " has nothing that can be used now: oathbound person show " + username
                : flow.at("/error/message").asText("The sign-on has ended as " + status(flow) + ".");
        return new Failure(ExitCode.CODE_REFUSED, why);
    }

    @Command(
            name = "resynchronise",
            aliases = "resync",
            description = "Finds out where a token is by two codes in a row, each a line of standard input.")
    static void resynchronise(
            @Mixin ServiceOptions service,
            @Parameters(paramLabel = "SERIAL", description = "The token's serial number.") String serialNumber) {
        String tail = "/oathTokens/" + FindByName.id(service.find().token(serialNumber));
        List<String> codes = List.of(firstCode(service.terminal()), nextCode(service.terminal()));
        JsonNode token = service.client().post(tail, RESYNC, Map.of("otps", codes));
        service.print(token, serialNumber + " is resynchronised: " + TokenCommands.movingFactor(token) + ".");
    }

    private static String firstCode(Terminal terminal) {
        return terminal.ask("Code").orElseThrow(() -> Failure.usage("There is no code on standard input."));
    }

    private static String nextCode(Terminal terminal) {
        return terminal.ask("Next code")
                .orElseThrow(() -> new Failure(
                        ExitCode.CODE_REFUSED,
                        "The code that follows is needed as well, and there is none on standard input."));
    }
}
