package org.oathbound.device.boundary;

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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.device.control.ChangeDevice;
import org.oathbound.device.control.DeviceVerification;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.token.control.Refusals;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;

/** One device of a person: read, activate, test, name, block, unlock, delete. */
@Path("/v1/environments/{env}/users/{user}/devices/{device}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class DeviceResource {

    private static final String ACTIVATE = "application/vnd.pingidentity.device.activate+json";
    private static final String BLOCK = "application/vnd.pingidentity.device.block+json";
    private static final String UNBLOCK = "application/vnd.pingidentity.device.unblock+json";
    private static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";
    private static final String TEST = "application/vnd.oathbound.device.test+json";

    private final Environments environments;
    private final Devices devices;
    private final DeviceVerification verification;
    private final ChangeDevice changes;
    private final TokenRights rights;
    private final Links links;
    private final Clock clock;

    @Inject
    public DeviceResource(
            Environments environments,
            Devices devices,
            DeviceVerification verification,
            ChangeDevice changes,
            TokenRights rights,
            Links links,
            Clock clock) {
        this.environments = environments;
        this.devices = devices;
        this.verification = verification;
        this.changes = changes;
        this.rights = rights;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.READ_DEVICE)
    public DeviceJson read(@PathParam("env") UUID env, @PathParam("user") UUID user, @PathParam("device") UUID device) {
        return json(env, devices.get(environments.get(env), user, device));
    }

    @DELETE
    @Requires(Permission.DELETE_DEVICE)
    @Audited(Action.DEVICE_UNPAIR)
    public void delete(@PathParam("env") UUID env, @PathParam("user") UUID user, @PathParam("device") UUID device) {
        changes.delete(environments.get(env), user, device);
    }

    @POST
    @Consumes(ACTIVATE)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_ACTIVATE)
    public DeviceJson activate(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security,
            InputStream body) {
        Environment environment = changeable(security, env, user, device);
        CodeDocument code = CodeDocument.read(JsonBody.read(body));
        return accepted(env, user, device, verification.activate(environment, user, device, code.otp(), code.resync()));
    }

    /** Some clients of PingOne's send it so. */
    @PUT
    @Consumes(ACTIVATE)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_ACTIVATE)
    public DeviceJson putActivation(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security,
            InputStream body) {
        return activate(env, user, device, security, body);
    }

    /** A code that is right is used up, and one that is wrong counts, as when the person signs on with it. */
    @POST
    @Consumes(TEST)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_TEST)
    public DeviceJson test(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security,
            InputStream body) {
        Environment environment = changeable(security, env, user, device);
        CodeDocument code = CodeDocument.read(JsonBody.read(body));
        return accepted(env, user, device, verification.test(environment, user, device, code.otp()));
    }

    @POST
    @Consumes(BLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_BLOCK)
    public DeviceJson block(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security) {
        return json(env, changes.block(changeable(security, env, user, device), user, device));
    }

    @POST
    @Consumes(UNBLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_UNBLOCK)
    public DeviceJson unblock(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security) {
        return json(env, changes.unblock(changeable(security, env, user, device), user, device));
    }

    @POST
    @Consumes(UNLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_UNLOCK)
    public DeviceJson unlock(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            @Context SecurityContext security) {
        return json(env, changes.unlock(changeable(security, env, user, device), user, device));
    }

    @PUT
    @Path("/nickname")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_RENAME)
    public DeviceJson name(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("device") UUID device,
            InputStream body) {
        Environment environment = environments.get(env);
        String nickname = DeviceDocument.nickname(JsonBody.read(body)).orElse(null);
        return json(env, changes.name(environment, user, device, nickname));
    }

    /** The environment of the path, for a caller who may change the token of that device. */
    private Environment changeable(SecurityContext security, UUID env, UUID user, UUID device) {
        Environment environment = environments.get(env);
        rights.requireChange(security, environment, user, device);
        return environment;
    }

    private DeviceJson accepted(UUID env, UUID user, UUID device, Verdict verdict) {
        if (!(verdict instanceof Accepted)) {
            throw Refusals.of(verdict, "otp", clock.instant());
        }
        return read(env, user, device);
    }

    private DeviceJson json(UUID env, PairedDevice paired) {
        return DeviceJson.of(env, paired, clock.instant(), links);
    }
}
