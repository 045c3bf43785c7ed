package org.oathbound.person.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.JsonFields;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.person.boundary.UserStateJson.Enabled;
import org.oathbound.person.boundary.UserStateJson.Population;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;

/** A user's account as PingOne has it: whether it is enabled, and its population. */
@Path("/v1/environments/{env}/" + UsersResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class UserAccountResource {

    private static final String ENABLED = "enabled";
    private static final String POPULATION = "population";

    private final Environments environments;
    private final Persons persons;
    private final Enrolments enrolments;
    private final Links links;
    private final Clock clock;

    @Inject
    public UserAccountResource(
            Environments environments, Persons persons, Enrolments enrolments, Links links, Clock clock) {
        this.environments = environments;
        this.persons = persons;
        this.enrolments = enrolments;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Path("/{id}/" + ENABLED)
    @Requires(Permission.READ_USER)
    public Enabled enabled(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return enabled(env, id, person(env, id).enrolment().enabled());
    }

    /** From now on the user signs on nowhere, and what the user is signed on to by an access token or a connection ends. */
    @PUT
    @Path("/{id}/" + ENABLED)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_ENABLED)
    public Enabled setEnabled(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        boolean wanted = JsonFields.read(
                JsonBody.read(body), fields -> fields.required(ENABLED).flag());
        person(env, id);
        enrolments.setEnabled(environments.get(env), id, wanted, GeneralizedTime.now(clock));
        return enabled(env, id, wanted);
    }

    @GET
    @Path("/{id}/" + POPULATION)
    @Requires(Permission.READ_USER)
    public Population population(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return new Population(
                UserStateJson.links(links, env, id, POPULATION), person(env, id).population());
    }

    /** There is one population, in which each user is: naming it changes nothing, and another one is refused. */
    @PUT
    @Path("/{id}/" + POPULATION)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_POPULATION)
    public Population setPopulation(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        UserDocument.checkPopulation(JsonBody.read(body), environment.defaultPopulation());
        return population(env, id);
    }

    private Person person(UUID env, UUID id) {
        return persons.get(environments.get(env), id);
    }

    private Enabled enabled(UUID env, UUID id, boolean enabled) {
        return new Enabled(UserStateJson.links(links, env, id, ENABLED), id, enabled);
    }
}
