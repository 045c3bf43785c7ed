package org.oathbound.device.entity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.SerialNumber;

/**
 * A device that is to be paired; every value has been checked.
 *
 * @param blocked whether it waits for an administrator to unblock it
 * @param replaces the device that it is for
 */
public record NewDevice(
        Kind kind,
        Status status,
        boolean blocked,
        @Nullable String nickname,
        @Nullable UUID replaces) {

    /** A device that is not blocked. */
    public NewDevice(Kind kind, Status status, @Nullable String nickname, @Nullable UUID replaces) {
        this(kind, status, false, nickname, replaces);
    }

    /** What is paired. */
    public sealed interface Kind {

        default Device.Type type() {
            return switch (this) {
                case Fob fob -> Device.Type.OATH_TOKEN;
                case App app -> Device.Type.TOTP;
                case Generated generated -> Device.Type.TOTP;
                case Temporary temporary -> Device.Type.TEMPORARY;
            };
        }
    }

    /** A fob from stock, or one that another person has too. */
    public record Fob(SerialNumber serialNumber) implements Kind {}

    /**
     * An authenticator app.
     *
     * @param secret what it has in it already; null when a secret is made for it
     */
    public record App(@Nullable AppSecret secret) implements Kind {

        /** An app that has no secret yet. */
        public App() {
            this(null);
        }
    }

    /**
     * An authenticator app that is good at once: a TOTP shared secret. From its first code on, a code is required.
     *
     * @param byPassword whether the caller has proved nothing but a password; then settings may refuse it
     */
    public record Generated(boolean byPassword) implements Kind {}

    /**
     * Codes that are made now.
     *
     * @param codes how many, from 1 to 10
     * @param validUntil until when they are good
     */
    public record Temporary(int codes, Instant validUntil) implements Kind {}
}
