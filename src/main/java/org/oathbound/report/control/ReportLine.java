package org.oathbound.report.control;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;

/** A line of a report; its components are the columns, in their order. */
public sealed interface ReportLine {

    /** How a token stands with the person of its line. Of several that hold, the first counts, as they stand here. */
    enum State {
        /** The entry of the token, or one that belongs to it, can't be read. */
        UNREADABLE,
        /** It was said that the token is lost: no code of it is accepted, whoever has it. */
        LOST,
        /** Not paired. */
        STOCK,
        /** The person has left the corporate directory: the device can't be used to sign on. */
        GONE,
        /** An administrator has blocked the person's device, or another is to take its place. */
        BLOCKED,
        /** Too many codes were wrong, and no code is judged now. */
        LOCKED,
        /** Paired, and no code of it has come yet. */
        ACTIVATION_REQUIRED,
        /** The person can sign on with it. */
        ACTIVE
    }

    /**
     * A token with one who has it.
     *
     * @param type HOTP or TOTP
     * @param lockedUntil until when it is locked, in stock too; null when it is not, or until an administrator unlocks it
     * @param expired whether {@code expiresAt} is past; null for a token without an end
     * @param drift the token's time less the server's, in time steps; TOTP
     * @param counter the next expected one; HOTP
     * @param batch the job that created it
     * @param passwordLockedUntil until when wrong passwords lock its holder; null when they do not
     */
    record OathToken(
            @Nullable String serialNumber,
            String tokenId,
            @Nullable String type,
            State state,
            @Nullable Instant lockedUntil,
            @Nullable String username,
            @Nullable UUID userId,
            @Nullable UUID deviceId,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt,
            @Nullable Boolean expired,
            @Nullable Integer drift,
            @Nullable Long counter,
            @Nullable String manufacturer,
            @Nullable String model,
            @Nullable UUID batch,
            @Nullable Instant passwordLockedUntil)
            implements ReportLine {

        static OathToken unreadable(@Nullable String serialNumber, String tokenId) {
            return new OathToken(
                    serialNumber,
                    tokenId,
                    null,
                    State.UNREADABLE,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * A line of the audit, with the names that go by its ids now.
     *
     * @param actorName of the person or application; null for any other actor, and for one that is gone
     * @param objectName the user name, the serial number or the application's name, where the object is one of them
     * @param serialNumber of the token that was given to the person or taken away
     */
    record AuditEntry(
            Instant time,
            long seq,
            @Nullable String actor,
            @Nullable String actorName,
            @Nullable String action,
            @Nullable String object,
            @Nullable String objectName,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String person,
            @Nullable String username,
            @Nullable String device,
            @Nullable String token,
            @Nullable String serialNumber,
            @Nullable String ticket,
            @Nullable String breakGlass,
            @Nullable String address,
            @Nullable String correlationId)
            implements ReportLine {}

    /**
     * A device that waits for its first code.
     *
     * @param serialNumber what is printed on it; fobs only
     * @param since when it was paired
     * @param passwordLockedUntil until when wrong passwords lock the person; null when they do not
     */
    record NotActivated(
            @Nullable String username,
            @Nullable UUID userId,
            @Nullable String serialNumber,
            Device.@Nullable Type deviceType,
            String deviceId,
            @Nullable String nickname,
            State state,
            @Nullable Instant lockedUntil,
            @Nullable Instant since,
            @Nullable Instant passwordLockedUntil)
            implements ReportLine {

        static NotActivated unreadable(@Nullable String username, @Nullable UUID userId, String deviceId) {
            return new NotActivated(username, userId, null, null, deviceId, null, State.UNREADABLE, null, null, null);
        }
    }
}
