package org.oathbound.authentication.boundary;

import jakarta.json.JsonObject;
import java.util.UUID;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.http.JsonFields;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;

/** Reads what callers send for flows; {@link Problem.InvalidData} with every fault. */
final class FlowDocument {

    private static final String OTP = "otp";

    private FlowDocument() {}

    /** A flow that is to begin. */
    static NewFlow begin(JsonObject document) {
        return JsonFields.read(document, fields -> {
            UUID user = fields.required("user").object().required("id").uuid();
            UUID policy = fields.optional("policy").object().required("id").uuid();
            JsonFields selected = fields.optional("selectedDevice").object();
            UUID device = selected.required("id").uuid();
            Passcode code = selected.optional(OTP).parsed(Passcode::parse, Passcode.RULE);
            return user == null ? null : new NewFlow(user, policy, device, code);
        });
    }

    /** The id of a device that is to be selected. */
    static UUID select(JsonObject document) {
        return JsonFields.read(
                document,
                fields -> fields.required("device").object().required("id").uuid());
    }

    /** A code that is to be checked. */
    static Passcode check(JsonObject document) {
        return JsonFields.read(document, fields -> fields.required(OTP).parsed(Passcode::parse, Passcode.RULE));
    }
}
