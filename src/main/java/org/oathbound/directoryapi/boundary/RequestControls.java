package org.oathbound.directoryapi.boundary;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The controls of a request (RFC 4511 section 4.1.11), as members of its body: none is obeyed here. */
final class RequestControls {

    static final String MEMBER = "_controls";

    private RequestControls() {}

    /**
     * The same body, without a control that has to be obeyed.
     *
     * @throws Problem.InvalidRequest for a critical one, and for what is no list of controls
     */
    static JsonObject checked(JsonObject body) {
        JsonValue controls = body.getOrDefault(MEMBER, JsonValue.NULL);
        if (controls instanceof JsonArray array) {
            array.forEach(RequestControls::check);
        } else if (!JsonValue.NULL.equals(controls)) {
            throw refused("The value must be a list of controls.");
        }
        return body;
    }

    private static void check(JsonValue value) {
        if (!(value instanceof JsonObject control)) {
            throw refused("The value must be a list of controls.");
        }
        if (!JsonValue.FALSE.equals(control.getOrDefault("criticality", JsonValue.FALSE))) {
            throw refused("No control is obeyed here, and this one is critical.");
        }
    }

    private static Problem.InvalidRequest refused(String why) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, MEMBER, why);
    }
}
