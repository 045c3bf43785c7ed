package org.oathbound.job.control;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * A row that is a token, by its id as a client has sent it, or as a selection has found it; or a device that a selection has
 * found.
 *
 * @param serialNumber null where the client has named the token by its id
 * @param person who has the device; null for a token
 * @param device null for a token
 */
record TokenRow(
        UUID token,
        @Nullable String serialNumber,
        @Nullable UUID person,
        @Nullable UUID device) {

    /** The member of a body that tokens' ids stand in. */
    static final String IDS = "tokenIds";

    private static final JsonProvider JSON = JsonProvider.provider();

    /** What the report calls the cells of rows of a selection. */
    static List<String> columns(Job.Type type) {
        return type.isOfDevices() ? List.of("serialNumber", "user", "device") : List.of("serialNumber", "id");
    }

    /** A row of a selection, to be kept. */
    JsonObject json() {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("id", token.toString());
        if (serialNumber != null) {
            json.add("serialNumber", serialNumber);
        }
        if (person != null && device != null) {
            json.add("person", person.toString()).add("device", device.toString());
        }
        return json.build();
    }

    /** A row as it was kept; {@link Problem.InvalidData} for a client's that is not the id of a token. */
    static TokenRow read(Job.Options options, JsonValue row) {
        if (options.columns() != null) {
            JsonObject kept = row.asJsonObject();
            return new TokenRow(
                    UUID.fromString(kept.getString("id")),
                    kept.getString("serialNumber", null),
                    uuid(kept, "person"),
                    uuid(kept, "device"));
        }
        if (!(row instanceof JsonString text) || !Texts.isUuid(text.getString())) {
            throw new Problem.InvalidData(DetailCode.INVALID_VALUE, IDS, "This is not the id of a token.");
        }
        return new TokenRow(UUID.fromString(text.getString()), null, null, null);
    }

    /** The fault of a row whose token is not there. */
    Detail unknown() {
        return serialNumber == null
                ? new Detail(DetailCode.INVALID_VALUE, IDS, "There is no token with this id.")
                : new Detail(DetailCode.INVALID_VALUE, target(), "The token is not there any more.");
    }

    /** What faults are about. */
    String target() {
        return serialNumber == null ? IDS : "serialNumber";
    }

    /** What a person calls the token. */
    String subject() {
        return serialNumber == null ? token.toString() : serialNumber;
    }

    /** What the report shows. */
    List<String> cells() {
        if (person != null && device != null) {
            return List.of(subject(), person.toString(), device.toString());
        }
        return serialNumber == null ? List.of(token.toString()) : List.of(serialNumber, token.toString());
    }

    private static @Nullable UUID uuid(JsonObject kept, String name) {
        return kept.containsKey(name) ? UUID.fromString(kept.getString(name)) : null;
    }
}
