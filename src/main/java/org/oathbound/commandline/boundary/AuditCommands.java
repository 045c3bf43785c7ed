package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was done and tried, by whom. */
final class AuditCommands {

    private static final String[] HEADS = {"TIME", "WHO", "WHAT", "OUTCOME", "TO", "PERSON", "TICKET"};

    private AuditCommands() {}

    @Command(
            name = "audit",
            description =
                    "Shows what was done and tried, the newest first, times in UTC. All conditions have to be met;"
                            + " --ticket NUMBER is one of them here.")
    static void audit(
            @Mixin ServiceOptions service,
            @Option(
                            names = "--person",
                            paramLabel = "USERNAME",
                            description =
                                    "What that person has done, and what was done to them; or the id of one who is"
                                            + " gone.")
                    @Nullable
                    String person,
            @Option(
                            names = "--token",
                            paramLabel = "SERIAL",
                            description =
                                    "What was done to a token, by its serial number; or the id of one that is gone.")
                    @Nullable
                    String token,
            @Option(
                            names = "--actor",
                            paramLabel = "NAME",
                            description = "Who did it: a user name, an application's name, or the actor of a line.")
                    @Nullable
                    String actor,
            @Option(names = "--action", paramLabel = "NAME", description = "Such as oathToken.verify.") @Nullable
                    String action,
            @Option(names = "--outcome", paramLabel = "NAME", description = "Such as success or refused.") @Nullable
                    String outcome,
            @Option(names = "--since", paramLabel = "TIME", description = "From then on, as 2026-12-01T08:00:00Z.")
                    @Nullable
                    Instant since,
            @Option(names = "--until", paramLabel = "TIME", description = "Before then.") @Nullable Instant until,
            @Option(
                            names = "--limit",
                            paramLabel = "NUMBER",
                            defaultValue = "20",
                            description = "So many lines at most; default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--csv", description = "Prints comma-separated values, with all that a line has.")
                    boolean csv)
            throws IOException {
        List<String> query = new ArrayList<>(List.of("limit=" + limit));
        add(query, "person", person == null ? null : service.find().personId(person));
        add(query, "token", token == null ? null : service.find().tokenId(token));
        add(query, "actor", actor == null ? null : service.find().actor(actor));
        add(query, "action", action);
        add(query, "outcome", outcome);
        add(query, "ticket", service.ticket());
        add(query, "from", since);
        add(query, "until", until);
        String tail = "/audit?" + String.join("&", query);
        if (csv) {
            service.client().downloadTable(tail, service.terminal().out());
            return;
        }
        JsonNode answer = service.client().get(tail);
        List<List<String>> rows = new ArrayList<>();
        answer.path("rows").forEach(line -> rows.add(cells(line)));
        service.print(answer, String.join("\n", Table.of(HEADS).with(rows).lines()));
    }

    private static void add(List<String> query, String name, @Nullable Object value) {
        if (value != null) {
            query.add(name + "=" + ServiceClient.encoded(value.toString()));
        }
    }

    private static List<String> cells(JsonNode line) {
        String reason = line.path("reason").asText();
        return List.of(
                line.path("time").asText(),
                either(line, "actorName", "actor"),
                line.path("action").asText(),
                line.path("outcome").asText() + (reason.isEmpty() ? "" : ": " + reason),
                line.has("objectName") ? line.path("objectName").asText() : either(line, "serialNumber", "object"),
                either(line, "username", "person"),
                line.path("ticket").asText());
    }

    private static String either(JsonNode line, String name, String id) {
        return line.path(line.has(name) ? name : id).asText();
    }
}
