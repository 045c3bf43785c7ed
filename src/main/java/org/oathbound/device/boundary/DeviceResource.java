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
import jakarta.ws.rs.core.MediaType;
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

/** One device of a person: read, activate, name, block, unlock, delete. */
@Path("/v1/environments/{env}/users/{user}/devices/{device}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class DeviceResource {

    private static final String ACTIVATE = "application/vnd.pingidentity.device.activate+json";
    private static final String BLOCK = "application/vnd.pingidentity.device.block+json";
    private static final String UNBLOCK = "application/vnd.pingidentity.device.unblock+json";
    private static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";

    private final Environments environments;
    private final Devices devices;
    private final DeviceVerification verification;
    private final ChangeDevice changes;
    private final Links links;
    private final Clock clock;

    @Inject
    public DeviceResource(
            Environments environments,
            Devices devices,
            DeviceVerification verification,
            ChangeDevice changes,
            Links links,
            Clock clock) {
        this.environments = environments;
        this.devices = devices;
        this.verification = verification;
        this.changes = changes;
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
            InputStream body) {
        Environment environment = environments.get(env);
        CodeDocument code = CodeDocument.read(JsonBody.read(body));
        Verdict verdict = verification.activate(environment, user, device, code.otp(), code.resync());
        if (!(verdict instanceof Accepted)) {
            throw Refusals.of(verdict, "otp", clock.instant());
        }
        return read(env, user, device);
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
            InputStream body) {
        return activate(env, user, device, body);
    }

    @POST
    @Consumes(BLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_BLOCK)
    public DeviceJson block(
            @PathParam("env") UUID env, @PathParam("user") UUID user, @PathParam("device") UUID device) {
        return json(env, changes.block(environments.get(env), user, device));
    }

    @POST
    @Consumes(UNBLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_UNBLOCK)
    public DeviceJson unblock(
            @PathParam("env") UUID env, @PathParam("user") UUID user, @PathParam("device") UUID device) {
        return json(env, changes.unblock(environments.get(env), user, device));
    }

    @POST
    @Consumes(UNLOCK)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_UNLOCK)
    public DeviceJson unlock(
            @PathParam("env") UUID env, @PathParam("user") UUID user, @PathParam("device") UUID device) {
        return json(env, changes.unlock(environments.get(env), user, device));
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

    private DeviceJson json(UUID env, PairedDevice paired) {
        return DeviceJson.of(env, paired, clock.instant(), links);
    }
}
