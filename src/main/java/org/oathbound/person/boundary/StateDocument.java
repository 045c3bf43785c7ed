package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/** Reads bodies of one member; {@link Problem.InvalidData} when it is absent, or of another kind. */
final class StateDocument {

    private StateDocument() {}

    static boolean flag(JsonObject body, String name) {
        List<Detail> faults = new ArrayList<>();
        Boolean flag = new Fields(body, "", faults).requiredFlag(name);
        if (flag == null) {
            throw new Problem.InvalidData(faults);
        }
        return flag;
    }

    /** Null when it is said that there is none. */
    static @Nullable Instant timeOrNull(JsonObject body, String name) {
        List<Detail> faults = new ArrayList<>();
        Fields fields = new Fields(body, "", faults);
        String text = body.containsKey(name) ? fields.text(name) : fields.requiredText(name);
        Instant time = null;
        if (text != null) {
            try {
                time = Instant.parse(text);
            } catch (DateTimeException e) {
                fields.fault(DetailCode.INVALID_VALUE, name, "A time must be like \"2030-12-31T00:00:00.000Z\".");
            }
        }
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return time;
    }
}
