package org.oathbound.environment.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.Link;
import org.oathbound.http.Links;

/**
 * An environment as it is shown.
 *
 * @param application its first application, in the answer that made it; else null
 */
public record EnvironmentJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        String name,
        @Nullable FirstApplication application) {

    /** The credentials of the first administrator of an environment. */
    public record FirstApplication(UUID id, String secret) {

        @Override
        public String toString() {
            return "FirstApplication[" + id + "]";
        }
    }

    static EnvironmentJson of(Environment environment, Environments environments, Links links) {
        return of(environment, environments, links, null);
    }

    static EnvironmentJson of(
            Environment environment, Environments environments, Links links, @Nullable FirstApplication first) {
        return new EnvironmentJson(
                Map.of("self", links.environment(environment.id())),
                environment.id(),
                environments.name(environment),
                first);
    }
}
