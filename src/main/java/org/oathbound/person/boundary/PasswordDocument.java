package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/** Reads a password that an administrator sets; no fault shows it. */
final class PasswordDocument {

    static final String VALUE = "value";
    static final String NEW_VALUE = "newPassword";

    private PasswordDocument() {}

    /**
     * Reads one from a body.
     *
     * @param name of the member that holds it
     * @throws Problem.InvalidData with every fault
     */
    static String read(JsonObject body, String name) {
        List<Detail> faults = new ArrayList<>();
        String password = password(new Fields(body, "", faults), name);
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return Objects.requireNonNull(password, "absent is a fault");
    }

    /** The password among these members, and what may stand beside it. */
    static @Nullable String password(Fields fields, String name) {
        if (Boolean.TRUE.equals(fields.flag("forceChange"))) {
            fields.fault(
                    DetailCode.INVALID_VALUE, "forceChange", "Nobody can be made to change a password: send false.");
        }
        String password = fields.requiredText(name);
        if (password == null) {
            return null;
        }
        NewPassword.fault(name, password)
                .ifPresent(fault -> fields.fault(fault.code(), name, fault.message(), fault.innerError()));
        return password;
    }
}
