package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
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
        Instant time = body.containsKey(name) ? fields.instant(name) : fields.requiredInstant(name);
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return time;
    }
}
