package org.oathbound.environment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.Problem;

/**
 * PingOne's {@code mfaSettings} of an environment.
 *
 * @param document all of them, as they were given
 * @param lockoutLimit the failure that locks, instead of what policies say; null when they decide
 * @param lockoutTime how long it first locks; null when policies decide
 * @param maxDevices how many devices a person may have
 * @param mfaEnabled whether a new person signs on with a second factor
 */
public record MfaSettings(
        JsonObject document,
        @Nullable Integer lockoutLimit,
        @Nullable Duration lockoutTime,
        int maxDevices,
        boolean mfaEnabled) {

    static final MfaSettings DEFAULT = read(Json.createObjectBuilder()
            .add(
                    "pairing",
                    Json.createObjectBuilder()
                            .add("maxAllowedDevices", Settings.DEFAULT.maxDevices())
                            .add("pairingKeyFormat", "NUMERIC"))
            .add("users", Json.createObjectBuilder().add("mfaEnabled", Settings.DEFAULT.mfaEnabled()))
            .build());

    private static final int MAX_DEVICES = 15;

    /** As a client gives them; {@link Problem.InvalidData} with every fault. */
    static MfaSettings given(JsonObject given, Instant now) {
        return read(Documents.bounded(
                Documents.addGiven(Json.createObjectBuilder(), given, now).build()));
    }

    /** As they are stored; {@link Problem.InvalidData} with every fault. */
    static MfaSettings read(JsonObject document) {
        return JsonFields.read(document, fields -> read(document, fields));
    }

    private static MfaSettings read(JsonObject document, JsonFields fields) {
        JsonFields lockout = fields.optional("lockout").object();
        Long limit = lockout.required("failureCount").integer(1, Lockout.HIGHEST_LIMIT);
        Long seconds = lockout.optional("durationSeconds")
                .integer(Lockout.SHORTEST_COOL_DOWN.toSeconds(), Lockout.LONGEST_COOL_DOWN.toSeconds());
        JsonFields pairing = fields.required("pairing").object();
        pairing.optional("pairingKeyFormat").oneOf(List.of("NUMERIC", "ALPHANUMERIC"));
        return new MfaSettings(
                document,
                limit == null ? null : (Integer) limit.intValue(),
                seconds == null ? null : Duration.ofSeconds(seconds),
                pairing.optional("maxAllowedDevices").integer(1, MAX_DEVICES, Settings.DEFAULT.maxDevices()),
                fields.optional("users").object().optional("mfaEnabled").flag(Settings.DEFAULT.mfaEnabled()));
    }

    /** The lockout after wrong codes where a policy says this. */
    Lockout over(Lockout policy) {
        return lockoutLimit == null
                ? policy
                : new Lockout(lockoutLimit, Objects.requireNonNullElse(lockoutTime, policy.coolDown()));
    }
}
