package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.entity.PeopleRow;
import org.oathbound.commandline.entity.PeopleStep;
import org.oathbound.commandline.entity.PeopleStep.Kind;

/**
 * Compares a file's people with the service's, and changes nothing. The service lists its own people only, so those of a
 * corporate directory are never missing; one whom the file names is left alone, and so is whoever holds a role.
 */
public final class PeoplePlan {

    private final ServiceClient client;
    private final Set<String> blocked;
    private final Map<String, JsonNode> people = new LinkedHashMap<>();
    private final Map<String, String> idsByName = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<PeopleStep> steps = new ArrayList<>();
    private long enabled;

    /** @param blocked the ids of those whom an import has blocked */
    public PeoplePlan(ServiceClient client, Set<String> blocked) {
        this.client = client;
        this.blocked = blocked;
    }

    /** What the rows mean, and the lack of rows. */
    public List<PeopleStep> compare(List<PeopleRow> rows, ProgressBar bar) {
        client.list("/users?limit=200", "users", true, this::add);
        for (int done = 0; done < rows.size(); done++) {
            bar.show(done, rows.size());
            steps.add(step(rows.get(done)));
        }
        bar.show(rows.size(), rows.size());
        people.forEach((id, person) -> {
            if (isEnabled(person) && !named.contains(id)) {
                steps.add(unlessRole(new PeopleStep(Kind.MISSING, id, username(person), "", Map.of(), "")));
            }
        });
        return List.copyOf(steps);
    }

    /** How many people can sign on now. */
    public long enabled() {
        return enabled;
    }

    /** Of those whom imports have blocked the ones who still are. */
    public Set<String> stillBlocked() {
        Set<String> still = new HashSet<>(blocked);
        still.removeIf(id -> !people.containsKey(id) || isEnabled(people.getOrDefault(id, NullNode.getInstance())));
        return still;
    }

    private void add(JsonNode person) {
        people.put(FindByName.id(person), person);
        idsByName.put(PeopleRow.canonical(username(person)), FindByName.id(person));
        enabled += isEnabled(person) ? 1 : 0;
    }

    private PeopleStep step(PeopleRow row) {
        String id = idsByName.get(PeopleRow.canonical(row.username()));
        JsonNode person = id == null ? null : people.get(id);
        if (person == null) {
            JsonNode found = RetryWhenBusy.ask(() -> client.get("/users?filter="
                            + ServiceClient.encoded(FindByName.condition("username eq ", row.username()))))
                    .at("/_embedded/users/0");
            person = found.isMissingNode() ? null : found;
        }
        if (person == null) {
            return new PeopleStep(
                    Kind.NEW, "", row.username(), pairs(row.serialNumber()), created(row), row.serialNumber());
        }
        return known(row, person);
    }

    private PeopleStep known(PeopleRow row, JsonNode person) {
        String id = FindByName.id(person);
        if (!people.containsKey(id)) {
            return new PeopleStep(Kind.LEFT_ALONE, id, row.username(), "in the corporate directory", Map.of(), "");
        }
        named.add(id);
        Map<String, JsonNode> change = change(row, person);
        String serialNumber = has(row.serialNumber(), person) ? "" : row.serialNumber();
        Kind kind = blocked.contains(id) && !isEnabled(person)
                ? Kind.BACK
                : change.isEmpty() && serialNumber.isEmpty() ? Kind.SAME : Kind.CHANGED;
        String note = String.join(", ", change.keySet()) + pairs(serialNumber);
        PeopleStep step = new PeopleStep(kind, id, username(person), note, change, serialNumber);
        return kind == Kind.SAME ? step : unlessRole(step);
    }

    private PeopleStep unlessRole(PeopleStep step) {
        JsonNode roles = RetryWhenBusy.ask(() -> client.get("/users/" + step.id() + "/roles"));
        return roles.path("roles").isEmpty()
                ? step
                : new PeopleStep(
                        Kind.LEFT_ALONE,
                        step.id(),
                        step.username(),
                        "holds a role; otherwise " + step.kind().text(),
                        Map.of(),
                        "");
    }

    private boolean has(String serialNumber, JsonNode person) {
        return serialNumber.isEmpty()
                || StreamSupport.stream(
                                RetryWhenBusy.ask(() -> new FindByName(client).devices(person))
                                        .spliterator(),
                                false)
                        .anyMatch(device -> device.path("serialNumber").asText().equalsIgnoreCase(serialNumber));
    }

    private static Map<String, JsonNode> created(PeopleRow row) {
        Map<String, JsonNode> user = change(row, JsonNodeFactory.instance.objectNode());
        user.put("username", TextNode.valueOf(row.username()));
        return user;
    }

    /** The members that differ, of the columns that the file has. */
    private static Map<String, JsonNode> change(PeopleRow row, JsonNode person) {
        Map<String, JsonNode> change = new LinkedHashMap<>();
        String email = row.cells().get("email");
        if (differs(email, person.path("email"))) {
            change.put("email", value(email));
        }
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        for (String part : List.of("given", "family")) {
            String wanted = row.cells().get(part);
            if (differs(wanted, person.path("name").path(part))) {
                name.set(part, value(wanted));
            }
        }
        if (!name.isEmpty()) {
            change.put("name", name);
        }
        return change;
    }

    private static boolean differs(@Nullable String wanted, JsonNode present) {
        return wanted != null && !wanted.equals(present.asText(""));
    }

    private static JsonNode value(@Nullable String text) {
        return text == null || text.isEmpty() ? NullNode.getInstance() : TextNode.valueOf(text);
    }

    private static String pairs(String serialNumber) {
        return serialNumber.isEmpty() ? "" : " +" + serialNumber;
    }

    private static boolean isEnabled(JsonNode person) {
        return person.path("enabled").asBoolean();
    }

    private static String username(JsonNode person) {
        return person.path("username").asText();
    }
}
