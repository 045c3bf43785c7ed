package org.oathbound.environment;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/** Reads a policy from the document that PingOne's API describes, and names every fault of what has effect here. */
final class PolicyDocument {

    private static final String FOBS = "oathToken";
    private static final String APPS = "totp";
    private static final Set<String> OUR_METHODS = Set.of(FOBS, APPS);
    private static final List<String> THEIR_METHODS = List.of("sms", "email", "voice", "mobile");

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_ISSUER_LENGTH = 100;
    private static final int MAX_APP_WINDOW = 10;

    private final JsonObject document;
    private final List<Detail> faults = new ArrayList<>();
    private final Fields fields;

    PolicyDocument(JsonObject document) {
        this.document = document;
        this.fields = new Fields(document, "", faults);
    }

    Policy read() {
        String id = fields.requiredText("id");
        String name = fields.requiredText("name");
        checkText(fields, "name", name, MAX_NAME_LENGTH);
        Boolean isDefault = fields.requiredFlag("default");
        THEIR_METHODS.forEach(this::checkMethod);
        document.keySet().forEach(this::checkIsNotEnabled);
        Fields totp = fields.object(APPS);
        Long appWindow = totp == null ? null : totp.integer("passcodeGracePeriod", 1, MAX_APP_WINDOW);
        String issuer = totp == null ? null : issuer(totp.object("uriParameters"));
        Policy.Method fobs = method(fields.requiredObject(FOBS));
        Policy.Method apps = method(fields.requiredObject(APPS));
        // What is null has left a fault; the comparisons tell the compiler so.
        if (!faults.isEmpty() || id == null || name == null || isDefault == null || fobs == null || apps == null) {
            throw new Problem.InvalidData(faults);
        }
        return new Policy(
                UUID.fromString(id),
                document,
                name,
                isDefault,
                fobs,
                apps,
                appWindow == null ? Settings.DEFAULT.appWindow() : appWindow.intValue(),
                Objects.requireNonNullElse(issuer, Settings.DEFAULT.issuer()));
    }

    private void checkMethod(String name) {
        Fields method = fields.requiredObject(name);
        if (method != null) {
            method.requiredFlag("enabled");
        }
    }

    /** Whatever it is called: a method that a client counts on and that never works would lock people out. */
    private void checkIsNotEnabled(String name) {
        if (OUR_METHODS.contains(name) || !(document.get(name) instanceof JsonObject method)) {
            return;
        }
        if (JsonValue.TRUE.equals(method.get("enabled"))) {
            fields.fault(
                    DetailCode.INVALID_VALUE,
                    name + ".enabled",
                    "Oathbound has OATH tokens and authenticator apps only: no other method can be enabled.");
        }
    }

    private static @Nullable String issuer(@Nullable Fields uriParameters) {
        if (uriParameters == null) {
            return null;
        }
        String issuer = uriParameters.text("issuer");
        checkText(uriParameters, "issuer", issuer, MAX_ISSUER_LENGTH);
        if (issuer != null && issuer.contains(":")) {
            uriParameters.fault(
                    DetailCode.INVALID_VALUE,
                    "issuer",
                    "Apps take what is before a colon for the issuer: it has none.");
        }
        return issuer;
    }

    private static void checkText(Fields fields, String name, @Nullable String text, int maximum) {
        if (text == null) {
            return;
        }
        if (text.isBlank()) {
            fields.fault(DetailCode.EMPTY_VALUE, name, "The value is empty.");
        } else if (text.length() > maximum) {
            fields.tooLong(name, maximum);
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            fields.fault(DetailCode.INVALID_VALUE, name, "Control characters are not allowed.");
        }
    }

    private static Policy.@Nullable Method method(@Nullable Fields method) {
        if (method == null) {
            return null;
        }
        Boolean enabled = method.requiredFlag("enabled");
        Boolean pairingDisabled = method.flag("pairingDisabled");
        Fields otp = method.requiredObject("otp");
        Fields failure = otp == null ? null : otp.requiredObject("failure");
        Long count = failure == null ? null : failure.requiredInteger("count", 1, Lockout.HIGHEST_LIMIT);
        Duration coolDown = failure == null ? null : coolDown(failure.requiredObject("coolDown"));
        if (enabled == null || count == null || coolDown == null) {
            return null;
        }
        return new Policy.Method(
                enabled, Objects.requireNonNullElse(pairingDisabled, false), new Lockout(count.intValue(), coolDown));
    }

    private static @Nullable Duration coolDown(@Nullable Fields coolDown) {
        if (coolDown == null) {
            return null;
        }
        String name = coolDown.requiredOneOf("timeUnit", List.of("MINUTES", "SECONDS"));
        if (name == null) {
            return null;
        }
        ChronoUnit unit = ChronoUnit.valueOf(name);
        long shortest = Math.max(1, Lockout.SHORTEST_COOL_DOWN.dividedBy(unit.getDuration()));
        long longest = Lockout.LONGEST_COOL_DOWN.dividedBy(unit.getDuration());
        Long duration = coolDown.requiredInteger("duration", shortest, longest);
        return duration == null ? null : Duration.of(duration, unit);
    }
}
