package org.oathbound.token.boundary;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.MovingFactor.TimeStep;

/**
 * The body of a resynchronisation.
 *
 * @param second null when it comes with a request of its own
 * @param drift the time steps that a TOTP token's clock is said to be ahead; null where that is to be found out nearby
 */
record ResynchronisationDocument(
        Passcode first, @Nullable Passcode second, @Nullable Integer drift) {

    /** The field that faults are about. */
    static final String OTPS = "otps";

    static final String DRIFT = "drift";

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
        return new ResynchronisationDocument(
                codes.getFirst(), codes.size() == 2 ? codes.getLast() : null, drift(document, codes.size()));
    }

    private static @Nullable Integer drift(JsonObject document, int codes) {
        JsonValue drift = document.getOrDefault(DRIFT, JsonValue.NULL);
        if (JsonValue.NULL.equals(drift)) {
            return null;
        }
        if (!(drift instanceof JsonNumber number)
                || !number.isIntegral()
                || number.bigDecimalValue().abs().compareTo(BigDecimal.valueOf(TimeStep.MAX_BASE)) > 0) {
            throw new Problem.InvalidData(
                    DetailCode.OUT_OF_RANGE,
                    DRIFT,
                    "The drift must be a whole number of time steps from -" + TimeStep.MAX_BASE + " to "
                            + TimeStep.MAX_BASE + ".");
        }
        if (codes != 2) {
            throw new Problem.InvalidData(
                    DetailCode.CONSTRAINT_VIOLATION, DRIFT, "A drift is set by two codes in one request.");
        }
        return number.intValue();
    }

    private static Optional<Passcode> code(JsonValue value) {
        return value instanceof JsonString text ? Passcode.parse(text.getString()) : Optional.empty();
    }

    private static Problem.InvalidData fault(DetailCode code, String message) {
        return new Problem.InvalidData(code, OTPS, message);
    }
}
