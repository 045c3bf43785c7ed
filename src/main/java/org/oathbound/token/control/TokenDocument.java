package org.oathbound.token.control;

import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.OathSettings;
import org.oathbound.http.JsonFields;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.otp.Totp;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;

/**
 * Reads a token from the document that PingOne's API describes, and names every fault of it. Members that it does not
 * know are passed over, as PingOne does.
 */
public final class TokenDocument {

    /** Bits that a secret has at least, RFC 4226 section 4, R6. */
    public static final int MINIMUM_SECRET_BITS = 128;

    /** The highest counter: the largest integer that every JSON reader keeps exact (RFC 8259 section 6). */
    static final long MAX_COUNTER = (1L << 53) - 1;

    private static final int MAX_SECRET_DIGITS = 200;
    private static final int MAX_LABEL_LENGTH = 100;
    /** The hashes of an HMAC, as PingOne names them. */
    public static final List<String> HASH_ALGORITHMS =
            Stream.of(HashAlgorithm.values()).map(HashAlgorithm::macName).toList();

    private static final String LATEST = "9999-12-31T23:59:59.999Z";

    private final JsonFields fields;
    private final Faults faults;
    private final OathSettings settings;
    private final int minimumSecretBits;
    private final @Nullable Instant movedAt;

    private TokenDocument(
            JsonObject document, OathSettings settings, int minimumSecretBits, @Nullable Instant movedAt) {
        this.faults = new Faults();
        this.fields = new JsonFields(document, faults);
        this.settings = settings;
        this.minimumSecretBits = minimumSecretBits;
        this.movedAt = movedAt;
    }

    /**
     * Reads and checks a document.
     *
     * @param settings say which hashes and serial numbers the environment takes
     * @param minimumSecretBits a secret that is shorter is a fault
     * @throws Problem.InvalidData with every fault, none of which shows the secret
     */
    public static NewToken read(JsonObject document, OathSettings settings, int minimumSecretBits) {
        return new TokenDocument(document, settings, minimumSecretBits, null).read();
    }

    /**
     * Reads a token that was in use elsewhere, and may tell its {@code totp.drift}. Codes of the time steps up to the move
     * may have been used there.
     */
    public static NewToken readMoved(
            JsonObject document, OathSettings settings, int minimumSecretBits, Instant movedAt) {
        return new TokenDocument(document, settings, minimumSecretBits, movedAt).read();
    }

    /** Reads the same of an authenticator app, which has no serial number. */
    public static AppSecret readMovedApp(
            JsonObject document, OathSettings settings, int minimumSecretBits, Instant movedAt) {
        return new TokenDocument(document, settings, minimumSecretBits, movedAt).readApp();
    }

    /** The row number that a document gives itself, if it is a sensible one. */
    public static @Nullable Integer rowNumber(JsonObject document) {
        return rowNumber(new JsonFields(document, new Faults()));
    }

    private NewToken read() {
        SerialNumber serialNumber = serialNumber(fields, settings.serialNumberPunctuation());
        SharedSecret secret = secret();
        String type = fields.required("type").oneOf(List.of("HOTP", "TOTP"));
        HashAlgorithm algorithm = algorithm(type);
        Integer digits = fields.required("otpLength").oneOf(6, 8);
        MovingFactor movingFactor = movingFactor(type);
        NewToken.Label label =
                new NewToken.Label(rowNumber(fields), label("manufacturer"), label("model"), expiresAt());
        // What is null has left a fault; the comparisons tell the compiler so.
        if (!faults.isEmpty()
                || serialNumber == null
                || secret == null
                || algorithm == null
                || digits == null
                || movingFactor == null) {
            throw new Problem.InvalidData(faults.all());
        }
        return new NewToken(serialNumber, secret, algorithm, digits, movingFactor, label);
    }

    private AppSecret readApp() {
        SharedSecret secret = secret();
        String type = fields.required("type").oneOf(List.of("TOTP"));
        HashAlgorithm algorithm = algorithm(type);
        Integer digits = fields.required("otpLength").oneOf(6, 8);
        TimeStep timeStep = timeStep();
        if (!faults.isEmpty() || secret == null || algorithm == null || digits == null || timeStep == null) {
            throw new Problem.InvalidData(faults.all());
        }
        return new AppSecret(secret, algorithm, digits, timeStep);
    }

    /** The member {@code serialNumber}, which names a token; null, and a fault, when it is none. */
    public static @Nullable SerialNumber serialNumber(JsonFields fields) {
        return serialNumber(fields, true);
    }

