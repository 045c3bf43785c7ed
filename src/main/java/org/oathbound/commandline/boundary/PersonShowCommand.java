package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;

@Command(name = "show", description = "Shows a person, and what that person has; in JSON as its member devices.")
final class PersonShowCommand extends PersonCommand {

    PersonShowCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        FindByName lookup = new FindByName(client());
        JsonNode person = lookup.person(username());
        JsonNode devices = lookup.devices(person);
        if (json()) {
            ObjectNode whole = person.deepCopy();
            terminal().print(whole.set("devices", devices));
            return ExitCode.DONE;
        }
        terminal().print(Table.of(PersonText.HEADS).with(List.of(PersonText.cells(person))));
        List<List<String>> rows = new ArrayList<>();
        devices.forEach(device -> rows.add(PersonText.deviceCells(device)));
        if (!rows.isEmpty()) {
            terminal().print("");
            terminal().print(Table.of(PersonText.DEVICE_HEADS).with(rows));
        }
        return ExitCode.DONE;
    }
}
