package org.oathbound.environment;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;

/** Reads a policy from the document that PingOne's API describes, and names every fault of what has effect here. */
final class PolicyDocument {

    private static final String FOBS = "oathToken";
    private static final String APPS = "totp";
    private static final Set<String> OUR_METHODS = Set.of(FOBS, APPS);
    private static final List<String> THEIR_METHODS = List.of("sms", "email", "voice", "mobile");

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_ISSUER_LENGTH = 100;
    private static final int MAX_APP_WINDOW = 10;

    private PolicyDocument() {}

    static Policy read(JsonObject document) {
        return JsonFields.read(document, fields -> read(document, fields));
    }

    private static @Nullable Policy read(JsonObject document, JsonFields fields) {
        String id = fields.required("id").text();
        String name = fields.required("name").text();
        checkText(fields.faults(), "name", name, MAX_NAME_LENGTH);
        Boolean isDefault = fields.required("default").flag();
        THEIR_METHODS.forEach(
                method -> fields.required(method).object().required("enabled").flag());
        document.keySet().forEach(method -> checkIsNotEnabled(document, method, fields.faults()));
        JsonFields totp = fields.optional(APPS).object();
        int appWindow = totp.optional("passcodeGracePeriod").integer(1, MAX_APP_WINDOW, Settings.DEFAULT.appWindow());
        String issuer = issuer(totp.optional("uriParameters").object());
        Policy.Method fobs = method(fields.required(FOBS).object());
        Policy.Method apps = method(fields.required(APPS).object());
        if (id == null || name == null || isDefault == null || fobs == null || apps == null) {
            return null;
        }
        return new Policy(UUID.fromString(id), document, name, isDefault, fobs, apps, appWindow, issuer);
    }

    /** Whatever it is called: a method that a client counts on and that never works would lock people out. */
    private static void checkIsNotEnabled(JsonObject document, String name, Faults faults) {
        if (OUR_METHODS.contains(name) || !(document.get(name) instanceof JsonObject method)) {
            return;
        }
        if (JsonValue.TRUE.equals(method.get("enabled"))) {
            faults.invalid(
                    name + ".enabled",
                    "Oathbound has OATH tokens and authenticator apps only: no other method can be enabled.");
        }
    }

    private static String issuer(JsonFields uriParameters) {
        String issuer = uriParameters.optional("issuer").text();
        checkText(uriParameters.faults(), "issuer", issuer, MAX_ISSUER_LENGTH);
        if (issuer != null && issuer.contains(":")) {
            uriParameters.invalid("issuer", "Apps take what is before a colon for the issuer: it has none.");
        }
        return Objects.requireNonNullElse(issuer, Settings.DEFAULT.issuer());
    }

    private static void checkText(Faults faults, String name, @Nullable String text, int maximum) {
        if (text == null) {
            return;
        }
        if (text.isBlank()) {
            faults.add(DetailCode.EMPTY_VALUE, name, "The value is empty.");
        } else if (text.length() > maximum) {
            faults.tooLong(name, maximum);
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            faults.invalid(name, "Control characters are not allowed.");
        }
    }

    private static Policy.@Nullable Method method(JsonFields method) {
        Boolean enabled = method.required("enabled").flag();
        boolean pairingDisabled = method.optional("pairingDisabled").flag(false);
        JsonFields failure = method.required("otp").object().required("failure").object();
        Long count = failure.required("count").integer(1, Lockout.HIGHEST_LIMIT);
        Duration coolDown = coolDown(failure.required("coolDown").object());
        return enabled == null || count == null || coolDown == null
                ? null
                : new Policy.Method(enabled, pairingDisabled, new Lockout(count.intValue(), coolDown));
    }

    private static @Nullable Duration coolDown(JsonFields coolDown) {
        String name = coolDown.required("timeUnit").oneOf(List.of("MINUTES", "SECONDS"));
        if (name == null) {
            return null;
        }
        ChronoUnit unit = ChronoUnit.valueOf(name);
        long shortest = Math.max(1, Lockout.SHORTEST_COOL_DOWN.dividedBy(unit.getDuration()));
        long longest = Lockout.LONGEST_COOL_DOWN.dividedBy(unit.getDuration());
        Long duration = coolDown.required("duration").integer(shortest, longest);
        return duration == null ? null : Duration.of(duration, unit);
    }
}
