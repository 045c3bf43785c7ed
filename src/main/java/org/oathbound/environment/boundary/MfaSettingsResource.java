package org.oathbound.environment.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environments;
import org.oathbound.environment.MfaSettings;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** What holds for all devices of an environment, as PingOne has it. */
@Path("/v1/environments/{env}/" + MfaSettingsResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class MfaSettingsResource {

    static final String NAME = "mfaSettings";

    private final Environments environments;
    private final StoredSettings stored;
    private final Links links;

    @Inject
    public MfaSettingsResource(Environments environments, StoredSettings stored, Links links) {
        this.environments = environments;
        this.stored = stored;
        this.links = links;
    }

    @GET
    @Requires(Permission.READ_SETTINGS)
    public Map<String, Object> read(@PathParam("env") UUID env) {
        return json(env, stored.of(environments.get(env)).mfa());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public Map<String, Object> replace(@PathParam("env") UUID env, InputStream body) {
        return json(env, stored.replaceMfa(environments.get(env), JsonBody.read(body)));
    }

    @DELETE
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public void reset(@PathParam("env") UUID env) {
        stored.resetMfa(environments.get(env));
    }

    private Map<String, Object> json(UUID env, MfaSettings settings) {
        return Resource.of(env, links.of(env, NAME), settings.document());
    }
}
