package org.oathbound.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Texts;

/** The headers that every answer has, errors too: those that name the request, and those that forbid to store it. */
@Provider
public class TracingFilter implements ContainerResponseFilter {

    private static final String CORRELATION_ID = "correlation-id";
    private static final String PROPERTY = TracingFilter.class.getName() + ".correlationId";
    private static final Pattern FOREIGN = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}._\\-/@=#+]");
    private static final int MAX_CHARACTERS = 100;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(CORRELATION_ID, correlationId(request));
        for (String name : new String[] {"X-Ping-External-Transaction-ID", "X-Ping-External-Session-ID"}) {
            headers.putSingle(name, external(request.getHeaderString(name)));
        }
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate");
            headers.putSingle("Pragma", "no-cache");
            headers.putSingle(HttpHeaders.EXPIRES, "0");
        }
    }

    /** The id that names this request in its answer and in the audit: the caller's, if it is a UUID, or a new one. */
    public static String correlationId(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof String known) {
            return known;
        }
        String sent = request.getHeaderString(CORRELATION_ID);
        String id =
                sent != null && Texts.isUuid(sent) ? sent : UUID.randomUUID().toString();
        request.setProperty(PROPERTY, id);
        return id;
    }

    /** The id that the caller has for this, cleaned as PingOne does; a new one when there is none. */
    private static String external(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return UUID.randomUUID().toString();
        }
        String clean = FOREIGN.matcher(id).replaceAll("_");
        return clean.length() <= MAX_CHARACTERS
                ? clean
                : clean.substring(
                        0,
                        clean.offsetByCodePoints(0, Math.min(MAX_CHARACTERS, clean.codePointCount(0, clean.length()))));
    }
}
