package org.oathbound.device.boundary;

import jakarta.json.JsonObject;
import org.oathbound.http.JsonFields;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;

/**
 * The body of an activation.
 *
 * @param otp the code
 * @param resync whether the caller will send the next one too, where this one is too far away
 */
record CodeDocument(Passcode otp, boolean resync) {

    /** Reads it; {@link Problem.InvalidData} with every fault. */
    static CodeDocument read(JsonObject document) {
        return JsonFields.read(document, fields -> {
            Passcode otp = fields.required("otp").parsed(Passcode::parse, Passcode.RULE);
            boolean resync = fields.optional("oathResync").flag(false);
            return otp == null ? null : new CodeDocument(otp, resync);
        });
    }
}