    private static @Nullable SerialNumber serialNumber(JsonFields fields, boolean punctuation) {
        String text = fields.required("serialNumber").text();
        if (text == null) {
            return null;
        }
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            fields.faults().add(DetailCode.EMPTY_VALUE, "serialNumber", "The serial number is empty.");
            return null;
        }
        if (trimmed.length() > SerialNumber.MAX_LENGTH) {
            fields.faults().tooLong("serialNumber", SerialNumber.MAX_LENGTH);
            return null;
        }
        if (!punctuation && !SerialNumber.isAlphanumeric(trimmed)) {
            fields.faults()
                    .notMatching(
                            "serialNumber",
                            "The serial number may have letters and digits only.",
                            SerialNumber.ALPHANUMERIC_PATTERN);
            return null;
        }
        if (!SerialNumber.isSerialNumber(trimmed)) {
            fields.faults()
                    .notMatching(
                            "serialNumber",
                            "The serial number may have letters and digits only, and - . : inside.",
                            SerialNumber.PATTERN);
            return null;
        }
        return new SerialNumber(trimmed);
    }

    private @Nullable SharedSecret secret() {
        String text = fields.required("secret").text();
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            fields.faults().add(DetailCode.EMPTY_VALUE, "secret", "The secret is empty.");
            return null;
        }
        if (text.length() > MAX_SECRET_DIGITS) {
            fields.faults().tooLong("secret", MAX_SECRET_DIGITS);
            return null;
        }
        if (!text.chars().allMatch(TokenDocument::isHexadecimal)) {
            fields.faults().notMatching("secret", "The secret must be hexadecimal.", "^([0-9A-Fa-f]{2})+$");
            return null;
        }
        if (text.length() % 2 != 0) {
            fields.faults()
                    .add(
                            DetailCode.INVALID_VALUE,
                            "secret",
                            "The secret has an odd number of hexadecimal digits: one is missing, or there is one too many.");
            return null;
        }
        return longEnough(SharedSecret.ofHex(text));
    }

    private @Nullable SharedSecret longEnough(SharedSecret secret) {
        if (secret.bits() >= minimumSecretBits) {
            return secret;
        }
        fields.faults()
                .add(
                        DetailCode.OUT_OF_RANGE,
                        "secret",
                        "The secret has " + secret.bits() + " bits; at least " + minimumSecretBits + " are required.",
                        Map.of("rangeMinimumValue", minimumSecretBits));
        return null;
    }

    private static boolean isHexadecimal(int character) {
        return character < 128 && Character.digit(character, 16) >= 0;
    }

    private @Nullable HashAlgorithm algorithm(@Nullable String type) {
        List<String> allowed = "HOTP".equals(type) ? settings.hotp().hashAlgorithms() : HASH_ALGORITHMS;
        String usual = HashAlgorithm.SHA_1.macName();
        String name = fields.isAbsent("hashAlgorithm") && allowed.contains(usual)
                ? usual
                : fields.required("hashAlgorithm").oneOf(allowed);
        return Stream.of(HashAlgorithm.values())
                .filter(algorithm -> algorithm.macName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private @Nullable MovingFactor movingFactor(@Nullable String type) {
        if (type == null) {
            return null;
        }
        String other = type.equals("HOTP") ? "totp" : "hotp";
        if (!fields.isAbsent(other)) {
            fields.faults()
                    .add(DetailCode.CONSTRAINT_VIOLATION, other, "A token of type " + type + " has no " + other + ".");
        }
        return type.equals("HOTP") ? counter() : timeStep();
    }

    private @Nullable MovingFactor counter() {
        JsonFields hotp = fields.optional("hotp").object();
        Long next = hotp.isAbsent("counter")
                ? Long.valueOf(0)
                : hotp.optional("counter").integer(0, MAX_COUNTER);
        return next == null ? null : new MovingFactor.Counter(next);
    }

    private @Nullable TimeStep timeStep() {
        JsonFields totp = fields.required("totp").object();
        Integer seconds = totp.required("timeStep").oneOf(30, 60);
        if (seconds == null || movedAt == null) {
            return seconds == null ? null : new TimeStep(seconds);
        }
        Long given = totp.optional("drift").integer(-TimeStep.MAX_DRIFT, TimeStep.MAX_DRIFT);
        int drift = given == null ? 0 : given.intValue();
        long step = new Totp(Duration.ofSeconds(seconds)).stepAt(movedAt);
        return new TimeStep(seconds, step + drift, drift);
    }

    private static @Nullable Integer rowNumber(JsonFields fields) {
        Long number = fields.optional("rowNumber").integer(1, Integer.MAX_VALUE);
        return number == null ? null : (Integer) number.intValue();
    }

    private @Nullable String label(String name) {
        String text = fields.optional(name).text();
        if (text == null) {
            return null;
        }
        String trimmed = text.strip();
        if (trimmed.length() > MAX_LABEL_LENGTH) {
            fields.faults().tooLong(name, MAX_LABEL_LENGTH);
            return null;
        }
        if (trimmed.chars().anyMatch(Character::isISOControl)) {
            fields.faults().add(DetailCode.INVALID_VALUE, name, "Control characters are not allowed.");
            return null;
        }
        return trimmed.isEmpty() ? null : trimmed;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private @Nullable Instant expiresAt() {
        String form = "The time must be like 2030-12-31T00:00:00.000Z, from 1970.";
        Instant instant = fields.optional("expiresAt").parsed(TokenDocument::instant, form);
        if (instant == null) {
            return null;
        }
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse(LATEST))) {
            fields.faults().add(DetailCode.INVALID_VALUE, "expiresAt", form);
            return null;
        }
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
