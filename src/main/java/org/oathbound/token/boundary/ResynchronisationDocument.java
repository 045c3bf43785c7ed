package org.oathbound.token.boundary;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The body of a resynchronisation.
 *
 * @param second null when it comes with a request of its own
 */
record ResynchronisationDocument(Passcode first, @Nullable Passcode second) {

    /** The field that faults are about. */
    static final String OTPS = "otps";

    /** Reads it; {@link Problem.InvalidData} when there are not one or two codes in it. */
    static ResynchronisationDocument read(JsonObject document) {
        JsonValue otps = document.getOrDefault(OTPS, JsonValue.NULL);
        if (JsonValue.NULL.equals(otps)) {
            throw fault(DetailCode.REQUIRED_VALUE, "A value is required.");
        }
        List<Passcode> codes = otps instanceof JsonArray array
                ? array.stream().flatMap(code -> code(code).stream()).toList()
                : List.of();
        if (codes.isEmpty()
                || codes.size() > 2
                || codes.size() < otps.asJsonArray().size()) {
            throw fault(
                    DetailCode.INVALID_VALUE,
                    "The value must be a list of one or two codes. A code is a string of six or eight digits, and nothing"
                            + " else.");
        }
        return new ResynchronisationDocument(codes.getFirst(), codes.size() == 2 ? codes.getLast() : null);
    }

    private static Optional<Passcode> code(JsonValue value) {
        return value instanceof JsonString text ? Passcode.parse(text.getString()) : Optional.empty();
    }

    private static Problem.InvalidData fault(DetailCode code, String message) {
        return new Problem.InvalidData(code, OTPS, message);
    }
}
