package org.oathbound.seedfile.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;
import org.oathbound.seedfile.entity.SeedToken;

/**
 * A row on its way from text to a token. What the file says counts; what it leaves open comes from the client's hints or
 * is a fault that asks for the hint; where both speak and differ, that is a fault. Blank text counts as not said. No fault
 * shows what stands in the file, for columns may be swapped.
 */
final class SeedDraft {

    /** A clock that is a year away, with steps of 30 s. */
    static final int MAX_DRIFT = 1_000_000;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final int number;
    private final List<String> cells;
    private final Hints hints;
    private final List<Detail> faults = new ArrayList<>();
    private @Nullable String secret;
    private @Nullable String type;
    private @Nullable String hashAlgorithm;
    private @Nullable Integer otpLength;
    private @Nullable Long counter;
    private @Nullable Long timeStep;
    private @Nullable Long drift;
    private @Nullable String manufacturer;
    private @Nullable String model;
    private @Nullable String validFrom;
    private @Nullable String validUntil;
    private @Nullable Owner owner;
    private String serialNumber = "";
    private String named = "";
    private String secretText = "";

    /** @param cells as they may be shown */
    SeedDraft(int number, List<String> cells, Hints hints) {
        this.number = number;
        this.cells = cells;
        this.hints = hints;
    }

    /** A row that can't be taken apart. */
    static SeedRow unreadable(int number, String message) {
        Detail fault = new Detail(DetailCode.INVALID_VALUE, null, message);
        return new SeedRow(number, null, List.of(), null, null, List.of(fault));
    }

    /** Required: a row without a serial number would be a person's authenticator app. */
    void serialNumber(String text) {
        if (text.isBlank()) {
            fault(DetailCode.REQUIRED_VALUE, "serialNumber", "There is no serial number.");
        }
        serialNumber = text;
        named = text;
    }

    /** Of a source whose tokens may have names that can't be serial numbers: {@link DerivedSerialNumber}. */
    void name(String text) {
        serialNumber(text);
        serialNumber = DerivedSerialNumber.of(text);
    }

    /**
     * Its hexadecimal digits; null, and a fault, when it can't be read.
     *
     * @param defined by the format; null when it leaves that open
     */
    @Nullable
    String secret(String text, @Nullable SecretEncoding defined) {
        secretText = text;
        SecretText read = SecretText.read(text, hints.encoding() == null ? defined : hints.encoding());
        if (read.fault() != null) {
            faults.add(read.fault());
        }
        secret = read.hex();
        return secret;
    }

