package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.Requires.From;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/**
 * One environment. Its path is the class's own: others begin with the same, and JAX-RS looks no further than the classes
 * whose paths say most (Jakarta RESTful Web Services 3.1 section 3.7.2).
 */
@Path(EnvironmentsResource.PATH + "/{env}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class EnvironmentResource {

    private final Environments environments;
    private final Tenancy tenancy;
    private final Links links;

    @Inject
    public EnvironmentResource(Environments environments, Tenancy tenancy, Links links) {
        this.environments = environments;
        this.tenancy = tenancy;
        this.links = links;
    }

    @GET
    @Requires(value = Permission.READ_SETTINGS, from = From.ITS_ENVIRONMENT_OR_THE_DEFAULT)
    public EnvironmentJson read(@PathParam("env") UUID env) {
        return EnvironmentJson.of(environments.get(env), environments, links);
    }

    /** What is said of it; what is set for it, its policies and what is in it stay. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.UPDATE_SETTINGS, from = From.ITS_ENVIRONMENT_OR_THE_DEFAULT)
    @Audited(Action.ENVIRONMENT_UPDATE)
    public EnvironmentJson replace(@PathParam("env") UUID env, InputStream body) {
        tenancy.describe(environments.get(env), EnvironmentDocument.read(JsonBody.read(body)));
        return read(env);
    }

    @DELETE
    @Requires(value = Permission.DELETE_ENVIRONMENT, from = From.THE_DEFAULT)
    @Audited(Action.ENVIRONMENT_DELETE)
    public void delete(@PathParam("env") UUID env) {
        tenancy.delete(environments.get(env));
    }
}
