package org.oathbound.environment.boundary;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.oathbound.http.Link;

/** A document as a HAL resource: with its links, and the environment it belongs to. */
final class Resource {

    private Resource() {}

    static Map<String, Object> of(UUID environment, Map<String, Link> links, JsonObject document) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("_links", links);
        resource.put("environment", Map.of("id", environment));
        resource.putAll(document);
        return resource;
    }
}
