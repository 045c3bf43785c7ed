package org.oathbound.report.boundary;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Protection;

/** Reads what an export is to be encrypted with; no fault shows it. */
record ExportDocument(FileKey key, Protection protection) {

    /** An attacker with the file can try passwords on it for ever, without a lockout. */
    static final int MIN_PASSWORD_LENGTH = 14;

    static final int MAX_PASSWORD_LENGTH = 1_000;

    /** Reads a key or a password; {@link Problem.InvalidData} when there is none, or both are there. */
    static ExportDocument read(JsonObject body) {
        return JsonFields.read(body, fields -> {
            Protection said = fields.optional("protection").oneOf(Protection.class);
            Protection protection = said == null ? Protection.AES_CBC_HMAC_SHA_256 : said;
            FileKey key = fields.isAbsent("key") ? password(fields) : key(fields, protection);
            return key == null ? null : new ExportDocument(key, protection);
        });
    }

    private static @Nullable FileKey key(JsonFields fields, Protection protection) {
        if (!fields.isAbsent("password")) {
            fields.fault(DetailCode.CONSTRAINT_VIOLATION, "key", "Send a password or a key, not both.");
        }
        String hex = fields.optional("key").text();
        if (hex != null && protection == Protection.AES_128_CBC_HMAC_SHA_1 && hex.length() != 32) {
            fields.invalid("key", "With this protection the key must be 32 hexadecimal digits.");
            return null;
        }
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
