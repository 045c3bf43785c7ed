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
import org.oathbound.application.entity.Role;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/**
 * An application as an administrator writes it. Members that PingOne's clients send and that say nothing here, such as
 * {@code type} and {@code grantTypes}, are let pass.
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

    /**
     * A new application.
     *
     * @param isPublic whether it has no secret
     */
    record Created(Registration registration, boolean isPublic) {}

    private final Fields fields;
    private final List<Detail> faults = new ArrayList<>();

    private ApplicationDocument(JsonObject body) {
        this.fields = new Fields(body, "", faults);
    }

    /** {@link Problem.InvalidData} with every fault. */
    static Created created(JsonObject body) {
        ApplicationDocument document = new ApplicationDocument(body);
        boolean isPublic = "NONE".equals(document.fields.oneOf(METHOD, METHODS));
        Registration registration = document.registration();
        if (isPublic && registration.redirectUris().isEmpty()) {
            document.fields.fault(
                    DetailCode.REQUIRED_VALUE, URIS, "A public application is for people, and needs a redirect URI.");
        }
        return new Created(document.whole(registration, isPublic), isPublic);
    }

    /** The whole of what is said of an application; {@link Problem.InvalidData} with every fault. */
    static Registration replacement(JsonObject body, boolean isPublic) {
        ApplicationDocument document = new ApplicationDocument(body);
        Registration registration = document.registration();
        String method = document.fields.oneOf(METHOD, METHODS);
        if (method != null && isPublic != method.equals("NONE")) {
            document.fields.fault(
                    DetailCode.CONSTRAINT_VIOLATION, METHOD, "Whether an application has a secret can't be changed.");
        }
        return document.whole(registration, isPublic);
    }

    /** Until when the secret before is taken: {@code "previous":{"expiresAt":"…"}}, 24 hours when that is absent. */
    static Instant formerUntil(JsonObject body, Instant now) {
        ApplicationDocument document = new ApplicationDocument(body);
        Fields previous = document.fields.object("previous");
        Instant until = previous == null ? null : previous.requiredInstant("expiresAt");
        if (previous != null && until != null && until.isAfter(now.plus(FORMER_SECRET_LASTS_AT_MOST))) {
            previous.fault(
                    DetailCode.OUT_OF_RANGE,
                    "expiresAt",
                    "The secret before lasts for " + FORMER_SECRET_LASTS_AT_MOST.toDays() + " days at most.");
        }
        document.throwFaults();
        return until == null ? now.plus(FORMER_SECRET_LASTS) : until;
    }

    private Registration registration() {
        String name = Objects.requireNonNullElse(fields.requiredLine("name", MAX_NAME_LENGTH), "");
        boolean enabled = Objects.requireNonNullElse(fields.flag("enabled"), true);
        Set<Role> roles = fields.isAbsent(RolesDocument.ROLES) ? Set.of() : RolesDocument.roles(fields);
        return new Registration(name, enabled, roles, uris());
    }

    private List<String> uris() {
        @Nullable List<String> texts = fields.isAbsent(URIS) ? null : fields.requiredTexts(URIS, MAX_URIS);
        List<String> uris = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            if (text.length() > MAX_URI_LENGTH) {
                fields.tooLong(URIS, MAX_URI_LENGTH);
            } else if (isRedirectUri(text)) {
                uris.add(text);
            } else {
                fields.fault(
                        DetailCode.INVALID_VALUE,
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

    private Registration whole(Registration registration, boolean isPublic) {
        if (isPublic && !registration.roles().isEmpty()) {
            fields.fault(
                    DetailCode.CONSTRAINT_VIOLATION, RolesDocument.ROLES, "A public application can't hold roles.");
        }
        throwFaults();
        return registration;
    }

    private void throwFaults() {
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
    }
}
