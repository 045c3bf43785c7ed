package org.oathbound.device.boundary;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TemporaryCodes;

/**
 * Reads a new device from the document that PingOne's API describes, ours added. Each method throws
 * {@link Problem.InvalidData} with every fault.
 */
final class DeviceDocument {

    private static final Duration TEMPORARY_AT_MOST = Duration.ofDays(7);
    private static final List<String> TYPES = List.of("OATH_TOKEN", "TOTP", "TEMPORARY");

    private static final List<String> STATUSES = List.of("ACTIVE", "ACTIVATION_REQUIRED");

    private DeviceDocument() {}

    static NewDevice read(JsonObject document, Instant now) {
        return JsonFields.read(document, fields -> read(fields, now));
    }

    /** The member {@code nickname}; nothing when there is none, or an empty one. */
    static Optional<String> nickname(JsonObject document) {
        return JsonFields.read(document, fields -> Optional.ofNullable(nickname(fields)));
    }

    private static @Nullable NewDevice read(JsonFields fields, Instant now) {
        String type = fields.required("type").oneOf(TYPES);
        Kind kind = type == null ? null : kind(type, fields, now);
        String status = fields.optional("status").oneOf("TEMPORARY".equals(type) ? List.of("ACTIVE") : STATUSES);
        String nickname = nickname(fields);
        UUID replaces = fields.optional("replaces").object().required("id").uuid();
        if (kind == null) {
            return null;
        }
        Device.Status usual =
                kind.type() == Device.Type.TOTP ? Device.Status.ACTIVATION_REQUIRED : Device.Status.ACTIVE;
        return new NewDevice(kind, status == null ? usual : Device.Status.valueOf(status), nickname, replaces);
    }

    private static @Nullable Kind kind(String type, JsonFields fields, Instant now) {
        return switch (type) {
            case "OATH_TOKEN" -> fob(fields);
            case "TOTP" -> new App();
            default -> temporary(fields, now);
        };
    }

    private static @Nullable Kind fob(JsonFields fields) {
        String text = fields.required("serialNumber").text();
        SerialNumber serialNumber = SerialNumber.read(text, true, fields.faults());
        return serialNumber == null ? null : new Fob(serialNumber);
    }

    private static @Nullable Kind temporary(JsonFields fields, Instant now) {
        Long codes = fields.required("codes").integer(1, TemporaryCodes.MAX);
        Instant sent = fields.required("validUntil").instant();
        Instant validUntil = sent == null ? null : sent.truncatedTo(ChronoUnit.MILLIS);
        if (validUntil != null && (!validUntil.isAfter(now) || validUntil.isAfter(now.plus(TEMPORARY_AT_MOST)))) {
            fields.fault(DetailCode.OUT_OF_RANGE, "validUntil", "The time must lie ahead, by seven days at most.");
        }
        return codes == null || validUntil == null ? null : new Temporary(codes.intValue(), validUntil);
    }

    private static @Nullable String nickname(JsonFields fields) {
        return Device.nickname(fields.optional("nickname").text(), fields.faults());
    }
}
