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
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.OathSettingsDocument;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;

/** What holds for all of an environment: for its devices, as PingOne has it, and how codes are judged, which is ours. */
@Path("/v1/environments/{env}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class SettingsResource {

    private static final String MFA = "mfaSettings";
    private static final String OATH = "oathSettings";

    private final Environments environments;
    private final StoredSettings stored;
    private final Links links;

    @Inject
    public SettingsResource(Environments environments, StoredSettings stored, Links links) {
        this.environments = environments;
        this.stored = stored;
        this.links = links;
    }

    @GET
    @Path(MFA)
    @Requires(Permission.READ_SETTINGS)
    public Map<String, Object> readMfa(@PathParam("env") UUID env) {
        return json(env, stored.of(environments.get(env)).mfa());
    }

    @PUT
    @Path(MFA)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public Map<String, Object> replaceMfa(@PathParam("env") UUID env, InputStream body) {
        return json(env, stored.replaceMfa(environments.get(env), JsonBody.read(body)));
    }

    @DELETE
    @Path(MFA)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public void resetMfa(@PathParam("env") UUID env) {
        stored.resetMfa(environments.get(env));
    }

    @GET
    @Path(OATH)
    @Requires(Permission.READ_SETTINGS)
    public Map<String, Object> readOath(@PathParam("env") UUID env) {
        return json(env, stored.of(environments.get(env)).oath());
    }

    @PUT
    @Path(OATH)
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public Map<String, Object> replaceOath(@PathParam("env") UUID env, InputStream body) {
        OathSettings settings = OathSettingsDocument.read(JsonBody.read(body));
        stored.replace(environments.get(env), settings);
        return json(env, settings);
    }

    @DELETE
    @Path(OATH)
    @Requires(Permission.UPDATE_SETTINGS)
    @Audited(Action.SETTINGS_UPDATE)
    public void resetOath(@PathParam("env") UUID env) {
        stored.replace(environments.get(env), OathSettings.DEFAULT);
    }

    private Map<String, Object> json(UUID env, MfaSettings settings) {
        return Resource.of(env, links.of(env, MFA), settings.document());
    }

    private Map<String, Object> json(UUID env, OathSettings settings) {
        return Resource.of(env, links.of(env, OATH), OathSettingsDocument.write(settings));
    }
}
