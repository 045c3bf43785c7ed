package org.oathbound.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;

/** Bounds the body of every request: by its announced length before it is read, and by what is read, and how fast. */
@Provider
@Priority(Priorities.USER) // behind authorization: a stranger's body is not looked at
public class BodyLimitFilter implements ContainerRequestFilter {

    private final ResourceInfo resource;

    public BodyLimitFilter(@Context ResourceInfo resource) {
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource.getResourceMethod();
        BodyLimit limit = method == null ? null : method.getAnnotation(BodyLimit.class);
        int bytes = limit == null ? BodyLimit.USUAL : limit.value();
        if (announced(request) > bytes) {
            throw CappedInputStream.tooLarge(bytes);
        }
        if (request.hasEntity()) {
            Duration grace = isAnonymous(request) ? PacedInputStream.OF_ANYBODY : PacedInputStream.OF_KNOWN_CALLERS;
            request.setEntityStream(new CappedInputStream(
                    new PacedInputStream(request.getEntityStream(), grace, System::nanoTime), bytes));
        }
    }

    /** Whether the caller has not been authenticated: by an access token, or a password in a header. */
    static boolean isAnonymous(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        return security == null || security.getUserPrincipal() == null;
    }

    /** Not {@code getLength()}, which takes what does not fit an int for no length at all. */
    private static long announced(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
