package org.oathbound.seedfile.control;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

/**
 * Reads one {@code Key} into the document that PingOne's API describes. What the other algorithm would need, such as the
 * counter that some systems write for every key, is passed over.
 */
final class PskcToken {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
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
    private final JsonObjectBuilder document = JSON.createObjectBuilder();

    PskcToken(PskcRow row, @Nullable PskcElement device, PskcElement key, Hints hints) {
        this.row = row;
        this.device = device;
        this.key = key;
        this.algorithm = new PskcAlgorithm(key, hints);
    }

    /** What it becomes, when no fault was found. */
    JsonObject document(int rowNumber) {
        return document.add("rowNumber", rowNumber).build();
    }

    void read(PskcProtection protection, Instant now) {
        row.attempt(() -> key.mayHave(IN_KEY));
        row.attempt(this::checkItself);
        put("serialNumber", this::serialNumber);
        put("manufacturer", () -> device == null ? null : device.textOf("Manufacturer"));
        put("model", () -> device == null ? null : device.textOf("Model"));
        dates(now);
        String type = row.attempt(algorithm::type);
        put("type", () -> type);
        put("hashAlgorithm", algorithm::hash);
        Integer length = row.attempt(algorithm::otpLength);
        if (length != null) {
            document.add("otpLength", length);
        }
        PskcElement data = row.attempt(() -> key.child("Data"));
        if (data != null) {
            row.attempt(() -> data.mayHave(IN_DATA));
            put("secret", () -> secret(data, protection));
        }
        if ("HOTP".equals(type) && data != null) {
            counter(data, protection);
        } else if ("TOTP".equals(type)) {
            timeStep(data, protection);
        }
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
                    new Detail(DetailCode.REQUIRED_VALUE, "serialNumber", "The key has neither a SerialNo nor an Id."));
        }
        return serialNumber == null ? id : serialNumber;
    }

    /** Those of the device and of the key both hold. */
    private void dates(Instant now) {
        PskcElement policy = row.attempt(() -> key.child("Policy"));
        row.attempt(() -> PskcPolicy.checkStart(device, now));
        row.attempt(() -> PskcPolicy.checkStart(policy, now));
        Stream.of(device, policy)
                .map(element -> row.attempt(() -> PskcPolicy.expiry(element)))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .ifPresent(expiry -> document.add("expiresAt", expiry.toString()));
    }

    private static @Nullable String secret(PskcElement data, PskcProtection protection) {
        PskcElement secret = data.child("Secret");
        return secret == null ? null : HexFormat.of().formatHex(new PskcValue(secret, protection, "secret").bytes());
    }

    /** Without one it is the first, as it is where PingOne's document leaves it out. */
    private void counter(PskcElement data, PskcProtection protection) {
        BigInteger counter = row.attempt(() -> number(data, "Counter", "hotp.counter", Long.BYTES, protection));
        if (counter != null) {
            document.add("hotp", JSON.createObjectBuilder().add("counter", counter));
        }
    }

    private void timeStep(@Nullable PskcElement data, PskcProtection protection) {
        JsonObjectBuilder totp = JSON.createObjectBuilder();
        BigInteger timeStep =
                row.attempt(() -> algorithm.timeStep(integer(data, "TimeInterval", "totp.timeStep", protection)));
        if (timeStep != null) {
            totp.add("timeStep", timeStep);
        }
        BigInteger drift = row.attempt(() -> integer(data, "TimeDrift", "totp.drift", protection));
        if (drift != null) {
            totp.add("drift", drift);
        }
        row.attempt(() -> checkStart(integer(data, "Time", "totp", protection)));
        document.add("totp", totp);
    }

    /** RFC 6030 counts the time from a point that the algorithm sets; only 1970 is known here (RFC 6238 section 4.1). */
    private static void checkStart(@Nullable BigInteger time) {
        if (time != null && time.signum() != 0) {
            throw PskcFault.of("totp", "The key's Time is not 0; time steps are counted from 1970 only.");
        }
    }

    private static @Nullable BigInteger integer(
            @Nullable PskcElement data, String name, String target, PskcProtection protection) {
        return number(data, name, target, Integer.BYTES, protection);
    }

    private static @Nullable BigInteger number(
            @Nullable PskcElement data, String name, String target, int length, PskcProtection protection) {
        PskcElement element = data == null ? null : data.child(name);
        return element == null ? null : new PskcValue(element, protection, target).integer(length);
    }

    private void put(String name, Supplier<@Nullable String> value) {
        String text = row.attempt(value);
        if (text != null) {
            document.add(name, text);
        }
    }
}
