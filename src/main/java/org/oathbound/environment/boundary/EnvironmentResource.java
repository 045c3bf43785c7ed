package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.Map;
import java.util.UUID;
import org.oathbound.access.control.Requires;
import org.oathbound.access.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** An environment itself: where the links of everything in it lead. */
@Path("/v1/environments/{env}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class EnvironmentResource {

    private final Environments environments;
    private final Links links;

    @Inject
    public EnvironmentResource(Environments environments, Links links) {
        this.environments = environments;
        this.links = links;
    }

    /** An environment as it is shown. */
    public record EnvironmentJson(@JsonbProperty("_links") Map<String, Link> links, UUID id, String name) {}

    @GET
    @Requires(Permission.READ_SETTINGS)
    public EnvironmentJson read(@PathParam("env") UUID env) {
        Environment environment = environments.get(env);
        return new EnvironmentJson(
                Map.of("self", links.environment(env)), environment.id(), environments.name(environment));
    }
}
