package org.oathbound.application.boundary;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.SecureUri;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.environment.Documents;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * An application as an administrator writes it. Members that PingOne's clients send and that have no effect here, such as
 * {@code type} and {@code grantTypes}, are kept, for a client such as Terraform compares what it reads with what it wrote.
 */
final class ApplicationDocument {

    static final Duration FORMER_SECRET_LASTS = Duration.ofHours(24);

    /** PingOne's longest. */
    static final Duration FORMER_SECRET_LASTS_AT_MOST = Duration.ofDays(30);

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_URIS = 20;
    private static final int MAX_URI_LENGTH = 1_000;
    private static final List<String> METHODS = List.of("CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "NONE");
    private static final String METHOD = "tokenEndpointAuthMethod";
    private static final String URIS = "redirectUris";
    private static final Set<String> KNOWN =
            Set.of("name", "enabled", RolesDocument.ROLES, URIS, "secret", "createdAt");
    private static final int MAX_TYPES = 10;

    /** PingOne's types of applications that speak OpenID Connect. */
    private static final List<String> TYPES =
            List.of("WEB_APP", "NATIVE_APP", "SINGLE_PAGE_APP", "CUSTOM_APP", "SERVICE", "WORKER");

    private static final List<String> PKCE = List.of("OPTIONAL", "REQUIRED", "S256_REQUIRED");

    /**
     * A new application.
     *
     * @param isPublic whether it has no secret
     */
    record Created(Registration registration, boolean isPublic) {}

    private ApplicationDocument() {}

    /** {@link Problem.InvalidData} with every fault. */
    static Created created(JsonObject body) {
        return JsonFields.read(body, fields -> {
            boolean isPublic = "NONE".equals(fields.optional(METHOD).oneOf(METHODS));
            Registration registration = registration(fields, body);
            if (isPublic && registration.redirectUris().isEmpty()) {
                fields.fault(
                        DetailCode.REQUIRED_VALUE,
                        URIS,
                        "A public application is for people, and needs a redirect URI.");
            }
            return new Created(checked(fields, registration, isPublic), isPublic);
        });
    }

    /** The whole of what is said of an application; {@link Problem.InvalidData} with every fault. */
    static Registration replacement(JsonObject body, boolean isPublic) {
        return JsonFields.read(body, fields -> {
            Registration registration = registration(fields, body);
            String method = fields.optional(METHOD).oneOf(METHODS);
            if (method != null && isPublic != method.equals("NONE")) {
                fields.fault(
                        DetailCode.CONSTRAINT_VIOLATION,
                        METHOD,
                        "Whether an application has a secret can't be changed.");
            }
            return checked(fields, registration, isPublic);
        });
    }

    /** Until when the secret before is taken: {@code "previous":{"expiresAt":"…"}}, 24 hours when that is absent. */
    static Instant formerUntil(JsonObject body, Instant now) {
        return JsonFields.read(body, fields -> {
            JsonFields previous = fields.optional("previous").object();
            Instant until = previous.required("expiresAt").instant();
            if (until != null && until.isAfter(now.plus(FORMER_SECRET_LASTS_AT_MOST))) {
                previous.fault(
                        DetailCode.OUT_OF_RANGE,
                        "expiresAt",
                        "The secret before lasts for " + FORMER_SECRET_LASTS_AT_MOST.toDays() + " days at most.");
            }
            return until == null ? now.plus(FORMER_SECRET_LASTS) : until;
        });
    }

    private static Registration registration(JsonFields fields, JsonObject body) {
        fields.optional("type").oneOf(TYPES);
        fields.optional("protocol").oneOf(List.of(ApplicationJson.PROTOCOL));
        fields.optional("grantTypes").texts(MAX_TYPES);
        fields.optional("responseTypes").texts(MAX_TYPES);
        fields.optional("pkceEnforcement").oneOf(PKCE);
        return new Registration(
                Objects.requireNonNullElse(fields.required("name").line(MAX_NAME_LENGTH), ""),
                fields.optional("enabled").flag(true),
                RolesDocument.roles(fields, fields.optional(RolesDocument.ROLES)),
                uris(fields),
                Documents.kept(body, KNOWN).toString());
    }

    private static List<String> uris(JsonFields fields) {
        @Nullable List<String> texts = fields.optional(URIS).texts(MAX_URIS);
        List<String> uris = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            if (text.length() > MAX_URI_LENGTH) {
                fields.faults().tooLong(URIS, MAX_URI_LENGTH);
            } else if (isRedirectUri(text)) {
                uris.add(text);
            } else {
                fields.invalid(
                        URIS,
                        "A redirect URI must be absolute, over https (or http to this machine), without a fragment.");
            }
        }
        return uris;
    }

    private static boolean isRedirectUri(String text) {
        try {
            URI uri = URI.create(text);
            return SecureUri.is(uri) && uri.getHost() != null && uri.getFragment() == null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Registration checked(JsonFields fields, Registration registration, boolean isPublic) {
        if (isPublic && !registration.roles().isEmpty()) {
            fields.fault(
                    DetailCode.CONSTRAINT_VIOLATION, RolesDocument.ROLES, "A public application can't hold roles.");
        }
        return registration;
    }
}
