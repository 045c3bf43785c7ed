package org.oathbound.device.control;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Kind;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
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

    private final List<Detail> faults = new ArrayList<>();
    private final Fields fields;
    private final Instant now;

    private DeviceDocument(JsonObject document, Instant now) {
        this.fields = new Fields(document, "", faults);
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
        List<Detail> faults = new ArrayList<>();
        String nickname = nickname(new Fields(document, "", faults));
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return nickname;
    }

    private NewDevice read() {
        return read(fields.requiredOneOf("type", TYPES));
    }

    private NewDevice read(@Nullable String type) {
        Kind kind = type == null ? null : kind(type);
        String status = fields.oneOf("status", type != null && type.equals("TEMPORARY") ? List.of("ACTIVE") : STATUSES);
        String nickname = nickname(fields);
        UUID replaces = replaces();
        if (!faults.isEmpty() || kind == null) {
            throw new Problem.InvalidData(faults);
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
        Long codes = fields.requiredInteger("codes", 1, TemporaryCodes.MAX);
        Instant validUntil = validUntil();
        return codes == null || validUntil == null ? null : new Temporary(codes.intValue(), validUntil);
    }

    private @Nullable Instant validUntil() {
        Instant sent = fields.requiredInstant("validUntil");
        if (sent == null) {
            return null;
        }
        Instant validUntil = sent.truncatedTo(ChronoUnit.MILLIS);
        if (validUntil.isAfter(now) && !validUntil.isAfter(now.plus(TEMPORARY_AT_MOST))) {
            return validUntil;
        }
        fields.fault(DetailCode.OUT_OF_RANGE, "validUntil", "The time must lie ahead, by seven days at most.");
        return null;
    }

    private @Nullable UUID replaces() {
        Fields replaces = fields.object("replaces");
        return replaces == null ? null : replaces.requiredUuid("id");
    }

    private static @Nullable String nickname(Fields fields) {
        String nickname = fields.text("nickname");
        if (nickname == null || nickname.isBlank()) {
            return null;
        }
        if (nickname.length() > Device.MAX_NICKNAME_LENGTH) {
            fields.tooLong("nickname", Device.MAX_NICKNAME_LENGTH);
        } else if (nickname.chars().anyMatch(Character::isISOControl)) {
            fields.fault(DetailCode.INVALID_VALUE, "nickname", "The name has a control character.");
        }
        return nickname;
    }
}
