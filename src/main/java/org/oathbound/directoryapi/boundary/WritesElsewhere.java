package org.oathbound.directoryapi.boundary;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.oathbound.http.ErrorBody;
import org.oathbound.http.MediaTypes;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;

/** Tells a client that writes entries by this API where it can write them. */
@Provider
@PreMatching
public class WritesElsewhere implements ContainerRequestFilter {

    private static final Set<String> WRITES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /** An entry's, and for a new one that of all. */
    private static final Pattern ENTRY = Pattern.compile("/?directory/v1/?(?:[^/]*(?:=|%3[Dd])[^/]*)?");

    private static final String WHERE =
            "Entries are created, changed and deleted through LDAP, and what they stand for through /v1/environments.";

    @Override
    public void filter(ContainerRequestContext request) {
        if (WRITES.contains(request.getMethod())
                && ENTRY.matcher(request.getUriInfo().getPath(false)).matches()) {
            throw new NotAllowedException(Response.status(Response.Status.METHOD_NOT_ALLOWED)
                    .header(HttpHeaders.ALLOW, "GET,HEAD,OPTIONS")
                    .type(MediaTypes.JSON)
                    .entity(ErrorBody.of(
                            "INVALID_REQUEST",
                            WHERE,
                            List.of(new Detail(DetailCode.CONSTRAINT_VIOLATION, null, WHERE))))
                    .build());
        }
    }
}
