package org.oathbound.application.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.boundary.ApplicationDocument.Created;
import org.oathbound.application.boundary.ApplicationJson.Former;
import org.oathbound.application.boundary.ApplicationJson.Secret;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RandomSecret;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.directory.Page;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.HalPage;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The applications of an environment. A secret is shown in the answer that makes it, and never again. */
@Path("/v1/environments/{env}/" + ApplicationsResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class ApplicationsResource {

    static final String NAME = "applications";

    private static final String NO_STORE = "no-store";

    private final Environments environments;
    private final Applications applications;
    private final Clock clock;
    private final Links links;

    @Inject
    public ApplicationsResource(Environments environments, Applications applications, Clock clock, Links links) {
        this.environments = environments;
        this.applications = applications;
        this.clock = clock;
        this.links = links;
    }

    @GET
    @Requires(Permission.READ_APPLICATION)
    public HalPage<ApplicationJson> list(
            @PathParam("env") UUID env,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Page<Application> page = applications.page(environments.get(env), paging.after(), paging.limit());
        return links.listing(
                NAME, page.items(), application -> ApplicationJson.of(application, null, links), paging, page.last());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CREATE_APPLICATION)
    @Audited(Action.APPLICATION_CREATE)
    public Response create(@PathParam("env") UUID env, InputStream body) {
        Environment environment = environments.get(env);
        Created wanted = ApplicationDocument.created(JsonBody.read(body));
        String secret = wanted.isPublic() ? null : RandomSecret.next();
        Application made = applications.create(environment, UUID.randomUUID(), wanted.registration(), secret);
        return Response.created(links.environment(env, NAME, made.id()).uri())
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .entity(ApplicationJson.of(made, secret, links))
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.READ_APPLICATION)
    public ApplicationJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return ApplicationJson.of(applications.get(environments.get(env), id), null, links);
    }

    /** A caller can't remove their own right to change applications: no caller with that right might be left. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_APPLICATION)
    @Audited(Action.APPLICATION_UPDATE)
    public ApplicationJson replace(
            @PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security, InputStream body) {
        Environment environment = environments.get(env);
        Application before = applications.get(environment, id);
        Registration wanted = ApplicationDocument.replacement(JsonBody.read(body), before.isPublic());
        if (!wanted.enabled() || !wanted.roles().contains(Role.ENVIRONMENT_ADMIN)) {
            refuseOwn(security, id);
        }
        return ApplicationJson.of(applications.replace(environment, id, wanted), null, links);
    }

    @DELETE
    @Path("/{id}")
    @Requires(Permission.DELETE_APPLICATION)
    @Audited(Action.APPLICATION_DELETE)
    public void delete(@PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security) {
        Environment environment = environments.get(env);
        refuseOwn(security, id);
        applications.delete(environment, id);
    }

    /** Makes another secret; the one before is taken too until the stated time. */
    @POST
    @Path("/{id}/secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_APPLICATION)
    @Audited(Action.APPLICATION_ROTATE_SECRET)
    public Response rotate(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        Instant now = clock.instant();
        JsonObject document = JsonBody.readIfAny(body);
        Instant until = ApplicationDocument.formerUntil(document, now);
        String secret = RandomSecret.next();
        applications.rotate(environment, id, secret, until.isAfter(now) ? until : null);
        return Response.ok(new Secret(
                        Map.of("self", links.environment(env, NAME, id, "secret")), secret, new Former(until)))
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    private static void refuseOwn(SecurityContext security, UUID id) {
        if (security.getUserPrincipal() instanceof RequestPrincipal caller
                && caller.application().equals(id)) {
            throw new Problem.RequestFailed(
                    DetailCode.CONSTRAINT_VIOLATION, null, "The application that calls can't shut itself out.");
        }
    }
}
