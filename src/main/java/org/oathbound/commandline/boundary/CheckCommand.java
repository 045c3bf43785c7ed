package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description =
                "Signs a person on by a code from standard input, as an application does; by the next one too, where"
                        + " the first is far ahead. The code is used then.")
final class CheckCommand extends PersonCommand {

    private static final String FLOWS = "/deviceAuthentications";
    private static final String CHECK = "application/vnd.pingidentity.otp.check+json";

    @Option(
            names = "--serial",
            paramLabel = "SERIAL",
            description =
                    "Which of the person's tokens (the device's id for what has no serial number); default: the first"
                            + " that can be used.")
    private @Nullable String serialNumber;

    CheckCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        JsonNode flow = begin(client);
        String status = status(flow);
        if (status.equals("OTP_REQUIRED")) {
            flow = send(client, flow, Codes.first(terminal()));
            status = status(flow);
        }
        if (status.equals(Codes.NEXT_NEEDED)) {
            flow = send(client, flow, Codes.next(terminal()));
            status = status(flow);
        }
        if (!status.equals("COMPLETED")) {
            throw failure(flow, status);
        }
        terminal().print(flow, json(), "The code is right: " + username() + " is signed on.");
        return ExitCode.DONE;
    }

    private JsonNode begin(ServiceClient client) {
        FindByName lookup = new FindByName(client);
        JsonNode person = lookup.person(username());
        ObjectNode flow = JsonNodeFactory.instance.objectNode();
        flow.putObject("user").put("id", FindByName.id(person));
        if (serialNumber != null) {
            flow.putObject("selectedDevice").put("id", FindByName.id(lookup.device(person, serialNumber)));
        }
        return client.postToAuthorization(FLOWS, ServiceClient.JSON, flow);
    }

    private static JsonNode send(ServiceClient client, JsonNode flow, String code) {
        return client.postToAuthorization(
                FLOWS + "/" + FindByName.id(flow),
                CHECK,
                JsonNodeFactory.instance.objectNode().put("otp", code));
    }

    private static String status(JsonNode flow) {
        return flow.path("status").asText();
    }

    private Failure failure(JsonNode flow, String status) {
        if (status.equals("DEVICE_SELECTION_REQUIRED")) {
            return new Failure(ExitCode.FAILED, "It is not clear which token is meant: name it by --serial.");
        }
        String why = flow.at("/error/code").asText().equals("NO_USABLE_DEVICES")
                ? username() + " has nothing that can be used now: oathbound person show " + username()
                : flow.at("/error/message").asText("The sign-on has ended as " + status + ".");
        return new Failure(ExitCode.CODE_REFUSED, why);
    }
}
