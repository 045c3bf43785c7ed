package org.oathbound.person.boundary;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;

/** Reads a password that an administrator sets; no fault shows it. */
final class PasswordDocument {

    static final String VALUE = "value";
    static final String NEW_VALUE = "newPassword";

    static final String FORCE_CHANGE = "forceChange";

    private PasswordDocument() {}

    /**
     * Reads one from a body.
     *
     * @param name of the member that holds it
     * @throws Problem.InvalidData with every fault
     */
    static String read(JsonObject body, String name) {
        return JsonFields.read(body, fields -> password(fields, name));
    }

    /** Whether the user must change it before signing in; the body has been read. */
    static boolean mustChange(JsonObject body) {
        return body.getBoolean(FORCE_CHANGE, false);
    }

    /** The password among these members, and what may stand beside it. */
    static @Nullable String password(JsonFields fields, String name) {
        Faults faults = fields.faults();
        fields.optional(FORCE_CHANGE).flag();
        String password = fields.required(name).text();
        if (password != null) {
            NewPassword.fault(name, password)
                    .ifPresent(fault -> faults.add(fault.code(), name, fault.message(), fault.innerError()));
        }
        return password;
    }
}
