package org.oathbound.directoryapi.boundary;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.FindAccount;
import org.oathbound.authentication.control.PasswordAuthentication;
import org.oathbound.http.BasicCredentials;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * HTTP's own scheme (RFC 7617), at this interface and nowhere else: the rest of the API takes access tokens only. Each request
 * costs a slow hash, and where a code is asked for a new one; a client that asks often gets an access token.
 */
@Provider
@Priority(Priorities.AUTHENTICATION) // in front of the audit, which names the caller
@ApplicationScoped
public class BasicAuthentication implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Pattern SCHEME = Pattern.compile("(?i)basic(?: .*)?", Pattern.DOTALL);
    private static final String CHALLENGE = "Basic realm=\"oathbound\", charset=\"UTF-8\"";
    private static final int UNAUTHENTICATED = 401;

    private final FindAccount accounts;
    private final PasswordAuthentication sessions;

    @Inject
    public BasicAuthentication(FindAccount accounts, PasswordAuthentication sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (isHere(request)
                && authorization != null
                && SCHEME.matcher(authorization).matches()) {
            RequestPrincipal caller = caller(authorization);
            request.setSecurityContext(new SignedIn(caller, request.getSecurityContext()));
        }
    }

    /** Each 401 offers both schemes, whichever component refuses. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isHere(request) && response.getStatus() == UNAUTHENTICATED) {
            response.getHeaders().add(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
    }

    private RequestPrincipal caller(String authorization) {
        BasicCredentials sent = BasicCredentials.of(authorization).orElseThrow(BasicAuthentication::wrong);
        return sessions.caller(account(sent.name()), sent.password()).orElseThrow(BasicAuthentication::wrong);
    }

    /** The account of that name; the audit is told of an application, as {@link FindAccount} tells it of a person. */
    private Account account(String name) {
        Account account = find(name);
        account.application()
                .ifPresent(id -> AuditContext.become(AuditContext.current().about(id)));
        return account;
    }

    /** By a client id, the name of an entry, or else a user name. */
    private Account find(String name) {
        if (Texts.isUuid(name)) {
            return accounts.client(UUID.fromString(name));
        }
        return Optional.of(name)
                .filter(text -> text.indexOf('=') > 0)
                .flatMap(EntryNames::find)
                .map(accounts::at)
                .orElseGet(() -> accounts.named(name));
    }

    private static boolean isHere(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath(false);
        return (path.startsWith("/") ? path.substring(1) : path).startsWith("directory/v1");
    }

    private static Problem.Unauthenticated wrong() {
        return new Problem.Unauthenticated("Name or password is wrong.");
    }

    /** @param before null where there is none */
    private record SignedIn(
            RequestPrincipal caller, @Nullable SecurityContext before) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return before != null && before.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return BASIC_AUTH;
        }
    }
}
