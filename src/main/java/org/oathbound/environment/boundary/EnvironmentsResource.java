package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RandomSecret;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.Requires.From;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.http.HalPage;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** Environments: each other's strangers, made by the administrators of the default one. */
@Path(EnvironmentsResource.PATH)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class EnvironmentsResource {

    static final String PATH = "/v1/environments";

    private final Environments environments;
    private final Tenancy tenancy;
    private final Applications applications;
    private final Links links;

    @Inject
    public EnvironmentsResource(Environments environments, Tenancy tenancy, Applications applications, Links links) {
        this.environments = environments;
        this.tenancy = tenancy;
        this.applications = applications;
        this.links = links;
    }

    @GET
    @Requires(value = Permission.READ_ENVIRONMENT, from = From.THE_DEFAULT)
    public HalPage<EnvironmentJson> list() {
        return links.listing(
                "environments",
                environments.all(),
                environment -> EnvironmentJson.of(environment, environments, links));
    }

    /** The new environment's first application holds the roles that the very first one has. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.CREATE_ENVIRONMENT, from = From.THE_DEFAULT)
    @Audited(Action.ENVIRONMENT_CREATE)
    public Response create(InputStream body) {
        Environment environment = tenancy.create(EnvironmentDocument.read(JsonBody.read(body)));
        EnvironmentJson.FirstApplication first =
                new EnvironmentJson.FirstApplication(UUID.randomUUID(), RandomSecret.next());
        applications.create(
                environment, first.id(), Registration.worker("Administrator", Role.ADMINISTRATOR), first.secret());
        return Response.created(links.environment(environment.id()).uri())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(EnvironmentJson.of(environment, environments, links, first))
                .build();
    }
}
