package org.oathbound.person.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.person.boundary.UserJson.Reference;
import org.oathbound.person.boundary.UserStateJson.Password;
import org.oathbound.person.control.Persons;

/** A user's password, as an administrator sets it. PingOne has two media types for that, whose bodies differ. */
@Path("/v1/environments/{env}/" + UsersResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class PasswordResource {

    private static final String PASSWORD = "password";
    private static final String SET = "application/vnd.pingidentity.password.set+json";
    private static final String RESET = "application/vnd.pingidentity.password.reset+json";

    private final Environments environments;
    private final Persons persons;
    private final Links links;

    @Inject
    public PasswordResource(Environments environments, Persons persons, Links links) {
        this.environments = environments;
        this.persons = persons;
        this.links = links;
    }

    @PUT
    @Path("/{id}/" + PASSWORD)
    @Consumes(SET)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_PASSWORD)
    public Password set(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        return set(env, id, PasswordDocument.read(JsonBody.read(body), PasswordDocument.VALUE));
    }

    @PUT
    @Path("/{id}/" + PASSWORD)
    @Consumes(RESET)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_PASSWORD)
    public Password reset(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        return set(env, id, PasswordDocument.read(JsonBody.read(body), PasswordDocument.NEW_VALUE));
    }

    private Password set(UUID env, UUID id, String password) {
        persons.setPassword(environments.get(env), id, password);
        return new Password(UserStateJson.links(links, env, id, PASSWORD), new Reference(env), new Reference(id), "OK");
    }
}
