package org.oathbound.it;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** All that it has. */
@Path("classes")
public class TwoClassesResource {

    @GET
    public String get() {
        return "here";
    }
}
