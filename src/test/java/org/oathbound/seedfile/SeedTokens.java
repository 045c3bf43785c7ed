package org.oathbound.seedfile;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.SeedToken;

/** Tokens of seed files in the words of PingOne's document, which tests compare them by. */
public final class SeedTokens {

    private SeedTokens() {}

    public static JsonObject json(SeedToken token) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        put(json, "serialNumber", token.serialNumber());
        put(json, "secret", token.secret());
        put(json, "type", token.type());
        put(json, "hashAlgorithm", token.hashAlgorithm());
        put(json, "otpLength", token.otpLength());
        put(json, "hotp", inner("counter", token.counter(), "counter", null));
        put(json, "totp", inner("timeStep", token.timeStep(), "drift", token.drift()));
        put(json, "rowNumber", token.rowNumber());
        put(json, "manufacturer", token.manufacturer());
        put(json, "model", token.model());
        put(json, "expiresAt", token.expiresAt());
        put(json, "validFrom", token.validFrom());
        put(json, "validUntil", token.validUntil());
        return json.build();
    }

    public static SeedToken of(JsonObject json) {
        return new SeedToken(
                json.getString("serialNumber", null),
                json.getString("secret", null),
                json.getString("type", null),
                json.getString("hashAlgorithm", null),
                json.containsKey("otpLength") ? json.getInt("otpLength") : null,
                number(json, "hotp", "counter"),
                number(json, "totp", "timeStep"),
                number(json, "totp", "drift"),
                json.getInt("rowNumber", 1),
                json.getString("manufacturer", null),
                json.getString("model", null),
                json.getString("expiresAt", null),
                json.getString("validFrom", null),
                json.getString("validUntil", null));
    }

    private static @Nullable Long number(JsonObject json, String outer, String name) {
        JsonObject object = json.getJsonObject(outer);
        return object == null || !object.containsKey(name)
                ? null
                : object.getJsonNumber(name).longValue();
    }

    private static @Nullable JsonObject inner(String name, @Nullable Long value, String other, @Nullable Long second) {
        if (value == null && second == null) {
            return null;
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        put(json, name, value);
        put(json, other, second);
        return json.build();
    }

    private static void put(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value instanceof JsonValue object) {
            json.add(name, object);
        } else if (value instanceof Number number) {
            json.add(name, number.longValue());
        } else if (value instanceof String text) {
            json.add(name, text);
        }
    }
}
