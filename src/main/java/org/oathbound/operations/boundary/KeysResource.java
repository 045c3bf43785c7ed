package org.oathbound.operations.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environments;
import org.oathbound.http.HalPage;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.oauth.control.SigningRotation;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeyFact;
import org.oathbound.sealing.KeyFact.Purpose;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.SealingRotation;
import org.oathbound.sealing.SealingRotation.Progress;

/** The keys of the service, without any of them, and their rotation. For the default environment only: they serve all. */
@Path("/v1/environments/{env}/keys")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class KeysResource {

    private static final String SEALING = "sealing/rotations";
    private static final String SIGNING = "signing/rotations";

    private final Environments environments;
    private final KeySet keys;
    private final SealingRotation sealing;
    private final SigningRotation signing;
    private final Links links;

    @Inject
    public KeysResource(
            Environments environments, KeySet keys, SealingRotation sealing, SigningRotation signing, Links links) {
        this.environments = environments;
        this.keys = keys;
        this.sealing = sealing;
        this.signing = signing;
        this.links = links;
    }

    @GET
    @Requires(Permission.MANAGE_KEYS)
    public HalPage<KeyJson> list(@PathParam("env") UUID env) {
        mustBeDefault(env);
        List<KeyJson> items = KeyJson.all(sealing.facts(), sealing.progress());
        return new HalPage<>(Map.of("self", links.self()), Map.of("keys", items), items.size(), items.size());
    }

    @POST
    @Path(SEALING)
    @Requires(Permission.MANAGE_KEYS)
    @Audited(Action.KEY_ROTATE)
    public Response rotateSealing(@PathParam("env") UUID env) {
        mustBeDefault(env);
        return begun(readSealing(env, sealing.begin()));
    }

    @GET
    @Path(SEALING + "/{id}")
    @Requires(Permission.MANAGE_KEYS)
    public KeyRotationJson readSealing(@PathParam("env") UUID env, @PathParam("id") String id) {
        mustBeDefault(env);
        KeyFact key = fact(Purpose.SEALING, id);
        Progress progress = sealing.progress();
        return KeyRotationJson.sealing(key, others(key), keys.isOurs(), progress, linksOf(env, "sealing", id));
    }

    @POST
    @Path(SIGNING)
    @Requires(Permission.MANAGE_KEYS)
    @Audited(Action.KEY_ROTATE)
    public Response rotateSigning(@PathParam("env") UUID env, @QueryParam("stolen") @Nullable String stolen) {
        mustBeDefault(env);
        return begun(readSigning(env, signing.begin(isTrue("stolen", stolen))));
    }

    @GET
    @Path(SIGNING + "/{id}")
    @Requires(Permission.MANAGE_KEYS)
    public KeyRotationJson readSigning(@PathParam("env") UUID env, @PathParam("id") String id) {
        mustBeDefault(env);
        KeyFact key = fact(Purpose.SIGNING, id);
        return KeyRotationJson.signing(key, others(key), linksOf(env, "signing", id));
    }

    private void mustBeDefault(UUID env) {
        if (!environments.get(env).isDefault()) {
            throw new Problem.Forbidden("The keys serve every environment: the default environment rotates them.");
        }
    }

    private KeyFact fact(Purpose purpose, String id) {
        return sealing.facts().stream()
                .filter(key -> key.purpose() == purpose && key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound("There is no key " + id + " for that."));
    }

    private List<KeyFact> others(KeyFact than) {
        return sealing.facts().stream()
                .filter(key -> key.purpose() == than.purpose() && !key.id().equals(than.id()))
                .toList();
    }

    private Map<String, Link> linksOf(UUID env, String purpose, String id) {
        return links.of(env, "keys", purpose, "rotations", id);
    }

    private static Response begun(KeyRotationJson json) {
        Link self = json.links().get("self");
        Response.ResponseBuilder answer = Response.accepted(json);
        return (self == null ? answer : answer.location(self.uri())).build();
    }

    private static boolean isTrue(String name, @Nullable String value) {
        if (value == null || value.equals("false") || value.equals("true")) {
            return "true".equals(value);
        }
        throw new Problem.InvalidRequest(
                DetailCode.INVALID_PARAMETER, name, "The parameter " + name + " is true or false.");
    }
}
