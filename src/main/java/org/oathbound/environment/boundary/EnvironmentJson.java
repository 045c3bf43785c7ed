package org.oathbound.environment.boundary;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.oathbound.environment.Environment;
import org.oathbound.environment.EnvironmentDescription;
import org.oathbound.environment.Environments;
import org.oathbound.http.Links;

/** An environment as it is shown: with what was written of it. */
public final class EnvironmentJson extends AbstractMap<String, Object> {

    private final Map<String, Object> members = new LinkedHashMap<>();

    private EnvironmentJson(Environment environment, EnvironmentDescription description, Links links) {
        members.put("_links", Map.of("self", links.environment(environment.id())));
        members.put("id", environment.id());
        members.put("name", description.name());
        members.putAll(description.document());
    }

    /** The credentials of the first administrator of an environment. */
    public record FirstApplication(UUID id, String secret) {

        @Override
        public String toString() {
            return "FirstApplication[" + id + "]";
        }
    }

    static EnvironmentJson of(Environment environment, Environments environments, Links links) {
        return new EnvironmentJson(environment, environments.description(environment), links);
    }

    /** @param first its first application, in the answer that made it */
    static EnvironmentJson of(Environment environment, Environments environments, Links links, FirstApplication first) {
        EnvironmentJson json = of(environment, environments, links);
        json.members.put("application", first);
        return json;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }
}
