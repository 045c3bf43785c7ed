package org.oathbound.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/**
 * All of the HTTP interface, from the root: {@code /v1}, {@code /directory/v1} and {@code /{environment}} have no prefix
 * in common. What is served from files has longer paths of its own in {@code web.xml}, and those win.
 */
@ApplicationPath("/")
public class Api extends Application {

    /** OpenAPI describes the interface; the server's own description in WADL would show it without asking who calls. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
