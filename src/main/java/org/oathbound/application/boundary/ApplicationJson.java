package org.oathbound.application.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Documents;
import org.oathbound.http.Link;
import org.oathbound.http.Links;

/**
 * An application as it is shown, by PingOne's names; {@code roles} is ours. Members that have no effect come back as they were
 * written; of those that PingOne's clients need, what was not written is what follows from the others.
 */
public final class ApplicationJson extends AbstractMap<String, Object> {

    static final String PROTOCOL = "OPENID_CONNECT";

    private final Map<String, Object> members = new LinkedHashMap<>();

    private ApplicationJson(Application application, Map<String, Link> links) {
        boolean isPublic = application.isPublic();
        List<String> uris = application.registration().redirectUris();
        members.put("_links", links);
        members.put("id", application.id());
        members.put("environment", Map.of("id", application.environment()));
        members.put("name", application.name());
        members.put("enabled", application.enabled());
        members.put("type", isPublic ? "NATIVE_APP" : "WORKER");
        members.put("protocol", PROTOCOL);
        members.put("grantTypes", grantTypes(isPublic, uris));
        members.put("tokenEndpointAuthMethod", isPublic ? "NONE" : "CLIENT_SECRET_BASIC");
        members.putAll(Documents.parse(application.registration().description()));
        members.put("redirectUris", uris);
        members.put("roles", Role.titles(application.roles()));
        members.put("createdAt", application.createdAt());
        if (application.updatedAt() != null) {
            members.put("updatedAt", application.updatedAt());
        }
    }

    /** The answer to a rotation. */
    public record Secret(@JsonbProperty("_links") Map<String, Link> links, String secret, Former previous) {

        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** Until when the secret before is taken. */
    public record Former(Instant expiresAt) {}

    /** @param secret in the answer that made it, else null */
    static ApplicationJson of(Application application, @Nullable String secret, Links links) {
        ApplicationJson json = new ApplicationJson(
                application, links.of(application.environment(), ApplicationsResource.NAME, application.id()));
        if (secret != null) {
            json.members.put("secret", secret);
        }
        return json;
    }

    private static List<String> grantTypes(boolean isPublic, List<String> uris) {
        if (uris.isEmpty()) {
            return List.of("CLIENT_CREDENTIALS");
        }
        return isPublic ? List.of("AUTHORIZATION_CODE") : List.of("CLIENT_CREDENTIALS", "AUTHORIZATION_CODE");
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApplicationJson[" + members.get("id") + "]";
    }
}
