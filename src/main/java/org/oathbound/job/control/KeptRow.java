package org.oathbound.job.control;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SeedToken;
import org.oathbound.token.entity.RequestedToken;
import org.oathbound.token.entity.SerialNumber;

/**
 * A row that creates a token, as JSON, which is how it is kept until its turn: a row of a seed file in a form of ours, a row
 * of a document as the client sent it. The token is the same member by member in both.
 *
 * @param serialNumber what the row calls the token, as it may be shown
 * @param cells what the report shows
 * @param token null where it can't be taken apart; it may have faults of its own
 * @param isMoved whether the token was in use elsewhere
 * @param owner whom it is paired with; null for stock
 */
record KeptRow(
        int number,
        @Nullable String serialNumber,
        List<String> cells,
        @Nullable RequestedToken token,
        boolean isMoved,
        @Nullable Owner owner,
        List<Detail> faults) {

    private static final JsonProvider JSON = JsonProvider.provider();

    /** A row of a seed file, to be kept. */
    static JsonObject of(SeedRow row) {
        JsonObjectBuilder kept = JSON.createObjectBuilder()
                .add("number", row.number())
                .add("cells", JSON.createArrayBuilder(row.cells()));
        put(kept, "serialNumber", row.serialNumber());
        SeedToken token = row.token();
        if (token != null) {
            kept.add("token", json(token));
        }
        Owner owner = row.owner();
        if (owner != null) {
            kept.add("username", owner.username()).add("status", owner.status().name());
        }
        if (!row.faults().isEmpty()) {
            kept.add("faults", faults(row.faults()));
        }
        return kept.build();
    }

    /** The same, back. */
    static KeptRow ofFile(JsonObject kept) {
        JsonObject token = kept.getJsonObject("token");
        Owner owner = kept.containsKey("username")
                ? new Owner(kept.getString("username"), Owner.Status.valueOf(kept.getString("status")))
                : null;
        List<Detail> faults = kept.containsKey("faults") ? faults(kept.getJsonArray("faults")) : List.of();
        return new KeptRow(
                kept.getInt("number"),
                kept.getString("serialNumber", null),
                kept.getJsonArray("cells").getValuesAs(JsonString::getString),
                token == null ? null : token(token, faults),
                owner != null || (token != null && hasDrift(token)),
                owner,
                faults);
    }

    /** Whether the file has another name for the token than its serial number, which is derived from that. */
    boolean isNamedOtherwise(SerialNumber its) {
        return serialNumber != null && !serialNumber.strip().equalsIgnoreCase(its.value());
    }

    /** @param place of the row among the others, from 1; the number of a row that gives itself none */
    static KeptRow ofDocument(JsonValue row, int place) {
        if (!(row instanceof JsonObject document)) {
            Detail fault = new Detail(DetailCode.INVALID_VALUE, null, "Each of the tokens must be an object.");
            return new KeptRow(place, null, List.of(""), null, false, null, List.of(fault));
        }
        RequestedToken token = token(document, List.of());
        Long number = token.rowNumber();
        String serialNumber = ChunkTotals.serialNumber(document);
        return new KeptRow(
                number == null || number < 1 || number > Integer.MAX_VALUE ? place : number.intValue(),
                serialNumber,
                List.of(serialNumber == null ? "" : serialNumber),
                token,
                hasDrift(document),
                null,
                List.of());
    }

    private static JsonObjectBuilder json(SeedToken token) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("rowNumber", token.rowNumber());
        put(json, "serialNumber", token.serialNumber());
        put(json, "secret", token.secret());
        put(json, "type", token.type());
        put(json, "hashAlgorithm", token.hashAlgorithm());
        put(json, "otpLength", token.otpLength());
        put(json, "manufacturer", token.manufacturer());
        put(json, "model", token.model());
        put(json, "expiresAt", token.expiresAt());
        put(json, "validFrom", token.validFrom());
        put(json, "validUntil", token.validUntil());
        if (token.counter() != null) {
            json.add("hotp", JSON.createObjectBuilder().add("counter", token.counter()));
        }
        if (token.timeStep() != null) {
            JsonObjectBuilder totp = JSON.createObjectBuilder().add("timeStep", token.timeStep());
            put(totp, "drift", token.drift());
            json.add("totp", totp);
        }
        return json;
    }

    /** @param faults what was wrong with it before */
    private static RequestedToken token(JsonObject json, List<Detail> faults) {
        Faults unread = new Faults();
        faults.forEach(unread::add);
        JsonFields fields = new JsonFields(json, unread);
        JsonFields hotp = fields.optional("hotp").object();
        JsonFields totp = fields.optional("totp").object();
        return new RequestedToken(
                fields.optional("serialNumber").text(),
                fields.optional("secret").text(),
                fields.optional("type").text(),
                fields.optional("hashAlgorithm").text(),
                fields.optional("otpLength").integer(),
                hotp.isAbsent()
                        ? null
                        : new RequestedToken.Hotp(hotp.optional("counter").integer()),
                totp.isAbsent()
                        ? null
                        : new RequestedToken.Totp(
                                totp.optional("timeStep").integer(),
                                totp.optional("drift").integer()),
                fields.optional("rowNumber").integer(),
                fields.optional("manufacturer").text(),
                fields.optional("model").text(),
                fields.optional("expiresAt").text(),
                fields.optional("validFrom").text(),
                fields.optional("validUntil").text(),
                unread.all());
    }

    private static boolean hasDrift(JsonObject token) {
        @Nullable JsonValue totp = token.get("totp");
        return totp instanceof JsonObject object && object.containsKey("drift");
    }

    private static void put(JsonObjectBuilder object, String name, @Nullable Object value) {
        if (value instanceof Number number) {
            object.add(name, number.longValue());
        } else if (value != null) {
            object.add(name, value.toString());
        }
    }

    private static JsonArrayBuilder faults(List<Detail> faults) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Detail fault : faults) {
            JsonObjectBuilder object =
                    JSON.createObjectBuilder().add("code", fault.code().name()).add("message", fault.message());
            put(object, "target", fault.target());
            array.add(object);
        }
        return array;
    }

    private static List<Detail> faults(JsonArray faults) {
        return faults.getValuesAs(JsonValue::asJsonObject).stream()
                .map(fault -> new Detail(
                        DetailCode.valueOf(fault.getString("code")), target(fault), fault.getString("message")))
                .toList();
    }

    private static @Nullable String target(JsonObject fault) {
        return fault.getString("target", null);
    }
}
