package org.oathbound.device.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.SentCode;

/**
 * The body of an activation.
 *
 * @param otp the code
 * @param resync whether the caller will send the next one too, where this one is too far away
 */
record CodeDocument(Passcode otp, boolean resync) {

    /** Reads it; {@link Problem.InvalidData} with every fault. */
    static CodeDocument read(JsonObject document) {
        List<Detail> faults = new ArrayList<>();
        Fields fields = new Fields(document, "", faults);
        Passcode otp = SentCode.required(fields, "otp");
        Boolean resync = fields.flag("oathResync");
        if (otp == null || !faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return new CodeDocument(otp, Boolean.TRUE.equals(resync));
    }
}
