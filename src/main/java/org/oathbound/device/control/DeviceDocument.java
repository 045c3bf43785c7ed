package org.oathbound.device.control;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenDocument;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TemporaryCodes;

/**
 * Reads a new device from the document that PingOne's API describes, ours added, and names every fault of it.
 */
public final class DeviceDocument {

    private static final Duration TEMPORARY_AT_MOST = Duration.ofDays(7);
    private static final List<String> TYPES = List.of("OATH_TOKEN", "TOTP", "TEMPORARY");
    private static final List<String> STATUSES = List.of("ACTIVE", "ACTIVATION_REQUIRED");

    private final Faults faults = new Faults();
    private final JsonFields fields;
    private final Instant now;

    private DeviceDocument(JsonObject document, Instant now) {
        this.fields = new JsonFields(document, faults);
        this.now = now;
    }

    /** The device; {@link Problem.InvalidData} with every fault. */
    public static NewDevice read(JsonObject document, Instant now) {
        return new DeviceDocument(document, now).read();
    }

    /** The fob that a row of a job names, which has no type; {@link Problem.InvalidData} with every fault. */
    public static NewDevice readFob(JsonObject row) {
        return new DeviceDocument(row, Instant.EPOCH).read("OATH_TOKEN");
    }

    /** The member {@code nickname}; null when there is none, or an empty one. {@link Problem.InvalidData} otherwise. */
    public static @Nullable String nickname(JsonObject document) {
        Faults faults = new Faults();
        String nickname = nickname(new JsonFields(document, faults));
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults.all());
        }
        return nickname;
    }

    private NewDevice read() {
        return read(fields.required("type").oneOf(TYPES));
    }

    private NewDevice read(@Nullable String type) {
        Kind kind = type == null ? null : kind(type);
        String status = fields.optional("status")
                .oneOf(type != null && type.equals("TEMPORARY") ? List.of("ACTIVE") : STATUSES);
        String nickname = nickname(fields);
        UUID replaces = replaces();
        if (!faults.isEmpty() || kind == null) {
            throw new Problem.InvalidData(faults.all());
        }
        Device.Status byDefault =
                kind.type() == Device.Type.TOTP ? Device.Status.ACTIVATION_REQUIRED : Device.Status.ACTIVE;
        return new NewDevice(kind, status == null ? byDefault : Device.Status.valueOf(status), nickname, replaces);
    }

    private @Nullable Kind kind(String type) {
        return switch (type) {
            case "OATH_TOKEN" -> fob();
            case "TOTP" -> new App();
            default -> temporary();
        };
    }

    private @Nullable Kind fob() {
        SerialNumber serialNumber = TokenDocument.serialNumber(fields);
        return serialNumber == null ? null : new Fob(serialNumber);
    }

    private @Nullable Kind temporary() {
        Long codes = fields.required("codes").integer(1, TemporaryCodes.MAX);
        Instant validUntil = validUntil();
        return codes == null || validUntil == null ? null : new Temporary(codes.intValue(), validUntil);
    }

    private @Nullable Instant validUntil() {
        Instant sent = fields.required("validUntil").instant();
        if (sent == null) {
            return null;
        }
        Instant validUntil = sent.truncatedTo(ChronoUnit.MILLIS);
        if (validUntil.isAfter(now) && !validUntil.isAfter(now.plus(TEMPORARY_AT_MOST))) {
            return validUntil;
        }
        fields.faults().add(DetailCode.OUT_OF_RANGE, "validUntil", "The time must lie ahead, by seven days at most.");
        return null;
    }

    private @Nullable UUID replaces() {
        JsonFields replaces = fields.optional("replaces").object();
        return replaces.required("id").uuid();
    }

    private static @Nullable String nickname(JsonFields fields) {
        String nickname = fields.optional("nickname").text();
        if (nickname == null || nickname.isBlank()) {
            return null;
        }
        if (nickname.length() > Device.MAX_NICKNAME_LENGTH) {
            fields.faults().tooLong("nickname", Device.MAX_NICKNAME_LENGTH);
        } else if (nickname.chars().anyMatch(Character::isISOControl)) {
            fields.faults().add(DetailCode.INVALID_VALUE, "nickname", "The name has a control character.");
        }
        return nickname;
    }
}
