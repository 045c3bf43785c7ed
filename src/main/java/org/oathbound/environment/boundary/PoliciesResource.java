package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Policy;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.HalPage;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** Device authentication policies, as PingOne has them. */
@Path("/v1/environments/{env}/" + PoliciesResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class PoliciesResource {

    static final String NAME = "deviceAuthenticationPolicies";

    private final Environments environments;
    private final StoredSettings stored;
    private final Links links;

    @Inject
    public PoliciesResource(Environments environments, StoredSettings stored, Links links) {
        this.environments = environments;
        this.stored = stored;
        this.links = links;
    }

    @GET
    @Requires(Permission.READ_SETTINGS)
    public HalPage<Map<String, Object>> list(@PathParam("env") UUID env) {
        List<Policy> policies = stored.of(environments.get(env)).policies().all();
        return links.listing(NAME, policies, policy -> json(env, policy));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.POLICY_CREATE)
    public Response create(@PathParam("env") UUID env, InputStream body) {
        Policy policy = stored.create(environments.get(env), JsonBody.read(body));
        return Response.created(links.environment(env, NAME, policy.id()).uri())
                .entity(json(env, policy))
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.READ_SETTINGS)
    public Map<String, Object> read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return json(env, stored.of(environments.get(env)).policies().get(id));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.POLICY_UPDATE)
    public Map<String, Object> replace(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        return json(env, stored.replace(environments.get(env), id, JsonBody.read(body)));
    }

    @DELETE
    @Path("/{id}")
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.POLICY_DELETE)
    public void delete(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        stored.delete(environments.get(env), id);
    }

    private Map<String, Object> json(UUID env, Policy policy) {
        return Resource.of(env, links.of(env, NAME, policy.id()), policy.document());
    }
}
