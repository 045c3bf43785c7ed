package org.oathbound.device.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Page;
import org.oathbound.environment.Environments;
import org.oathbound.http.HalPage;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;

/** The devices of all people, which PingOne does not list: for example, those that are not activated yet. */
@Path("/v1/environments/{env}/devices")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class AllDevicesResource {

    private final Environments environments;
    private final Devices devices;
    private final Links links;
    private final Clock clock;

    @Inject
    public AllDevicesResource(Environments environments, Devices devices, Links links, Clock clock) {
        this.environments = environments;
        this.devices = devices;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.READ_DEVICE)
    public HalPage<DeviceJson> list(
            @PathParam("env") UUID env,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Page<PairedDevice> page =
                devices.page(environments.get(env), DeviceFilter.query(filter), paging.after(), paging.limit());
        return links.listing(
                "devices",
                page.items(),
                device -> DeviceJson.of(env, device, clock.instant(), links),
                paging,
                page.last());
    }
}
