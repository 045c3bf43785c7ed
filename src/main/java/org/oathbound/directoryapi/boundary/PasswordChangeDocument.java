package org.oathbound.directoryapi.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/**
 * The body of {@code changePassword} (RFC 3062).
 *
 * @param newPassword null when one is to be made
 */
record PasswordChangeDocument(
        @Nullable String oldPassword, @Nullable String newPassword) {

    /** {@link Problem.InvalidData} with every fault. */
    static PasswordChangeDocument read(JsonObject body) {
        List<Detail> faults = new ArrayList<>();
        Fields fields = new Fields(body, "", faults);
        PasswordChangeDocument document =
                new PasswordChangeDocument(fields.text("oldPassword"), fields.text("newPassword"));
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return document;
    }

    @Override
    public String toString() {
        return "PasswordChangeDocument";
    }
}
