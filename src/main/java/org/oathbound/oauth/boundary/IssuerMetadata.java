package org.oathbound.oauth.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.oathbound.environment.Environments;
import org.oathbound.http.MediaTypes;
import org.oathbound.oauth.control.Issuer;
import org.oathbound.sealing.KeySet;

/** What a resource server needs to know to check access tokens: the issuer's metadata (RFC 8414) and public keys. */
@Path("/{env}/as")
@Produces(MediaTypes.JSON)
@ApplicationScoped
public class IssuerMetadata {

    private final Environments environments;
    private final Issuer issuer;
    private final KeySet keys;
    private final Clock clock;

    @Inject
    public IssuerMetadata(Environments environments, Issuer issuer, KeySet keys, Clock clock) {
        this.environments = environments;
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    /** The members that are true of us. */
    public record Metadata(
            String issuer,
            @JsonbProperty("authorization_endpoint") String authorizationEndpoint,
            @JsonbProperty("token_endpoint") String tokenEndpoint,
            @JsonbProperty("jwks_uri") String jwksUri,
            @JsonbProperty("response_types_supported") List<String> responseTypes,
            @JsonbProperty("grant_types_supported") List<String> grantTypes,

            @JsonbProperty("token_endpoint_auth_methods_supported")
            List<String> authenticationMethods,

            @JsonbProperty("code_challenge_methods_supported")
            List<String> challengeMethods,

            @JsonbProperty("authorization_response_iss_parameter_supported")
            boolean namesItself) {}

    @GET
    @Path(".well-known/openid-configuration")
    @PermitAll
    public Metadata metadata(@PathParam("env") UUID environment) {
        String name = issuer.of(environments.get(environment).id());
        return new Metadata(
                name,
                name + "/authorize",
                name + "/token",
                name + "/jwks",
                List.of("code"),
                List.of("client_credentials", "authorization_code"),
                List.of("client_secret_basic", "client_secret_post", "none"),
                List.of("S256"),
                true);
    }

    @GET
    @Path("jwks")
    @PermitAll
    public Map<String, Object> keys(@PathParam("env") UUID environment) {
        environments.get(environment);
        return keys.publicKeys(clock.instant()).toJSONObject();
    }
}
