package org.oathbound.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.http.MediaTypes;

/** A token that is paired with a person. */
@Path("/v1/environments/{env}/users/{user}/" + TokensResource.NAME + "/{id}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class UserTokenResource {

    private final Resynchronisation resynchronisation;

    @Inject
    public UserTokenResource(Resynchronisation resynchronisation) {
        this.resynchronisation = resynchronisation;
    }

    @POST
    @Consumes(Resynchronisation.MEDIA_TYPE)
    @Requires(Permission.RESYNC_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_RESYNC)
    public TokenJson resynchronise(
            @PathParam("env") UUID env,
            @PathParam("user") UUID user,
            @PathParam("id") UUID id,
            @Context SecurityContext security,
            InputStream body) {
        return resynchronisation.answer(env, id, security, token -> token.isPairedWith(user), body);
    }
}
