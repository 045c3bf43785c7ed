package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a token, and who has it.")
final class TokenShowCommand extends ServiceCommand {

    @Parameters(paramLabel = "SERIAL", description = "The token's serial number.")
    private String serialNumber = "";

    TokenShowCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        ServiceClient client = client();
        JsonNode token = new FindByName(client).token(serialNumber);
        if (json()) {
            terminal().print(token);
            return ExitCode.DONE;
        }
        terminal().print(Table.of(TokenText.HEADS).with(List.of(TokenText.cells(token))));
        List<List<String>> people = new ArrayList<>();
        for (JsonNode device : token.path("devices")) {
            JsonNode person = client.get("/users/" + device.at("/user/id").asText());
            people.add(List.of(person.path("username").asText(), FindByName.id(device)));
        }
        if (!people.isEmpty()) {
            terminal().print("");
            terminal().print(Table.of("PAIRED WITH", "DEVICE").with(people));
        }
        return ExitCode.DONE;
    }
}
