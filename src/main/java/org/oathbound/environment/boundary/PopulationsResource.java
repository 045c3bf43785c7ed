package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.HalPage;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.problem.Problem;

/** Populations, which PingOne's clients want to name for a new person: there is one. */
@Path("/v1/environments/{env}/" + PopulationsResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class PopulationsResource {

    static final String NAME = "populations";

    private final Environments environments;
    private final Links links;

    @Inject
    public PopulationsResource(Environments environments, Links links) {
        this.environments = environments;
        this.links = links;
    }

    /** A population as it is shown. */
    public record PopulationJson(
            @JsonbProperty("_links") Map<String, Link> links,
            UUID id,
            Map<String, UUID> environment,
            String name,
            @JsonbProperty("default") boolean isDefault) {}

    @GET
    @Requires(Permission.READ_USER)
    public HalPage<PopulationJson> list(@PathParam("env") UUID env) {
        return links.listing(NAME, List.of(environments.get(env)), this::json);
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.READ_USER)
    public PopulationJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        Environment environment = environments.get(env);
        if (!id.equals(environment.defaultPopulation())) {
            throw new Problem.NotFound("There is no population " + id + ".");
        }
        return json(environment);
    }

    private PopulationJson json(Environment environment) {
        UUID id = environment.defaultPopulation();
        return new PopulationJson(
                links.of(environment.id(), NAME, id), id, Map.of("id", environment.id()), "Default", true);
    }
}
