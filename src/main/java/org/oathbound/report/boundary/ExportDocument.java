package org.oathbound.report.boundary;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;

/** Reads what an export is to be encrypted with; no fault shows it. */
final class ExportDocument {

    /** An attacker with the file can try passwords on it for ever, without a lockout. */
    static final int MIN_PASSWORD_LENGTH = 14;

    static final int MAX_PASSWORD_LENGTH = 1_000;

    private ExportDocument() {}

    /** Reads a key or a password; {@link Problem.InvalidData} when there is none, or both are there. */
    static FileKey read(JsonObject body) {
        return JsonFields.read(body, fields -> fields.isAbsent("key") ? password(fields) : key(fields));
    }

    private static @Nullable FileKey key(JsonFields fields) {
        if (!fields.isAbsent("password")) {
            fields.fault(DetailCode.CONSTRAINT_VIOLATION, "key", "Send a password or a key, not both.");
        }
        String hex = fields.optional("key").text();
        if (hex == null || hex.matches(FileKey.PreShared.PATTERN)) {
            return hex == null ? null : FileKey.PreShared.ofHex(hex);
        }
        fields.faults()
                .notMatching("key", "The key must be 32, 48 or 64 hexadecimal digits.", FileKey.PreShared.PATTERN);
        return null;
    }

    private static @Nullable FileKey password(JsonFields fields) {
        String password = fields.required("password").text();
        int length = password == null ? 0 : password.codePointCount(0, password.length());
        if (password != null && length < MIN_PASSWORD_LENGTH) {
            fields.invalid("password", "The password must have at least " + MIN_PASSWORD_LENGTH + " characters.");
        } else if (length > MAX_PASSWORD_LENGTH) {
            fields.faults().tooLong("password", MAX_PASSWORD_LENGTH);
        } else if (password != null && password.chars().anyMatch(Character::isISOControl)) {
            fields.invalid("password", "The password must not have control characters.");
        }
        return password == null ? null : new FileKey.Password(password);
    }
}
