package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oathbound.commandline.entity.ExitCode;
import org.oathbound.commandline.entity.PeopleStep;
import org.oathbound.commandline.entity.PeopleStep.Kind;

/** Does what a plan says, step by step: one that the service refuses does not stop the others. */
public final class PeopleChanges {

    private final ServiceClient client;
    private final BlockedPeople list;
    private final Set<String> blocked;

    /** @param blocked the ids of those whom imports have blocked, and who are still */
    public PeopleChanges(ServiceClient client, BlockedPeople list, Set<String> blocked) {
        this.client = client;
        this.list = list;
        this.blocked = new HashSet<>(blocked);
    }

    /**
     * What was refused, a line for each. The list of the blocked is written before the first one is: whoever an interrupted
     * run has blocked is on it.
     */
    public List<String> make(List<PeopleStep> steps, ProgressBar bar) throws IOException {
        steps.stream().filter(step -> step.kind() == Kind.MISSING).forEach(step -> blocked.add(step.id()));
        list.write(blocked);
        List<String> refused = new ArrayList<>();
        for (int done = 0; done < steps.size(); done++) {
            bar.show(done, steps.size());
            PeopleStep step = steps.get(done);
            try {
                make(step);
            } catch (Refusal e) {
                if (e.exitCode() == ExitCode.TRY_LATER) {
                    throw e;
                }
                if (step.kind() == Kind.MISSING) {
                    blocked.remove(step.id());
                }
                refused.add(step.username() + ": " + e.getMessage());
            }
        }
        bar.show(steps.size(), steps.size());
        list.write(blocked);
        return refused;
    }

    private void make(PeopleStep step) {
        switch (step.kind()) {
            case NEW -> {
                JsonNode person = RetryWhenBusy.ask(() -> client.post("/users", ServiceClient.JSON, step.members()));
                pair(FindByName.id(person), step.serialNumber());
            }
            case CHANGED, BACK -> {
                if (!step.members().isEmpty()) {
                    RetryWhenBusy.ask(() -> client.patch(
                            "/users/" + step.id(),
                            JsonNodeFactory.instance.objectNode().setAll(step.members())));
                }
                pair(step.id(), step.serialNumber());
                if (step.kind() == Kind.BACK) {
                    setEnabled(step.id(), true);
                    blocked.remove(step.id());
                }
            }
            case MISSING -> setEnabled(step.id(), false);
            case SAME, LEFT_ALONE -> {}
        }
    }

    private void pair(String person, String serialNumber) {
        if (!serialNumber.isEmpty()) {
            RetryWhenBusy.ask(() -> client.post(
                    "/users/" + person + "/devices",
                    ServiceClient.JSON,
                    Map.of("type", "OATH_TOKEN", "serialNumber", serialNumber, "status", "ACTIVE")));
        }
    }

    private void setEnabled(String person, boolean enabled) {
        RetryWhenBusy.ask(() -> client.put(
                "/users/" + person + "/enabled",
                ServiceClient.JSON,
                JsonNodeFactory.instance.objectNode().put("enabled", enabled)));
    }
}
