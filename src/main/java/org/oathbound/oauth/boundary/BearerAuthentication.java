package org.oathbound.oauth.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.Role;
import org.oathbound.oauth.control.AccessTokenVerifier;
import org.oathbound.problem.Problem;

/**
 * Tells the container who calls, by the access token in the request's header (RFC 6750 section 2.1). Refuses no
 * request: that is left to {@link AuthorizationFilter}, which knows what the method requires.
 */
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {

    /** The request's attribute that holds the {@link Problem} that kept us from finding out. */
    static final String PROBLEM = BearerAuthentication.class.getName() + ".problem";

    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

    private final AccessTokenVerifier verifier;

    @Inject
    public BearerAuthentication(AccessTokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        try {
            Optional<RequestPrincipal> caller = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                    .flatMap(this::callerBy);
            return caller.isPresent() ? login(caller.get(), context) : context.doNothing();
        } catch (Problem problem) {
            request.setAttribute(PROBLEM, problem); // here it would end outside of the mappers
            return context.doNothing();
        }
    }

    private Optional<RequestPrincipal> callerBy(String authorization) {
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? verifier.verify(bearer.group(1)) : Optional.empty();
    }

    private static AuthenticationStatus login(RequestPrincipal caller, HttpMessageContext context) {
        return context.notifyContainerAboutLogin(
                caller, caller.roles().stream().map(Role::title).collect(Collectors.toSet()));
    }
}
