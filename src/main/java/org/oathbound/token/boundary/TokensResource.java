package org.oathbound.token.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.directory.Page;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettings;
import org.oathbound.http.HalPage;
import org.oathbound.http.JsonBody;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.LostTokens;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.TokenFilter;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.RequestedToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.TokenRules;

/** OATH tokens, one at a time and as a list. */
@Path("/v1/environments/{env}/" + TokensResource.NAME)
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class TokensResource {

    static final String LOST = "application/vnd.oathbound.oathtoken.lost+json";
    static final String FOUND = "application/vnd.oathbound.oathtoken.found+json";
    static final String NAME = "oathTokens";

    private final Environments environments;
    private final Tokens tokens;
    private final LostTokens lostTokens;
    private final Pairings pairings;
    private final Resynchronisation resynchronisation;
    private final CurrentSettings settings;
    private final RoleHolders roles;
    private final Links links;

    @Inject
    public TokensResource(
            Environments environments,
            Tokens tokens,
            LostTokens lostTokens,
            Pairings pairings,
            Resynchronisation resynchronisation,
            CurrentSettings settings,
            RoleHolders roles,
            Links links) {
        this.environments = environments;
        this.tokens = tokens;
        this.lostTokens = lostTokens;
        this.pairings = pairings;
        this.resynchronisation = resynchronisation;
        this.settings = settings;
        this.roles = roles;
        this.links = links;
    }

    @GET
    @Requires(Permission.READ_OATH_TOKEN)
    public HalPage<TokenJson> list(
            @PathParam("env") UUID env,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("expand") @Nullable String expand) {
        Environment environment = environments.get(env);
        Paging paging = Paging.of(limit, cursor);
        boolean withDevices = expandsDevices(expand);
        Page<Token> page = tokens.page(environment, TokenFilter.query(filter), paging.after(), paging.limit());
        return links.listing(
                NAME, page.items(), token -> TokenJson.of(env, token, withDevices, links), paging, page.last());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_CREATE)
    public Response create(@PathParam("env") UUID env, InputStream body) {
        Environment environment = environments.get(env);
        OathSettings oathSettings = settings.of(environment).oath();
        RequestedToken request = TokenDocument.read(JsonBody.read(body));
        Token token = tokens.create(
                environment, TokenRules.check(request, oathSettings, TokenRules.MINIMUM_SECRET_BITS, null, false));
        TokenJson json = TokenJson.of(env, token, false, links);
        return Response.created(links.environment(env, NAME, json.id()).uri())
                .entity(json)
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.READ_OATH_TOKEN)
    public TokenJson read(
            @PathParam("env") UUID env, @PathParam("id") UUID id, @QueryParam("expand") @Nullable String expand) {
        boolean withDevices = expandsDevices(expand);
        return tokens.find(environments.get(env), new TokenId(id))
                .map(token -> TokenJson.of(env, token, withDevices, links))
                .orElseThrow(() -> unknown(id));
    }

    @DELETE
    @Path("/{id}")
    @Requires(Permission.DELETE_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_REVOKE)
    public void revoke(@PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security) {
        if (!tokens.revoke(changeable(env, id, security), new TokenId(id))) {
            throw unknown(id);
        }
    }

    @POST
    @Path("/{id}")
    @Consumes(Resynchronisation.MEDIA_TYPE)
    @Requires(Permission.RESYNC_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_RESYNC)
    public TokenJson resynchronise(
            @PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security, InputStream body) {
        return resynchronisation.answer(env, id, security, token -> true, body);
    }

    @POST
    @Path("/{id}")
    @Consumes(LOST)
    @Requires(Permission.RESYNC_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_LOSE)
    public TokenJson lose(@PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security) {
        Token lost = lostTokens.lose(changeable(env, id, security), new TokenId(id));
        return TokenJson.of(env, lost, false, links);
    }

    @POST
    @Path("/{id}")
    @Consumes(FOUND)
    @Requires(Permission.RESYNC_OATH_TOKEN)
    @Audited(Action.OATH_TOKEN_RECOVER)
    public TokenJson recover(@PathParam("env") UUID env, @PathParam("id") UUID id, @Context SecurityContext security) {
        Token found = lostTokens.recover(changeable(env, id, security), new TokenId(id));
        return TokenJson.of(env, found, false, links);
    }

    /** The environment of the path, for a caller who may change the token of all who have it. */
    private Environment changeable(UUID env, UUID id, SecurityContext security) {
        Environment environment = environments.get(env);
        roles.requireMayChangeTokenOf(
                pairings.holders(environment, new TokenId(id)),
                (RequestPrincipal) security.getUserPrincipal(),
                environment);
        return environment;
    }

    private static boolean expandsDevices(@Nullable String expand) {
        if (expand != null && !expand.equals("devices")) {
            throw Paging.invalid("expand");
        }
        return expand != null;
    }

    private static Problem.NotFound unknown(UUID id) {
        return new Problem.NotFound("There is no token " + id + ".");
    }
}
