package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.Table;

/** A list of the service's, as a table or in one JSON object of the form that one page of it has. */
final class ListOutput {

    private final String name;
    private final String[] heads;

    /** @param name what the list is called in {@code _embedded} */
    ListOutput(String name, String... heads) {
        this.name = name;
        this.heads = heads;
    }

    void print(
            ServiceClient client,
            String tail,
            boolean all,
            Function<JsonNode, List<String>> cells,
            Terminal terminal,
            boolean json) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode items = whole.putObject("_embedded").putArray(name);
        List<List<String>> rows = new ArrayList<>();
        boolean more = client.pages(tail, all, page -> {
            for (JsonNode item : page.path("_embedded").path(name)) {
                if (json) {
                    items.add(item);
                } else {
                    rows.add(cells.apply(item));
                }
            }
        });
        if (json) {
            terminal.print(whole.put("size", items.size()).put("more", more));
            return;
        }
        terminal.print(Table.of(heads).with(rows));
        if (more) {
            terminal.tell("There are more: --all lists them.");
        }
    }
}
