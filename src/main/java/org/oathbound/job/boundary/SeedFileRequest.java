package org.oathbound.job.boundary;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;
import org.oathbound.token.control.TokenDocument;

/**
 * What a client says beside a seed file: its format, what the file leaves open, what opens it, and what is wanted. A name
 * that is not known is a fault, for a client that has mistyped {@code timeStep} must not get another.
 */
record SeedFileRequest(Format format, Hints hints, FileKey key, Job.Options options) {

    private static final Set<String> NAMES = Set.of(
            "format", "encoding", "type", "otpLength", "timeStep", "hashAlgorithm", "minimumSecretBits", "preview");

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
        List<Detail> faults = new ArrayList<>();
        for (String name : new TreeSet<>(given.keySet())) {
            if (SECRET_NAMES.contains(name) && !secrets) {
                faults.add(new Detail(
                        DetailCode.INVALID_PARAMETER, name, "It is a secret: send it in a form, not in a URL."));
            } else if (!NAMES.contains(name) && !SECRET_NAMES.contains(name)) {
                faults.add(new Detail(
                        DetailCode.INVALID_PARAMETER,
                        name,
                        "There is no such parameter. Known: " + new TreeSet<>(NAMES)));
            }
        }
        Fields fields = new Fields(json(given), "", faults);
        String format = fields.requiredOneOf("format", names(Format.values()));
        String encoding = fields.oneOf("encoding", names(SecretEncoding.values()));
        String type = fields.oneOf("type", List.of("HOTP", "TOTP"));
        Integer otpLength = fields.isAbsent("otpLength") ? null : fields.requiredOneOf("otpLength", 6, 8);
        Integer timeStep = fields.isAbsent("timeStep") ? null : fields.requiredOneOf("timeStep", 30, 60);
        String hashAlgorithm = fields.oneOf("hashAlgorithm", TokenDocument.HASH_ALGORITHMS);
        Long bits =
                fields.integer("minimumSecretBits", JobOptions.LEAST_SECRET_BITS, TokenDocument.MINIMUM_SECRET_BITS);
        Boolean preview = fields.flag("preview");
        FileKey key = key(fields);
        if (!(key instanceof FileKey.None) && format != null && !format.equals(Format.PSKC.name())) {
            fields.fault(
                    DetailCode.CONSTRAINT_VIOLATION, "format", "Only PSKC files are opened by a key or a password.");
        }
        if (!faults.isEmpty() || format == null) {
            throw new Problem.InvalidData(faults);
        }
        return new SeedFileRequest(
                Format.valueOf(format),
                new Hints(
                        encoding == null ? null : SecretEncoding.valueOf(encoding),
                        type,
                        otpLength,
                        timeStep,
                        hashAlgorithm),
                key,
                Job.Options.of(
                        bits == null ? TokenDocument.MINIMUM_SECRET_BITS : bits.intValue(),
                        false,
                        Boolean.TRUE.equals(preview)));
    }

    private static FileKey key(Fields fields) {
        String hex = fields.text("key");
        String password = fields.text("password");
        if (hex != null && password != null) {
            fields.fault(DetailCode.CONSTRAINT_VIOLATION, "key", "A file is opened by a key or by a password.");
        } else if (hex != null) {
            return preShared(fields, hex);
        } else if (password != null && password.length() > MAX_PASSWORD_LENGTH) {
            fields.tooLong("password", MAX_PASSWORD_LENGTH);
        } else if (password != null && password.isEmpty()) {
            fields.fault(DetailCode.EMPTY_VALUE, "password", "The password is empty.");
        }
        return password == null ? new FileKey.None() : new FileKey.Password(password);
    }

    private static FileKey preShared(Fields fields, String hex) {
        if (!hex.matches(FileKey.PreShared.PATTERN)) {
            fields.fault(DetailCode.INVALID_VALUE, "key", "The key must be 32, 48 or 64 hexadecimal digits.");
            return new FileKey.None();
        }
        return FileKey.PreShared.ofHex(hex);
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

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }
}
