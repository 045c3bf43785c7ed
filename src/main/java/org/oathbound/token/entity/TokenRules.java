package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.OathSettings;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.otp.Totp;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.MovingFactor.TimeStep;

/**
 * What a new token has to be like, whichever way it is asked for. Each method throws {@link Problem.InvalidData} with every
 * fault, none of which shows the secret.
 */
public final class TokenRules {

    /** Bits that a secret has at least, RFC 4226 section 4, R6. */
    public static final int MINIMUM_SECRET_BITS = 128;

    /** Shorter secrets no job lets in. */
    public static final int LEAST_SECRET_BITS = 80;

    /** The hashes of an HMAC, as PingOne names them. */
    public static final List<String> HASH_ALGORITHMS =
            Stream.of(HashAlgorithm.values()).map(HashAlgorithm::macName).toList();

    /** The highest counter: the largest integer that every JSON reader keeps exact (RFC 8259 section 6). */
    static final long MAX_COUNTER = (1L << 53) - 1;

    private static final int MAX_SECRET_DIGITS = 200;
    private static final int MAX_LABEL_LENGTH = 100;

    private final RequestedToken request;
    private final OathSettings settings;
    private final int minimumSecretBits;
    private final @Nullable Instant movedAt;
    private final boolean hasOwner;
    private final Faults faults = new Faults();
    private final RequestedValues values;

    private TokenRules(
            RequestedToken request,
            OathSettings settings,
            int minimumSecretBits,
            @Nullable Instant movedAt,
            boolean hasOwner) {
        this.request = request;
        this.settings = settings;
        this.minimumSecretBits = minimumSecretBits;
        this.movedAt = movedAt;
        this.hasOwner = hasOwner;
        this.values = new RequestedValues(request.unread(), faults);
    }

    /**
     * Checks a token.
     *
     * @param settings say which hashes and serial numbers the environment takes
     * @param minimumSecretBits a secret that is shorter is a fault
     * @param movedAt until when it was in use elsewhere: codes of the time steps up to then may have been used there;
     *     null for a token that was not, whose drift is not read
     * @param hasOwner whether somebody has it already: then it says its counter, for codes that were used would be good again
     */
    public static NewToken check(
            RequestedToken request,
            OathSettings settings,
            int minimumSecretBits,
            @Nullable Instant movedAt,
            boolean hasOwner) {
        return new TokenRules(request, settings, minimumSecretBits, movedAt, hasOwner).token();
    }

    /** Checks an authenticator app that was in use elsewhere; it has no serial number. */
    public static AppSecret checkMovedApp(
            RequestedToken request, OathSettings settings, int minimumSecretBits, Instant movedAt) {
        return new TokenRules(request, settings, minimumSecretBits, movedAt, true).app();
    }

    private NewToken token() {
        String serialText = values.required("serialNumber", request.serialNumber());
        SerialNumber serialNumber = SerialNumber.read(serialText, settings.serialNumberPunctuation(), faults);
        SharedSecret secret = secret();
        String type = values.oneOf("type", request.type(), List.of("HOTP", "TOTP"));
        HashAlgorithm algorithm = algorithm(type);
        Integer digits = values.oneOf("otpLength", request.otpLength(), 6, 8);
        MovingFactor movingFactor = movingFactor(type);
        Long rowNumber = values.inRange("rowNumber", request.rowNumber(), 1, Integer.MAX_VALUE);
        NewToken.Label label = new NewToken.Label(
                rowNumber == null ? null : (Integer) rowNumber.intValue(),
                label("manufacturer", request.manufacturer()),
                label("model", request.model()),
                time("expiresAt", request.expiresAt()));
        Validity validity = validity();
        values.tellRest();
        // What is null has left a fault; the comparisons tell the compiler so.
        if (!faults.isEmpty()
                || serialNumber == null
                || secret == null
                || algorithm == null
                || digits == null
                || movingFactor == null) {
            throw new Problem.InvalidData(faults.all());
        }
        return new NewToken(serialNumber, secret, algorithm, digits, movingFactor, label, validity);
    }

    private AppSecret app() {
        SharedSecret secret = secret();
        String type = values.oneOf("type", request.type(), List.of("TOTP"));
        HashAlgorithm algorithm = algorithm(type);
        Integer digits = values.oneOf("otpLength", request.otpLength(), 6, 8);
        TimeStep timeStep = timeStep();
        values.tellRest();
        if (!faults.isEmpty() || secret == null || algorithm == null || digits == null || timeStep == null) {
            throw new Problem.InvalidData(faults.all());
        }
        return new AppSecret(secret, algorithm, digits, timeStep);
    }

