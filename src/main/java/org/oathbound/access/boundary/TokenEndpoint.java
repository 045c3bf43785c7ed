package org.oathbound.access.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.AccessTokens;
import org.oathbound.access.control.Applications;
import org.oathbound.access.entity.Application;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.BodyLimit;
import org.oathbound.http.MediaTypes;

/** {@code POST /{env}/as/token}: the client credentials grant (RFC 6749 section 4.4). */
@Path("/{env}/as/token")
@ApplicationScoped
public class TokenEndpoint {

    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Environments environments;
    private final Applications applications;
    private final AccessTokens accessTokens;

    @Inject
    public TokenEndpoint(Environments environments, Applications applications, AccessTokens accessTokens) {
        this.environments = environments;
        this.applications = applications;
        this.accessTokens = accessTokens;
    }

    /**
     * The successful answer (RFC 6749 section 5.1).
     *
     * @param expiresIn seconds
     */
    public record AccessTokenResponse(
            @JsonbProperty("access_token") String accessToken,
            @JsonbProperty("token_type") String tokenType,
            @JsonbProperty("expires_in") long expiresIn) {

        @Override
        public String toString() {
            return "AccessTokenResponse";
        }
    }

    /** A parameter that is not needed, such as {@code scope}, is let pass (RFC 6749 section 3.2). */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @BodyLimit(MAX_BODY_BYTES)
    public Response issue(
            @PathParam("env") UUID environmentId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body)
            throws IOException {
        Environment environment = environments.get(environmentId);
        FormParameters form = FormParameters.read(body);
        String grantType =
                form.get("grant_type").orElseThrow(() -> OAuthError.invalidRequest("There is no grant_type."));
        if (!grantType.equals("client_credentials")) {
            throw OAuthError.unsupportedGrantType();
        }
        ClientCredentials client = ClientCredentials.of(authorization, form);
        Application application = applications
                .authenticate(environment, client.id(), client.secret())
                .orElseThrow(() -> OAuthError.invalidClient(client.byHeader()));
        if (application.roles().isEmpty()) {
            throw OAuthError.unauthorizedClient();
        }
        return Response.ok(new AccessTokenResponse(
                        accessTokens.issue(application), "Bearer", AccessTokens.LIFETIME.toSeconds()))
                .type(MediaTypes.JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }
}
