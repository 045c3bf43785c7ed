package org.oathbound.report.boundary;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;

/** Reads what an export is to be encrypted with; no fault shows it. */
final class ExportDocument {

    /** Whoever gets the file may try passwords on it for ever, without a lockout. */
    static final int MIN_PASSWORD_LENGTH = 14;

    static final int MAX_PASSWORD_LENGTH = 1_000;

    private ExportDocument() {}

    /** Reads a key or a password; {@link Problem.InvalidData} when there is none, or both are there. */
    static FileKey read(JsonObject body) {
        List<Detail> faults = new ArrayList<>();
        Fields fields = new Fields(body, "", faults);
        FileKey key = key(fields);
        if (key == null || !faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return key;
    }

    private static @Nullable FileKey key(Fields fields) {
        if (fields.isAbsent("key")) {
            String password = fields.requiredText("password");
            return password == null ? null : password(fields, password);
        }
        if (!fields.isAbsent("password")) {
            fields.fault(DetailCode.CONSTRAINT_VIOLATION, "key", "Send a password or a key, not both.");
        }
        String hex = fields.text("key");
        if (hex == null) {
            return null;
        }
        if (!hex.matches(FileKey.PreShared.PATTERN)) {
            fields.notMatching("key", "The key must be 32, 48 or 64 hexadecimal digits.", FileKey.PreShared.PATTERN);
            return null;
        }
        return FileKey.PreShared.ofHex(hex);
    }

    private static FileKey password(Fields fields, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_PASSWORD_LENGTH) {
            fields.fault(
                    DetailCode.INVALID_VALUE,
                    "password",
                    "The password must have at least " + MIN_PASSWORD_LENGTH + " characters.");
        } else if (length > MAX_PASSWORD_LENGTH) {
            fields.tooLong("password", MAX_PASSWORD_LENGTH);
        }
        return new FileKey.Password(password);
    }
}
