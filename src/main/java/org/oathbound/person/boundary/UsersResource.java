package org.oathbound.person.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
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
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;

/** Users, one at a time and as a list. */
@Path("/v1/environments/{env}/" + UsersResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class UsersResource {

    static final String NAME = "users";

    private final Environments environments;
    private final Persons persons;
    private final Links links;
    private final Clock clock;

    @Inject
    public UsersResource(Environments environments, Persons persons, Links links, Clock clock) {
        this.environments = environments;
        this.persons = persons;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.READ_USER)
    public HalPage<UserJson> list(
            @PathParam("env") UUID env,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Environment environment = environments.get(env);
        Paging paging = Paging.of(limit, cursor);
        Page<Person> page = persons.page(environment, UserFilter.query(filter), paging.after(), paging.limit());
        return links.listing(NAME, page.items(), person -> json(env, person), paging, page.last());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CREATE_USER)
    @Audited(Action.USER_CREATE)
    public Response create(@PathParam("env") UUID env, InputStream body) {
        Environment environment = environments.get(env);
        Person person =
                persons.create(environment, UserDocument.created(JsonBody.read(body), environment.defaultPopulation()));
        return Response.created(links.environment(env, NAME, person.id()).uri())
                .entity(json(env, person))
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.READ_USER)
    public UserJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return json(env, persons.get(environments.get(env), id));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_UPDATE)
    public UserJson replace(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        Profile wanted = UserDocument.replacement(
                JsonBody.read(body), environment.defaultPopulation(), isEnabled(environment, id));
        return json(env, persons.change(environment, id, before -> wanted));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_UPDATE)
    public UserJson change(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        var patch =
                UserDocument.patch(JsonBody.read(body), environment.defaultPopulation(), isEnabled(environment, id));
        return json(env, persons.change(environment, id, patch));
    }

    /** PingOne's way to end a lock; the body is empty, and passed over if it is not. */
    @POST
    @Path("/{id}")
    @Consumes("application/vnd.pingidentity.account.unlock+json")
    @Requires(Permission.UNLOCK_USER)
    @Audited(Action.USER_UNLOCK)
    public UserJson unlock(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return json(env, persons.unlock(environments.get(env), id));
    }

    @DELETE
    @Path("/{id}")
    @Requires(Permission.DELETE_USER)
    @Audited(Action.USER_DELETE)
    public void delete(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        persons.delete(environments.get(env), id);
    }

    private boolean isEnabled(Environment environment, UUID id) {
        return persons.get(environment, id).enrolment().enabled();
    }

    private UserJson json(UUID env, Person person) {
        return UserJson.of(env, person, links, clock.instant());
    }
}
