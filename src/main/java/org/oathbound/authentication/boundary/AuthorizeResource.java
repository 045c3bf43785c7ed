package org.oathbound.authentication.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.application.entity.Application;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.Audited;
import org.oathbound.authentication.control.StaffSignIn;
import org.oathbound.authentication.control.StaffSignIn.Result;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.BodyLimit;
import org.oathbound.http.ProblemMapper;
import org.oathbound.http.SecurityHeaders;
import org.oathbound.http.UrlEncodedForm;
import org.oathbound.oauth.control.AuthorizationCodes;
import org.oathbound.oauth.control.Issuer;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * {@code /{env}/as/authorize}: people who hold a role sign in with password and code, for a program that gets an access
 * token for them (RFC 6749 section 4.1, with PKCE, RFC 7636).
 */
@Path("/{env}/as/authorize")
@Produces(MediaType.TEXT_HTML)
@ApplicationScoped
public class AuthorizeResource {

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_PASSWORD_LENGTH = 1_000;
    private static final String WRONG = "User name, password or code is wrong, or you may not sign in now.";
    private static final String LIMITED = "There were too many wrong attempts. Try again in a minute.";
    private static final String BUSY = "Nobody can sign in at the moment. Try again in a few seconds.";
    private static final String NEXT = "Enter the next code that your token shows.";

    private final Environments environments;
    private final Applications applications;
    private final AuthorizationCodes codes;
    private final StaffSignIn signIn;
    private final Issuer issuer;

    @Inject
    public AuthorizeResource(
            Environments environments,
            Applications applications,
            AuthorizationCodes codes,
            StaffSignIn signIn,
            Issuer issuer) {
        this.environments = environments;
        this.applications = applications;
        this.codes = codes;
        this.signIn = signIn;
        this.issuer = issuer;
    }

    /** The page, or back to the program with an error. */
    @GET
    @PermitAll
    public Response ask(@PathParam("env") UUID env, @Context UriInfo uri) {
        Environment environment = environments.get(env);
        Map<String, String> parameters = AuthorizationRequest.parameters(uri.getQueryParameters());
        AuthorizationRequest request = request(environment, parameters);
        return request.error()
                .map(error -> to(request.answer("error", error, issuer.of(env))))
                .orElseGet(() -> page(Response.Status.OK, request, parameters, ""));
    }

    /** Back to the program with a code, or the page again. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @BodyLimit(MAX_BODY_BYTES)
    @Audited(Action.STAFF_SIGN_ON)
    public Response signIn(@PathParam("env") UUID env, @Context HttpHeaders headers, InputStream body) {
        Environment environment = environments.get(env);
        Map<String, String> parameters =
                AuthorizationRequest.parameters(UrlEncodedForm.read(body, headers.getMediaType()));
        AuthorizationRequest request = request(environment, parameters);
        if (request.error().isPresent()) {
            return to(request.answer("error", request.error().get(), issuer.of(env)));
        }
        AuditContext.become(AuditContext.current().about(request.application().id()));
        try {
            return answer(env, request, parameters, outcome(environment, parameters));
        } catch (Problem.Limited e) {
            return later(Response.Status.TOO_MANY_REQUESTS, e.retryAfter(), request, parameters, LIMITED);
        } catch (Problem.Unavailable e) {
            return later(Response.Status.SERVICE_UNAVAILABLE, e.retryAfter(), request, parameters, BUSY);
        }
    }

    private Result outcome(Environment environment, Map<String, String> parameters) {
        String password = parameters.getOrDefault("password", "");
        return password.length() > MAX_PASSWORD_LENGTH
                ? new Result.Refused()
                : signIn.signIn(
                        environment,
                        parameters.getOrDefault("username", ""),
                        password,
                        Passcode.parse(parameters.getOrDefault("otp", "")));
    }

    private Response answer(UUID env, AuthorizationRequest request, Map<String, String> parameters, Result outcome) {
        return switch (outcome) {
            case Result.SignedIn(UUID person) -> {
                AuditContext.become(AuditContext.current().by("person:" + person));
                String code = codes.issue(
                        env, request.application().id(), person, request.redirectUri(), request.challenge());
                yield to(request.answer("code", code, issuer.of(env)));
            }
            case Result.NeedsNextCode needsNext -> page(Response.Status.OK, request, parameters, NEXT);
            case Result.Refused refused -> page(Response.Status.FORBIDDEN, request, parameters, WRONG);
        };
    }

    private static Response later(
            Response.Status status,
            Duration after,
            AuthorizationRequest request,
            Map<String, String> parameters,
            String message) {
        return Response.fromResponse(page(status, request, parameters, message))
                .header(HttpHeaders.RETRY_AFTER, ProblemMapper.wholeSeconds(after))
                .build();
    }

    private AuthorizationRequest request(Environment environment, Map<String, String> parameters) {
        String id = parameters.getOrDefault("client_id", "");
        Optional<Application> application = Texts.uuid(id).flatMap(client -> applications.find(environment, client));
        return AuthorizationRequest.of(application, parameters);
    }

    private static Response page(
            Response.Status status, AuthorizationRequest request, Map<String, String> parameters, String message) {
        return secured(Response.status(status).entity(SignInPage.of(request, parameters, message)))
                .header(SecurityHeaders.POLICY, SignInPage.policy(request))
                .build();
    }

    private static Response to(URI uri) {
        return secured(Response.seeOther(uri)).build();
    }

    /** Besides what {@link SecurityHeaders} says of every answer. */
    private static ResponseBuilder secured(ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").header("X-Frame-Options", "DENY");
    }
}
