package org.oathbound.seedfile.control;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SeedToken;

/**
 * Reads one {@code Key}. What the other algorithm would need, such as the
 * counter that some systems write for every key, is passed over.
 */
final class PskcToken {

    private static final Set<String> IN_KEY = Set.of(
            "Issuer",
            "AlgorithmParameters",
            "KeyProfileId",
            "KeyReference",
            "FriendlyName",
            "Data",
            "UserId",
            "Policy",
            "Extensions");
    private static final Set<String> IN_DATA = Set.of("Secret", "Counter", "Time", "TimeInterval", "TimeDrift");

    private final PskcRow row;
    private final @Nullable PskcElement device;
    private final PskcElement key;
    private final PskcAlgorithm algorithm;

    PskcToken(PskcRow row, @Nullable PskcElement device, PskcElement key, Hints hints) {
        this.row = row;
        this.device = device;
        this.key = key;
        this.algorithm = new PskcAlgorithm(key, hints);
    }

    /** What it becomes, when no fault was found. */
    SeedToken read(int rowNumber, PskcProtection protection) {
        row.attempt(() -> key.mayHave(IN_KEY));
        row.attempt(this::checkItself);
        String serialNumber = row.attempt(this::serialNumber);
        String manufacturer = row.attempt(() -> device == null ? null : device.textOf("Manufacturer"));
        String model = row.attempt(() -> device == null ? null : device.textOf("Model"));
        PskcElement policy = row.attempt(() -> key.child("Policy"));
        String expiresAt = row.attempt(() -> text(PskcPolicy.expiry(device, "expiresAt")));
        String validFrom = validFrom(policy);
        String validUntil = row.attempt(() -> text(PskcPolicy.expiry(policy, "validUntil")));
        String type = row.attempt(algorithm::type);
        String hash = row.attempt(algorithm::hash);
        Integer length = row.attempt(algorithm::otpLength);
        PskcElement data = row.attempt(() -> key.child("Data"));
        String secret = null;
        if (data != null) {
            row.attempt(() -> data.mayHave(IN_DATA));
            secret = row.attempt(() -> secret(data, protection));
        }
        Long counter = null;
        Long timeStep = null;
        Long drift = null;
        if ("HOTP".equals(type)) {
            // Without one it is the first, as it is where PingOne's document leaves it out.
            counter = row.attempt(() -> number(data, "Counter", "hotp.counter", Long.BYTES, protection));
        } else if ("TOTP".equals(type)) {
            timeStep =
                    row.attempt(() -> algorithm.timeStep(integer(data, "TimeInterval", "totp.timeStep", protection)));
            drift = row.attempt(() -> integer(data, "TimeDrift", "totp.drift", protection));
            row.attempt(() -> checkStart(integer(data, "Time", "totp", protection)));
        }
        return new SeedToken(
                serialNumber,
                secret,
                type,
                hash,
                length,
                counter,
                timeStep,
                drift,
                rowNumber,
                manufacturer,
                model,
                expiresAt,
                validFrom,
                validUntil);
    }

    private void checkItself() {
        if (key.child("KeyProfileId") != null || key.child("KeyReference") != null) {
            throw PskcFault.of(null, "The key refers to others that are not in the file (KeyProfileId, KeyReference).");
        }
        PskcElement policy = key.child("Policy");
        if (policy != null) {
            PskcPolicy.check(policy);
        }
    }

    private String serialNumber() {
        String serialNumber = device == null ? null : device.textOf("SerialNo");
        String id = PskcFault.orEmpty(key.attribute("Id"));
        if (serialNumber == null && id.isEmpty()) {
            throw new Problem.InvalidData(
                    DetailCode.REQUIRED_VALUE, "serialNumber", "The key has neither a SerialNo nor an Id.");
        }
        return DerivedSerialNumber.of(serialNumber == null ? id : serialNumber);
    }

    /** The device's start and the key's both hold. */
    private @Nullable String validFrom(@Nullable PskcElement policy) {
        return Stream.of(device, policy)
                .map(element -> row.attempt(() -> PskcPolicy.start(element)))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .map(Instant::toString)
                .orElse(null);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable String secret(PskcElement data, PskcProtection protection) {
        PskcElement secret = data.child("Secret");
        return secret == null ? null : HexFormat.of().formatHex(new PskcValue(secret, protection, "secret").bytes());
    }

    /** RFC 6030 counts the time from a point that the algorithm sets; only 1970 is known here (RFC 6238 section 4.1). */
    private static void checkStart(@Nullable Long time) {
        if (time != null && time != 0) {
            throw PskcFault.of("totp", "The key's Time is not 0; time steps are counted from 1970 only.");
        }
    }

    private static @Nullable Long integer(
            @Nullable PskcElement data, String name, String target, PskcProtection protection) {
        return number(data, name, target, Integer.BYTES, protection);
    }

    /** Of a number that is too large for a long, the nearest that is not: no rule lets either pass. */
    private static @Nullable Long number(
            @Nullable PskcElement data, String name, String target, int length, PskcProtection protection) {
        PskcElement element = data == null ? null : data.child(name);
        if (element == null) {
            return null;
        }
        return new PskcValue(element, protection, target)
                .integer(length)
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
