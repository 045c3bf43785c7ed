package org.oathbound.oauth.boundary;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Audited;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.ProblemMapper;
import org.oathbound.problem.Problem;

/**
 * Writes the line of a call before its answer leaves: of each that is {@link Audited}, and of all that are refused. An answer
 * whose line can't be written becomes 503.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1) // a refused request is a line, too
public class AuditFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String KNOWN = AuditFilter.class.getName() + ".known";

    private final ResourceInfo resource;
    private final HttpHeaders headers;

    public AuditFilter(@Context ResourceInfo resource, @Context HttpHeaders headers) {
        this.resource = resource;
        this.headers = headers;
    }

    /** Refuses a change while the audit can't be written. */
    @Override
    public void filter(ContainerRequestContext request) {
        AuditContext.become(AuditedCall.contextOf(request));
        request.setProperty(KNOWN, true);
        Method method = resource.getResourceMethod();
        if (method != null
                && isChange(method.getAnnotation(Audited.class))
                && !auditOf(request).takesWrites()) {
            throw new Problem.Unavailable("The audit can't be written.", Duration.ofSeconds(5));
        }
    }

    /** Issuing an access token is no change here: reads are still possible, and need one. */
    private static boolean isChange(@Nullable Audited audited) {
        return audited != null && audited.value() != Action.ACCESS_TOKEN_ISSUE;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(KNOWN) == null) {
            AuditContext.become(AuditedCall.contextOfRefused(request)); // before a method was found for it
        }
        AuditedCall call = new AuditedCall(request, response, resource.getResourceMethod());
        try {
            call.event().ifPresent(event -> record(auditOf(request), call, event));
        } catch (Problem.Unavailable e) {
            replace(response, new ProblemMapper(headers).toResponse(e));
        }
    }

    private static void record(Audit audit, AuditedCall call, AuditEvent event) {
        String address = AuditContext.current().address();
        if (call.namesNobody() && address != null) {
            audit.recordAnonymous(event, AddressLimit.networkOf(address));
        } else {
            audit.record(event);
        }
    }

    private static Audit auditOf(ContainerRequestContext request) {
        if (request.getProperty(AuditContextFilter.AUDIT) instanceof Audit audit) {
            return audit;
        }
        throw new IllegalStateException("A request has come in by no interface.");
    }

    private static void replace(ContainerResponseContext response, Response instead) {
        response.setStatusInfo(instead.getStatusInfo());
        response.getHeaders().remove(HttpHeaders.LOCATION);
        response.getHeaders().remove(HttpHeaders.CONTENT_DISPOSITION);
        response.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, instead.getHeaderString(HttpHeaders.RETRY_AFTER));
        response.setEntity(instead.getEntity(), new Annotation[0], instead.getMediaType());
    }
}