    /** {@code HOTP} or {@code TOTP}; null, and a fault, when it is open or none of them. */
    @Nullable
    String type(String text) {
        String said =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "" -> null;
                    case "hotp", "hmac" -> "HOTP"; // hmac is LinOTP's word
                    case "totp" -> "TOTP";
                    default -> "";
                };
        if ("".equals(said)) {
            boolean isOcra = text.toLowerCase(Locale.ROOT).startsWith("ocra");
            fault(
                    DetailCode.INVALID_VALUE,
                    "type",
                    isOcra ? "OCRA tokens are not supported." : "The type must be HOTP or TOTP.");
            return null;
        }
        type = settled("type", "type", said, hints.type());
        return type;
    }

    void otpLength(String text) {
        otpLength = settledNumber("otpLength", "otpLength", text, hints.otpLength());
    }

    /** Not said at all is no fault: {@code token} knows which one is usual. */
    void hashAlgorithm(String text) {
        String name =
                switch (text.toLowerCase(Locale.ROOT).replaceFirst("^hmac", "").replaceAll("[-_]", "")) {
                    case "" -> null;
                    case "sha1" -> "HmacSHA1";
                    case "sha256" -> "HmacSHA256";
                    case "sha512" -> "HmacSHA512";
                    default -> "";
                };
        if ("".equals(name)) {
            fault(DetailCode.INVALID_VALUE, "hashAlgorithm", "The hash algorithm must be SHA1, SHA256 or SHA512.");
        } else if (name != null || hints.hashAlgorithm() != null) {
            hashAlgorithm = settled("hashAlgorithm", "hashAlgorithm", name, hints.hashAlgorithm());
        }
    }

    /**
     * As {@link #hashAlgorithm}. But where nobody says it, a secret that is as long as one of SHA-2 is asked about: some
     * systems take the hash from the key's length, others take SHA-1 whatever the length. To be called behind {@link #secret}.
     */
    void hashAlgorithmOfSecret(String text) {
        hashAlgorithm(text);
        if (text.isEmpty()
                && hints.hashAlgorithm() == null
                && secret != null
                && (secret.length() == 2 * 32 || secret.length() == 2 * 64)) {
            fault(
                    DetailCode.REQUIRED_VALUE,
                    "hashAlgorithm",
                    "The key is as long as one of SHA256 or SHA512 often is, and the file does not say which hash"
                            + " algorithm it is for; say it by the parameter hashAlgorithm.");
        }
    }

    /** Not said is left to {@code token}: 0 for a fresh one (RFC 4226 section 5.1), a fault for one that somebody has. */
    void counter(String text) {
        counter = text.isEmpty() ? null : wholeNumber("hotp.counter", text);
    }

    /** In seconds; null, and a fault, when it is open. */
    @Nullable
    Integer timeStep(String text) {
        Integer settled = settledNumber("totp.timeStep", "timeStep", text, hints.timeStep());
        timeStep = settled == null ? null : Long.valueOf(settled);
        return settled;
    }

    /**
     * Says that the token was in use elsewhere, so 0 is told, too.
     *
     * @param steps that the token's clock is ahead
     */
    void drift(long steps) {
        if (Math.abs(steps) > MAX_DRIFT) {
            fault(
                    DetailCode.OUT_OF_RANGE,
                    "totp.drift",
                    "The token's clock is away by more than " + MAX_DRIFT + " time steps.");
        } else {
            drift = steps;
        }
    }

    /** Manufacturer and model. */
    void labels(String itsManufacturer, String itsModel) {
        manufacturer = itsManufacturer.isBlank() ? null : itsManufacturer;
        model = itsModel.isBlank() ? null : itsModel;
    }

    /** When its codes may be good; null for no bound. */
    void validity(@Nullable Instant from, @Nullable Instant until) {
        validFrom = from == null ? null : from.toString();
        validUntil = until == null ? null : until.toString();
    }

    void owner(@Nullable Owner owner) {
        this.owner = owner;
    }

    void fault(DetailCode code, @Nullable String target, String message) {
        faults.add(new Detail(code, target, message));
    }

    SeedRow row() {
        String shownSerialNumber = named.isBlank() ? null : Cells.shown(named, secretText);
        if (!named.isBlank() && Cells.tells(named, secretText)) {
            fault(DetailCode.INVALID_VALUE, "serialNumber", "The serial number tells the secret.");
            serialNumber = "";
        }
        SeedToken token = new SeedToken(
                serialNumber.isBlank() ? null : serialNumber,
                secret,
                type,
                hashAlgorithm,
                otpLength,
                counter,
                timeStep,
                drift,
                number,
                manufacturer,
                model,
                null,
                validFrom,
                validUntil);
        return new SeedRow(number, shownSerialNumber, cells, token, owner, faults);
    }

    private @Nullable Integer settledNumber(String member, String parameter, String text, @Nullable Integer hint) {
        Long said = text.isEmpty() ? null : wholeNumber(member, text);
        if (said == null && !text.isEmpty()) {
            return null;
        }
        return settled(member, parameter, said == null ? null : (Integer) Math.toIntExact(said), hint);
    }

    private @Nullable Long wholeNumber(String member, String text) {
        boolean counts = member.equals("hotp.counter");
        if (WHOLE_NUMBER.matcher(text).matches() && (counts || text.length() < 10)) {
            return Long.valueOf(text);
        }
        fault(DetailCode.INVALID_VALUE, member, "The value must be a whole number in decimal digits.");
        return null;
    }

    private <T> @Nullable T settled(String member, String parameter, @Nullable T said, @Nullable T hint) {
        try {
            return Hints.required(member, parameter, said, hint);
        } catch (Problem.InvalidData e) {
            faults.addAll(e.details());
            return null;
        }
    }
}
