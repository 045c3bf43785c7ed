package org.oathbound.authentication.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.UUID;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.authentication.control.CodeCheck;
import org.oathbound.authentication.control.SignOn;
import org.oathbound.authentication.control.SignOn.View;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** Sign-on flows: begin one, select a device, check a code. */
@Path("/{env}/" + FlowsResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class FlowsResource {

    static final String NAME = "deviceAuthentications";

    private static final String SELECT = "application/vnd.pingidentity.device.select+json";
    private static final String CHECK = "application/vnd.pingidentity.otp.check+json";

    private final Environments environments;
    private final CurrentSettings settings;
    private final SignOn signOn;
    private final CodeCheck codes;
    private final Links links;

    @Inject
    public FlowsResource(
            Environments environments, CurrentSettings settings, SignOn signOn, CodeCheck codes, Links links) {
        this.environments = environments;
        this.settings = settings;
        this.signOn = signOn;
        this.codes = codes;
        this.links = links;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.AUTHENTICATE_DEVICE)
    @Audited(Action.FLOW_BEGIN)
    public Response begin(@PathParam("env") UUID env, @Context SecurityContext caller, InputStream body) {
        Environment environment = environments.get(env);
        UUID application = ((RequestPrincipal) caller.getUserPrincipal()).application();
        FlowJson json =
                json(environment, signOn.begin(environment, application, FlowDocument.begin(JsonBody.read(body))));
        return Response.created(links.authorization(env, NAME, json.id()).uri())
                .entity(json)
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.AUTHENTICATE_DEVICE)
    public FlowJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        Environment environment = environments.get(env);
        return json(environment, signOn.read(environment, id));
    }

    @POST
    @Path("/{id}")
    @Consumes(SELECT)
    @Requires(Permission.AUTHENTICATE_DEVICE)
    @Audited(Action.FLOW_SELECT)
    public FlowJson select(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        return json(environment, signOn.select(environment, id, FlowDocument.select(JsonBody.read(body))));
    }

    /** The devices are left out: a check does no more than it must. */
    @POST
    @Path("/{id}")
    @Consumes(CHECK)
    @Requires(Permission.AUTHENTICATE_DEVICE)
    @Audited(Action.FLOW_CHECK)
    public FlowJson check(@PathParam("env") UUID env, @PathParam("id") UUID id, InputStream body) {
        Environment environment = environments.get(env);
        return json(environment, new View(codes.check(environment, id, FlowDocument.check(JsonBody.read(body))), null));
    }

    private FlowJson json(Environment environment, View view) {
        return FlowJson.of(view, settings.of(environment).oath().bypassMfa(), links);
    }
}
