package org.oathbound.application.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** The roles that a person holds: they say what the person may do after signing in. */
@Path("/v1/environments/{env}/users/{id}/roles")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class UserRolesResource {

    private final Environments environments;
    private final RoleHolders holders;
    private final Links links;

    @Inject
    public UserRolesResource(Environments environments, RoleHolders holders, Links links) {
        this.environments = environments;
        this.holders = holders;
        this.links = links;
    }

    /** Roles as they are shown. */
    public record UserRolesJson(@JsonbProperty("_links") Map<String, Link> links, List<String> roles) {}

    @GET
    @Requires(Permission.READ_APPLICATION)
    public UserRolesJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return json(env, id, holders.get(environments.get(env), id));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_ROLE)
    @Audited(Action.USER_SET_ROLES)
    public UserRolesJson replace(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        Set<Role> roles = RolesDocument.read(JsonBody.read(body));
        holders.set(environment, id, roles);
        return json(env, id, roles);
    }

    private UserRolesJson json(UUID env, UUID id, Set<Role> roles) {
        Map<String, Link> all = links.of(env, "users", id, RolesDocument.ROLES);
        all.put("user", links.environment(env, "users", id));
        return new UserRolesJson(all, Role.titles(roles));
    }
}
