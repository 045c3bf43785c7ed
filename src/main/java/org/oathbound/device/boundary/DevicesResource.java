package org.oathbound.device.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.Audited;
import org.oathbound.device.control.ChangeDevice;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.control.DevicePairing.Paired;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.HalPage;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;
import org.oathbound.person.control.Persons;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/** A person's devices: pair, list, order. */
@Path("/v1/environments/{env}/users/{user}/devices")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class DevicesResource {

    private static final String REORDER = "application/vnd.pingidentity.devices.reorder+json";

    /** What PingOne can add to the list. Ours is in its order anyway, and has no names of types. */
    private static final Set<String> EXPANSIONS = Set.of("order", "typeDisplayNames");

    private final Environments environments;
    private final Persons persons;
    private final Devices devices;
    private final DevicePairing pairing;
    private final ChangeDevice changes;
    private final TokenRights rights;
    private final CurrentSettings settings;
    private final Links links;
    private final Clock clock;

    @Inject
    public DevicesResource(
            Environments environments,
            Persons persons,
            Devices devices,
            DevicePairing pairing,
            ChangeDevice changes,
            TokenRights rights,
            CurrentSettings settings,
            Links links,
            Clock clock) {
        this.environments = environments;
        this.persons = persons;
        this.devices = devices;
        this.pairing = pairing;
        this.changes = changes;
        this.rights = rights;
        this.settings = settings;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.READ_DEVICE)
    public HalPage<DeviceJson> list(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("expand") @Nullable String expand) {
        if (expand != null && !EXPANSIONS.containsAll(List.of(expand.split(",", -1)))) {
            throw Paging.invalid("expand");
        }
        Paging.of(limit, null); // A person has few devices: they are one page, whatever the limit.
        List<PairedDevice> found = devices.list(environments.get(env), user).stream()
                .filter(device -> DeviceFilter.matches(filter, device))
                .toList();
        return list(env, found);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CREATE_DEVICE)
    @Audited(Action.DEVICE_PAIR)
    public Response pair(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @Context SecurityContext security,
            InputStream body) {
        Environment environment = environments.get(env);
        String username = persons.get(environment, user).username().value();
        NewDevice wanted = DeviceDocument.read(JsonBody.read(body), clock.instant());
        rights.requirePairing(security, environment, user, wanted);
        Paired paired = pairing.pair(environment, user, wanted);
        AuditContext.involve(paired.device().device().token());
        DeviceJson json =
                DeviceJson.created(env, paired, settings.of(environment).issuer(), username, links);
        return Response.created(links.environment(env, "users", user, "devices", json.id())
                        .uri())
                .entity(json)
                .build();
    }

    @POST
    @Consumes(REORDER)
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_ORDER)
    public HalPage<DeviceJson> order(@PathParam("env") UUID env, @PathParam("user") UUID user, InputStream body) {
        List<PairedDevice> ordered = changes.order(environments.get(env), user, order(JsonBody.read(body)));
        return list(env, ordered);
    }

    /** PingOne's media type for it says nothing that the method does not. */
    @DELETE
    @Requires(Permission.UPDATE_DEVICE)
    @Audited(Action.DEVICE_ORDER)
    public void forgetOrder(@PathParam("env") UUID env, @PathParam("user") UUID user) {
        changes.forgetOrder(environments.get(env), user);
    }

    private HalPage<DeviceJson> list(UUID env, List<PairedDevice> found) {
        return links.listing("devices", found, device -> DeviceJson.of(env, device, clock.instant(), links));
    }

    private static List<UUID> order(JsonObject body) {
        if (!(body.get("order") instanceof JsonArray order)) {
            throw new Problem.InvalidData(DetailCode.REQUIRED_VALUE, "order", "A list of devices is required.");
        }
        List<UUID> ids = new ArrayList<>();
        for (JsonValue item : order) {
            if (!(item instanceof JsonObject device)
                    || !(device.get("id") instanceof JsonString id)
                    || !Texts.isUuid(id.getString())) {
                throw new Problem.InvalidData(
                        DetailCode.INVALID_VALUE, "order[" + ids.size() + "].id", "This is not the id of a device.");
            }
            ids.add(UUID.fromString(id.getString()));
        }
        return ids;
    }
}
