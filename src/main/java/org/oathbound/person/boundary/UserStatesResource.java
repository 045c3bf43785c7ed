package org.oathbound.person.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.JsonFields;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Reference;
import org.oathbound.person.boundary.UserStateJson.BypassMfa;
import org.oathbound.person.boundary.UserStateJson.CodeRequired;
import org.oathbound.person.boundary.UserStateJson.MfaEnabled;
import org.oathbound.person.boundary.UserStateJson.Password;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Enrolment;

/** What decides how a user signs on, each by itself: none of it changes with the user's own document. */
@Path("/v1/environments/{env}/" + UsersResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class UserStatesResource {

    private static final String MFA_ENABLED = "mfaEnabled";
    private static final String CODE_REQUIRED = "codeRequired";
    private static final String BYPASS = "bypassMFA";
    private static final String PASSWORD = "password";

    private final Environments environments;
    private final Persons persons;
    private final Enrolments enrolments;
    private final Bypass bypass;
    private final Links links;

    @Inject
    public UserStatesResource(
            Environments environments, Persons persons, Enrolments enrolments, Bypass bypass, Links links) {
        this.environments = environments;
        this.persons = persons;
        this.enrolments = enrolments;
        this.bypass = bypass;
        this.links = links;
    }

    @GET
    @Path("/{id}/" + MFA_ENABLED)
    @Requires(Permission.READ_USER)
    public MfaEnabled mfaEnabled(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return mfaEnabled(env, enrolment(env, id));
    }

    @PUT
    @Path("/{id}/" + MFA_ENABLED)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_MFA)
    public MfaEnabled setMfaEnabled(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        boolean enabled = flag(body, MFA_ENABLED);
        enrolment(env, id);
        return mfaEnabled(
                env, enrolments.change(environments.get(env), id, enrolment -> enrolment.withMfaEnabled(enabled)));
    }

    @GET
    @Path("/{id}/" + CODE_REQUIRED)
    @Requires(Permission.READ_USER)
    public CodeRequired codeRequired(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return codeRequired(env, enrolment(env, id));
    }

    @PUT
    @Path("/{id}/" + CODE_REQUIRED)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_CODE_REQUIRED)
    public CodeRequired setCodeRequired(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        boolean required = flag(body, CODE_REQUIRED);
        enrolment(env, id);
        return codeRequired(
                env, enrolments.change(environments.get(env), id, enrolment -> enrolment.withCodeRequired(required)));
    }

    @GET
    @Path("/{id}/" + BYPASS)
    @Requires(Permission.READ_USER)
    public BypassMfa bypassMfa(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return bypassMfa(env, enrolment(env, id));
    }

    @PUT
    @Path("/{id}/" + BYPASS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_BYPASS)
    public BypassMfa setBypassMfa(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Optional<Instant> until = timeOrNull(body, Bypass.TARGET);
        enrolment(env, id);
        return bypassMfa(env, bypass.set(environments.get(env), id, until.orElse(null)));
    }

    /** PingOne has two media types for a password that an administrator sets, whose bodies differ. */
    @PUT
    @Path("/{id}/" + PASSWORD)
    @Consumes("application/vnd.pingidentity.password.set+json")
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_PASSWORD)
    public Password setPassword(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        return setPassword(env, id, JsonBody.read(body), PasswordDocument.VALUE);
    }

    @PUT
    @Path("/{id}/" + PASSWORD)
    @Consumes("application/vnd.pingidentity.password.reset+json")
    @Requires(Permission.UPDATE_USER)
    @Audited(Action.USER_SET_PASSWORD)
    public Password resetPassword(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        return setPassword(env, id, JsonBody.read(body), PasswordDocument.NEW_VALUE);
    }

    private Password setPassword(UUID env, UUID id, JsonObject body, String name) {
        String password = PasswordDocument.read(body, name);
        boolean mustChange = PasswordDocument.mustChange(body);
        if (mustChange) {
            persons.setPasswordToChange(environments.get(env), id, password);
        } else {
            persons.setPassword(environments.get(env), id, password);
        }
        return new Password(
                UserStateJson.links(links, env, id, PASSWORD),
                new Reference(env),
                new Reference(id),
                mustChange ? "MUST_CHANGE_PASSWORD" : "OK");
    }

    private static boolean flag(InputStream body, String name) {
        return JsonFields.read(
                JsonBody.read(body), fields -> fields.required(name).flag());
    }

    /** Empty when the client says that there is none. */
    private static Optional<Instant> timeOrNull(InputStream body, String name) {
        return JsonFields.read(
                JsonBody.read(body),
                fields -> Optional.ofNullable(
                        (fields.names(name) ? fields.optional(name) : fields.required(name)).instant()));
    }

    private Enrolment enrolment(UUID env, UUID id) {
        return persons.get(environments.get(env), id).enrolment();
    }

    private MfaEnabled mfaEnabled(UUID env, Enrolment enrolment) {
        return new MfaEnabled(UserStateJson.links(links, env, enrolment.person(), MFA_ENABLED), enrolment.mfaEnabled());
    }

    private CodeRequired codeRequired(UUID env, Enrolment enrolment) {
        return new CodeRequired(
                UserStateJson.links(links, env, enrolment.person(), CODE_REQUIRED), enrolment.codeRequired());
    }

    private BypassMfa bypassMfa(UUID env, Enrolment enrolment) {
        Environment environment = environments.get(env);
        Instant until = bypass.until(environment, enrolment).orElse(null);
        return new BypassMfa(
                UserStateJson.links(links, env, enrolment.person(), BYPASS), until == null ? null : true, until);
    }
}
