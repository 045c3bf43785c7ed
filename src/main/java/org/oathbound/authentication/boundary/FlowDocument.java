package org.oathbound.authentication.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.SentCode;

/** Reads what callers send for flows; {@link Problem.InvalidData} with every fault. */
final class FlowDocument {

    private final List<Detail> faults = new ArrayList<>();
    private final Fields fields;

    private FlowDocument(JsonObject document) {
        this.fields = new Fields(document, "", faults);
    }

    /** A flow that is to begin. */
    static NewFlow begin(JsonObject document) {
        return new FlowDocument(document).begin();
    }

    /** The id of a device that is to be selected. */
    static UUID select(JsonObject document) {
        FlowDocument read = new FlowDocument(document);
        return read.valid(id(read.fields.requiredObject("device")));
    }

    /** A code that is to be checked. */
    static Passcode check(JsonObject document) {
        FlowDocument read = new FlowDocument(document);
        return read.valid(SentCode.required(read.fields, "otp"));
    }

    private NewFlow begin() {
        UUID user = id(fields.requiredObject("user"));
        UUID policy = id(fields.object("policy"));
        Fields selected = fields.object("selectedDevice");
        UUID device = id(selected);
        Passcode code = selected == null ? null : SentCode.optional(selected, "otp");
        return new NewFlow(valid(user), policy, device, code);
    }

    private <T> T valid(@Nullable T value) {
        if (value == null || !faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return value;
    }

    private static @Nullable UUID id(@Nullable Fields reference) {
        return reference == null ? null : reference.requiredUuid("id");
    }
}
