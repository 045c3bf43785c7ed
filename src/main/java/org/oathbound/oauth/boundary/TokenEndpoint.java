package org.oathbound.oauth.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.BodyLimit;
import org.oathbound.http.MediaTypes;
import org.oathbound.oauth.control.AccessTokens;
import org.oathbound.oauth.control.AuthorizationCodes;
import org.oathbound.oauth.entity.AuthorizationCode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/** {@code POST /{env}/as/token}: client credentials (RFC 6749 section 4.4) and authorization codes (section 4.1.3). */
@Path("/{env}/as/token")
@ApplicationScoped
public class TokenEndpoint {

    private static final int MAX_BODY_BYTES = 8 * 1024;

    private final Environments environments;
    private final Applications applications;
    private final AccessTokens accessTokens;
    private final AuthorizationCodes codes;
    private final RoleHolders holders;
    private final TokenRequestLimit limit;

    @Inject
    public TokenEndpoint(
            Environments environments,
            Applications applications,
            AccessTokens accessTokens,
            AuthorizationCodes codes,
            RoleHolders holders,
            TokenRequestLimit limit) {
        this.environments = environments;
        this.applications = applications;
        this.accessTokens = accessTokens;
        this.codes = codes;
        this.holders = holders;
        this.limit = limit;
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
    @Audited(Action.ACCESS_TOKEN_ISSUE)
    @BodyLimit(MAX_BODY_BYTES)
    public Response issue(
            @PathParam("env") UUID environmentId,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Context HttpHeaders headers,
            InputStream body) {
        Environment environment = environments.get(environmentId);
        FormParameters form = FormParameters.read(body, headers.getMediaType());
        String grantType =
                form.get("grant_type").orElseThrow(() -> OAuthError.invalidRequest("There is no grant_type."));
        String accessToken =
                switch (grantType) {
                    case "client_credentials" -> ofApplication(environment, authorization, form);
                    case "authorization_code" -> ofPerson(environment, authorization, form);
                    default -> throw OAuthError.unsupportedGrantType();
                };
        return Response.ok(new AccessTokenResponse(accessToken, "Bearer", AccessTokens.LIFETIME.toSeconds()))
                .type(MediaTypes.JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    private String ofApplication(Environment environment, @Nullable String authorization, FormParameters form) {
        Application application = authenticated(environment, authorization, form);
        if (application.roles().isEmpty()) {
            throw OAuthError.unauthorizedClient();
        }
        return accessTokens.issue(application);
    }

    /** A program gets an access token for a person who has signed in (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
    private String ofPerson(Environment environment, @Nullable String authorization, FormParameters form) {
        boolean isPublic = authorization == null && form.get("client_secret").isEmpty();
        Application application =
                isPublic ? publicApplication(environment, form) : authenticated(environment, authorization, form);
        AuthorizationCode code = codes.redeem(
                        environment.id(),
                        application.id(),
                        required(form, "code"),
                        required(form, "redirect_uri"),
                        required(form, "code_verifier"))
                .filter(found -> holders.inSession(environment, found.person(), found.issuedAt())
                        .isPresent())
                .orElseThrow(OAuthError::invalidGrant);
        AuditContext.become(AuditContext.current().by("person:" + code.person()).about(application.id()));
        return accessTokens.issue(application, code);
    }

    private Application authenticated(Environment environment, @Nullable String authorization, FormParameters form) {
        ClientCredentials client = ClientCredentials.of(authorization, form);
        AuditContext.become(AuditContext.current().about(client.id()));
        try {
            limit.take();
            Application application = applications
                    .authenticate(environment, client.id(), client.secret())
                    .orElseThrow(() -> OAuthError.invalidClient(client.byHeader()));
            AuditContext.become(AuditContext.current().by("application:" + application.id()));
            return application;
        } catch (Problem.Limited e) {
            throw OAuthError.tooManyRequests(e.retryAfter());
        }
    }

    private Application publicApplication(Environment environment, FormParameters form) {
        return form.get("client_id")
                .flatMap(Texts::uuid)
                .flatMap(id -> applications.find(environment, id))
                .filter(application -> application.isPublic() && application.enabled())
                .orElseThrow(() -> OAuthError.invalidClient(false));
    }

    private static String required(FormParameters form, String name) {
        return form.get(name).orElseThrow(() -> OAuthError.invalidRequest("There is no " + name + "."));
    }
}
