package org.oathbound.job.boundary;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.JsonFields;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;
import org.oathbound.token.entity.TokenRules;

/**
 * What a client says beside a seed file: its format, what the file leaves open, what opens it, and what is wanted. A name
 * that is not known is a fault, for a client that has mistyped {@code timeStep} must not get another.
 */
record SeedFileRequest(Format format, Hints hints, FileKey key, Job.Options options) {

    private static final Set<String> NAMES = Set.of(
            "format",
            "encoding",
            "type",
            "otpLength",
            "timeStep",
            "hashAlgorithm",
            "minimumSecretBits",
            "preview",
            "allOrNothing");

    private static final Set<String> SECRET_NAMES = Set.of("key", "password");
    private static final int MAX_PASSWORD_LENGTH = 1_000;

    /** From the fields of a form. */
    static SeedFileRequest ofForm(Map<String, String> fields) {
        return read(fields, true);
    }

    /** From the query of a URL, which logs and histories keep: no place for secrets. */
    static SeedFileRequest ofQuery(Map<String, String> parameters) {
        return read(parameters, false);
    }

    private static SeedFileRequest read(Map<String, String> given, boolean secrets) {
        return JsonFields.read(json(given), fields -> read(fields, given.keySet(), secrets));
    }

    private static @Nullable SeedFileRequest read(JsonFields fields, Set<String> names, boolean secrets) {
        Faults faults = fields.faults();
        for (String name : new TreeSet<>(names)) {
            if (SECRET_NAMES.contains(name) && !secrets) {
                faults.add(DetailCode.INVALID_PARAMETER, name, "It is a secret: send it in a form, not in a URL.");
            } else if (!NAMES.contains(name) && !SECRET_NAMES.contains(name)) {
                faults.add(
                        DetailCode.INVALID_PARAMETER,
                        name,
                        "There is no such parameter. Known: " + new TreeSet<>(NAMES));
            }
        }
        Format format = fields.required("format").oneOf(Format.class);
        Hints hints = new Hints(
                fields.optional("encoding").oneOf(SecretEncoding.class),
                fields.optional("type").oneOf(List.of("HOTP", "TOTP")),
                fields.optional("otpLength").oneOf(6, 8),
                fields.optional("timeStep").oneOf(30, 60),
                fields.optional("hashAlgorithm").oneOf(TokenRules.HASH_ALGORITHMS));
        int bits = fields.optional("minimumSecretBits")
                .integer(TokenRules.LEAST_SECRET_BITS, TokenRules.MINIMUM_SECRET_BITS, TokenRules.MINIMUM_SECRET_BITS);
        Job.Options options = Job.Options.of(
                        bits, false, fields.optional("preview").flag(false))
                .withAllOrNothing(fields.optional("allOrNothing").flag(false));
        JobOptions.checkTogether(options, faults);
        FileKey key = key(fields);
        if (!(key instanceof FileKey.None) && format != null && format != Format.PSKC) {
            faults.add(DetailCode.CONSTRAINT_VIOLATION, "format", "Only PSKC files are opened by a key or a password.");
        }
        return format == null ? null : new SeedFileRequest(format, hints, key, options);
    }

    private static FileKey key(JsonFields fields) {
        Faults faults = fields.faults();
        String hex = fields.optional("key").text();
        String password = fields.optional("password").text();
        if (hex != null && password != null) {
            faults.add(DetailCode.CONSTRAINT_VIOLATION, "key", "A file is opened by a key or by a password.");
        } else if (hex != null && hex.matches(FileKey.PreShared.PATTERN)) {
            return FileKey.PreShared.ofHex(hex);
        } else if (hex != null) {
            faults.invalid("key", "The key must be 32, 48 or 64 hexadecimal digits.");
        } else if (password != null && password.length() > MAX_PASSWORD_LENGTH) {
            faults.tooLong("password", MAX_PASSWORD_LENGTH);
        } else if (password != null && password.isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, "password", "The password is empty.");
        }
        return password == null ? new FileKey.None() : new FileKey.Password(password);
    }

    /** Parameters are texts; numbers and truth values are read as such where they look like it. */
    private static JsonObject json(Map<String, String> given) {
        JsonProvider json = JsonProvider.provider();
        JsonObjectBuilder object = json.createObjectBuilder();
        given.forEach((name, text) -> object.add(name, value(json, name, text)));
        return object.build();
    }

    private static JsonValue value(JsonProvider json, String name, String text) {
        @Nullable JsonValue value = null;
        if (SECRET_NAMES.contains(name)) {
            value = json.createValue(text);
        } else if (text.matches("[0-9]{1,9}")) {
            value = json.createValue(Integer.parseInt(text));
        } else if (text.equals("true") || text.equals("false")) {
            value = text.equals("true") ? JsonValue.TRUE : JsonValue.FALSE;
        }
        return value == null ? json.createValue(text) : value;
    }
}
