package org.oathbound.application.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Role;
import org.oathbound.http.Link;
import org.oathbound.http.Links;

/**
 * An application as it is shown, by PingOne's names; {@code roles} is ours.
 *
 * @param secret in the answer that made it, else null
 */
public record ApplicationJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        Map<String, UUID> environment,
        String name,
        boolean enabled,
        String type,
        String protocol,
        List<String> grantTypes,
        String tokenEndpointAuthMethod,
        List<String> redirectUris,
        List<String> roles,
        @Nullable String secret,
        Instant createdAt,
        @Nullable Instant updatedAt) {

    /** The answer to a rotation. */
    public record Secret(@JsonbProperty("_links") Map<String, Link> links, String secret, Former previous) {

        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** Until when the secret before is taken. */
    public record Former(Instant expiresAt) {}

    static ApplicationJson of(Application application, @Nullable String secret, Links links) {
        boolean isPublic = application.isPublic();
        List<String> uris = application.registration().redirectUris();
        List<String> grants = uris.isEmpty()
                ? List.of("CLIENT_CREDENTIALS")
                : isPublic ? List.of("AUTHORIZATION_CODE") : List.of("CLIENT_CREDENTIALS", "AUTHORIZATION_CODE");
        return new ApplicationJson(
                links.of(application.environment(), ApplicationsResource.NAME, application.id()),
                application.id(),
                Map.of("id", application.environment()),
                application.name(),
                application.enabled(),
                isPublic ? "NATIVE_APP" : "WORKER",
                "OPENID_CONNECT",
                grants,
                isPublic ? "NONE" : "CLIENT_SECRET_BASIC",
                uris,
                Role.titles(application.roles()),
                secret,
                application.createdAt(),
                application.updatedAt());
    }

    @Override
    public String toString() {
        return "ApplicationJson[" + id + "]";
    }
}