    private @Nullable SharedSecret secret() {
        String text = values.required("secret", request.secret());
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            faults.add(DetailCode.EMPTY_VALUE, "secret", "The secret is empty.");
        } else if (text.length() > MAX_SECRET_DIGITS) {
            faults.tooLong("secret", MAX_SECRET_DIGITS);
        } else if (!text.chars().allMatch(digit -> digit < 128 && Character.digit(digit, 16) >= 0)) {
            faults.notMatching("secret", "The secret must be hexadecimal.", "^([0-9A-Fa-f]{2})+$");
        } else if (text.length() % 2 != 0) {
            faults.invalid(
                    "secret",
                    "The secret has an odd number of hexadecimal digits: one is missing, or there is one too many.");
        } else if (text.length() * 4 < minimumSecretBits) {
            faults.add(
                    DetailCode.OUT_OF_RANGE,
                    "secret",
                    "The secret has " + text.length() * 4 + " bits; at least " + minimumSecretBits
                            + " are required."
                            + (text.length() * 4 < LEAST_SECRET_BITS
                                    ? ""
                                    : " A job lets it in by the parameter minimumSecretBits."),
                    Map.of("rangeMinimumValue", minimumSecretBits));
        } else {
            return SharedSecret.ofHex(text);
        }
        return null;
    }

    private @Nullable HashAlgorithm algorithm(@Nullable String type) {
        List<String> allowed = "HOTP".equals(type) ? settings.hotp().hashAlgorithms() : HASH_ALGORITHMS;
        String usual = HashAlgorithm.SHA_1.macName();
        if (HASH_ALGORITHMS.contains(request.hashAlgorithm()) && !allowed.contains(request.hashAlgorithm())) {
            faults.add(
                    DetailCode.INVALID_VALUE,
                    "hashAlgorithm",
                    "HOTP tokens may have " + String.join(", ", allowed)
                            + " here; the setting hotp.hashAlgorithms of oathSettings permits others.",
                    Map.of("allowedValues", allowed));
            return null;
        }
        boolean goesWithoutSaying = !values.isSaid("hashAlgorithm", request.hashAlgorithm()) && allowed.contains(usual);
        String name = goesWithoutSaying ? usual : values.oneOf("hashAlgorithm", request.hashAlgorithm(), allowed);
        return Stream.of(HashAlgorithm.values())
                .filter(algorithm -> algorithm.macName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private @Nullable MovingFactor movingFactor(@Nullable String type) {
        if (type == null) {
            return null;
        }
        boolean hotp = type.equals("HOTP");
        String other = hotp ? "totp" : "hotp";
        if (values.isSaid(other, hotp ? request.totp() : request.hotp())) {
            faults.add(DetailCode.CONSTRAINT_VIOLATION, other, "A token of type " + type + " has no " + other + ".");
        }
        return hotp ? counter() : timeStep();
    }

    private @Nullable MovingFactor counter() {
        RequestedToken.Hotp hotp = values.optional("hotp", request.hotp());
        Long said = hotp == null ? null : hotp.counter();
        if (!values.isSaid("hotp.counter", said)) {
            if (hasOwner) {
                faults.add(
                        DetailCode.REQUIRED_VALUE,
                        "hotp.counter",
                        "Somebody has this token, so its counter must be said: codes that were used would be good again.");
            }
            return new MovingFactor.Counter(0);
        }
        Long next = values.inRange("hotp.counter", said, 0, MAX_COUNTER);
        return next == null ? null : new MovingFactor.Counter(next);
    }

    private @Nullable TimeStep timeStep() {
        RequestedToken.Totp totp = values.required("totp", request.totp());
        Integer seconds = totp == null ? null : values.oneOf("totp.timeStep", totp.timeStep(), 30, 60);
        if (totp == null || seconds == null || movedAt == null) {
            return seconds == null ? null : new TimeStep(seconds);
        }
        Long given = values.inRange("totp.drift", totp.drift(), -TimeStep.MAX_BASE, TimeStep.MAX_BASE);
        int drift = given == null ? 0 : given.intValue();
        long step = new Totp(Duration.ofSeconds(seconds)).stepAt(movedAt);
        return new TimeStep(seconds, step + drift, drift);
    }

    private @Nullable String label(String name, @Nullable String said) {
        return LabelChange.text(name, values.optional(name, said), MAX_LABEL_LENGTH, faults);
    }

    private Validity validity() {
        Instant from = time("validFrom", request.validFrom());
        Instant until = time("validUntil", request.validUntil());
        if (from != null && until != null && !from.isBefore(until)) {
            faults.invalid("validUntil", "The validity ends before it begins.");
        }
        return new Validity(from, until);
    }

    private @Nullable Instant time(String name, @Nullable String said) {
        return LabelChange.time(name, values.optional(name, said), faults);
    }

    /**
     * What a secret is refused with that a living token has.
     *
     * @param by who has it, as a sentence begins
     */
    public static Problem.InvalidData secretTaken(String by) {
        return new Problem.InvalidData(
                DetailCode.UNIQUENESS_VIOLATION,
                "secret",
                by + " has this secret already: a code of one would be a code of the other.");
    }
}
