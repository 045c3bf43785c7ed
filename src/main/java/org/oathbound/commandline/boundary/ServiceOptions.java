package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.CredentialsSource;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.JobWatch;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Option;

/** What every command has that speaks to the service. */
public class ServiceOptions extends CommandContext {

    @Option(
            names = "--json",
            description = "Prints JSON to standard output, as the service answers it, instead of text.")
    private boolean json;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the service is; default: $OATHBOUND_URL, else http://localhost:8080.")
    private @Nullable String url;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "Lines of KEY=value that only you can read, with OATHBOUND_ENVIRONMENT_ID,"
                    + " OATHBOUND_CLIENT_ID and OATHBOUND_CLIENT_SECRET; default: the environment variables of these"
                    + " names, else the file $OATHBOUND_CREDENTIALS, else bootstrap.env in the data directory.")
    private @Nullable Path credentials;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description =
                    "Over HTTPS: trusts those whose certificates, as PEM, are in the file, and nobody else; default:"
                            + " $OATHBOUND_CACERT, else whom this machine and Java trust.")
    private @Nullable Path caCertificates;

    @Option(
            names = "--ticket",
            paramLabel = "NUMBER",
            description = "The number of the ticket for which this is done: it stands in the audit; default:"
                    + " $OATHBOUND_TICKET.")
    private @Nullable String ticket;

    private @Nullable ServiceClient client;

    public ServiceOptions(CommandContext context) {
        super(context);
    }

    boolean json() {
        return json;
    }

    /** As the option says; null where it is not given. */
    @Nullable
    String ticket() {
        return ticket;
    }

    public ServiceClient client() {
        ServiceClient known = client;
        if (known == null) {
            known = new ServiceClient(
                    new CredentialsSource(environment()).find(credentials, url, caCertificates, dataDirectory()),
                    ticket == null ? environment().get("OATHBOUND_TICKET") : ticket);
            client = known;
        }
        return known;
    }

    FindByName find() {
        return new FindByName(client());
    }

    /** Waits for the end of a job, and shows how far it is; the job as it stands then. */
    JsonNode follow(String id) {
        return new JobWatch(client(), terminal()).follow(id);
    }

    /** Prints one of them. */
    void print(JsonNode asJson, String text) {
        terminal().print(asJson, json, text);
    }

    /** Says that a file was written. */
    public void printFile(Path file, String text) {
        print(JsonNodeFactory.instance.objectNode().put("file", file.toString()), text);
    }

    /**
     * Prints a list of the service's, as a table or in one JSON object of the form that one page of it has.
     *
     * @param name what the list is called in {@code _embedded}
     * @param all whether to go on behind the first page
     */
    void printList(String tail, String name, boolean all, String[] heads, Function<JsonNode, List<String>> cells) {
        printList(client(), tail, name, all, heads, cells);
    }

    void printList(
            ServiceClient client,
            String tail,
            String name,
            boolean all,
            String[] heads,
            Function<JsonNode, List<String>> cells) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode items = whole.putObject("_embedded").putArray(name);
        List<List<String>> rows = new ArrayList<>();
        boolean more = client.list(tail, name, all, item -> {
            if (json) {
                items.add(item);
            } else {
                rows.add(cells.apply(item));
            }
        });
        if (json) {
            terminal().print(whole.put("size", items.size()).put("more", more));
            return;
        }
        terminal().print(Table.of(heads).with(rows));
        if (more) {
            terminal().tell("There are more: --all lists them.");
        }
    }
}
