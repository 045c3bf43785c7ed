package org.oathbound.token.control;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;

/** Reads codes that came as JSON. What is no code becomes a fault and reads as null, as {@link Fields} does it. */
public final class SentCode {

    private SentCode() {}

    /** Absent is a fault. */
    public static @Nullable Passcode required(Fields fields, String name) {
        return read(fields, name, fields.requiredText(name));
    }

    public static @Nullable Passcode optional(Fields fields, String name) {
        return read(fields, name, fields.text(name));
    }

    /** A code that stands by itself, such as one of a list. */
    public static Optional<Passcode> of(JsonValue value) {
        return value instanceof JsonString text ? Passcode.parse(text.getString()) : Optional.empty();
    }

    private static @Nullable Passcode read(Fields fields, String name, @Nullable String text) {
        Passcode code = text == null ? null : Passcode.parse(text).orElse(null);
        if (text != null && code == null) {
            fields.fault(DetailCode.INVALID_VALUE, name, "A code has six or eight digits, and nothing else.");
        }
        return code;
    }
}
