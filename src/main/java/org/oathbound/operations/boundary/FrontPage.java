package org.oathbound.operations.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Redirects a browser that opens the service's root to the front page. */
@Path("/")
@ApplicationScoped
public class FrontPage {

    @GET
    @PermitAll
    public Response open() {
        return Response.seeOther(URI.create("index.html")).build();
    }
}
