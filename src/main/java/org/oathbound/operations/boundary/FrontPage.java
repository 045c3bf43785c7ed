package org.oathbound.operations.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Leads whoever opens the service in a browser to its front page. */
@Path("/")
@ApplicationScoped
public class FrontPage {

    @GET
    @PermitAll
    public Response open() {
        return Response.seeOther(URI.create("index.html")).build();
    }
}
