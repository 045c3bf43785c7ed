package org.oathbound.oauth.boundary;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Audited;
import org.oathbound.audit.Outcome;
import org.oathbound.http.ErrorBody;
import org.oathbound.http.TracingFilter;
import org.oathbound.problem.Texts;

/** One call over HTTP as the audit records it. From the request it takes only ids. */
final class AuditedCall {

    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final int LIMITED = 429;
    private static final int UNAVAILABLE = 503;

    private final ContainerRequestContext request;
    private final ContainerResponseContext response;
    private final @Nullable Method method;

    /** @param method null when none was found */
    AuditedCall(ContainerRequestContext request, ContainerResponseContext response, @Nullable Method method) {
        this.request = request;
        this.response = response;
        this.method = method;
    }

    /** What is known of the caller before the request is read. */
    static AuditContext contextOf(ContainerRequestContext request) {
        return AuditContext.current()
                .correlated(TracingFilter.correlationId(request))
                .by(callerOf(request).map(RequestPrincipal::getName).orElse(AuditContext.ANONYMOUS))
                .in(uuid(request, "env"))
                .about(null, uuid(request, "user"))
                .ticketed(Tickets.of(request));
    }

    /** The same of a request that was refused before that, with the account whose name and password HTTP's own scheme has sent. */
    static AuditContext contextOfRefused(ContainerRequestContext request) {
        AuditContext before = AuditContext.current();
        AuditContext context = contextOf(request);
        return before.object() == null
                ? context
                : context.in(before.environment()).about(before.object(), before.person());
    }

    private static Optional<RequestPrincipal> callerOf(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        return security != null && security.getUserPrincipal() instanceof RequestPrincipal caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    /** Empty for a read that was permitted. */
    Optional<AuditEvent> event() {
        Optional<BreakGlassPass> pass = callerOf(request).flatMap(RequestPrincipal::breakGlass);
        boolean read = READS.contains(request.getMethod());
        Audited audited = method == null ? null : method.getAnnotation(Audited.class);
        boolean refused = REFUSALS.contains(response.getStatus()) || response.getStatus() == UNAVAILABLE;
        if (audited != null) {
            return Optional.of(event(audited.value(), object(), pass));
        } else if (pass.isPresent()) {
            return Optional.of(event(Action.BREAK_GLASS_READ, template(), pass));
        } else if (refused || (!read && response.getStatus() >= 400)) {
            return Optional.of(event(Action.CALL_REFUSED, template(), pass));
        }
        return Optional.empty();
    }

    /**
     * Whether the caller is anonymous, and no person, application or token was named to a code that looked at it. Ids in a path
     * are none where an access token is needed first: a caller without one may put any there. Nor is what a limit has refused.
     */
    boolean namesNobody() {
        AuditContext context = AuditContext.current();
        if (!AuditContext.ANONYMOUS.equals(context.actor()) || response.getStatus() < 400) {
            return false;
        }
        return response.getStatus() == LIMITED || (context.object() == null && namedPerson(context) == null);
    }

    /** The person whom the call concerns, but for one whom only the path of a refused call names. */
    private @Nullable UUID namedPerson(AuditContext context) {
        UUID person = context.person();
        return person != null && person.equals(uuid(request, "user")) ? null : person;
    }

    private AuditEvent event(Action action, @Nullable String object, Optional<BreakGlassPass> pass) {
        return new AuditEvent(action, outcome())
                .object(object)
                .person(AuditContext.current().person())
                .token(AuditContext.current().token())
                .reason(outcome() == Outcome.SUCCESS ? null : reason())
                .breakGlass(pass.map(BreakGlassPass::reason).orElse(null));
    }

    private Outcome outcome() {
        if (response.getStatus() < 400) {
            return Outcome.SUCCESS;
        }
        return REFUSALS.contains(response.getStatus()) ? Outcome.REFUSED : Outcome.FAILURE;
    }

    private String reason() {
        Object entity = response.getEntity();
        if (entity instanceof ErrorBody error) {
            String detail = error.details() == null
                    ? ""
                    : error.details().stream()
                            .map(fault -> " " + fault.code())
                            .distinct()
                            .collect(Collectors.joining());
            return error.code() + detail;
        }
        return entity instanceof OAuthError error ? error.error() : "HTTP_" + response.getStatus();
    }

    /** The object that the call itself named, else the last one of the path, else the one that was created. */
    private @Nullable String object() {
        String said = AuditContext.current().object();
        if (said != null) {
            return said;
        }
        return Stream.of(uuid(request, "device"), uuid(request, "id"), created())
                .filter(id -> id != null)
                .findFirst()
                .map(UUID::toString)
                .orElse(null);
    }

    private @Nullable UUID created() {
        URI location = response.getLocation();
        String path = location == null ? "" : location.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return Texts.uuid(last).orElse(null);
    }

    /** The path as we know it, without what was sent in it: that may be anything. */
    private String template() {
        if (method == null) {
            return request.getMethod();
        }
        return request.getMethod()
                + Stream.of(method.getDeclaringClass().getAnnotation(Path.class), method.getAnnotation(Path.class))
                        .filter(part -> part != null)
                        .flatMap(part -> Stream.of(part.value().split("/", -1)))
                        .filter(segment -> !segment.isEmpty())
                        .collect(Collectors.joining("/", " /", ""));
    }

    private static @Nullable UUID uuid(ContainerRequestContext request, String parameter) {
        MultivaluedMap<String, String> parameters = request.getUriInfo().getPathParameters();
        return Texts.uuid(parameters == null ? null : parameters.getFirst(parameter))
                .orElse(null);
    }
}
