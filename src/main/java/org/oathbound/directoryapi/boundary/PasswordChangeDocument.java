package org.oathbound.directoryapi.boundary;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
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
        return JsonFields.read(
                body,
                fields -> new PasswordChangeDocument(
                        fields.optional("oldPassword").text(),
                        fields.optional("newPassword").text()));
    }

    @Override
    public String toString() {
        return "PasswordChangeDocument";
    }
}
