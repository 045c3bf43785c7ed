package org.oathbound.device.entity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.token.entity.SerialNumber;

/**
 * A device that is to be paired; every value has been checked.
 *
 * @param replaces the device that it is for
 */
public record NewDevice(
        Kind kind,
        Status status,
        @Nullable String nickname,
        @Nullable UUID replaces) {

    /** What is paired. */
    public sealed interface Kind {

        Device.Type type();
    }

    /** A fob from stock, or one that somebody else has too. */
    public record Fob(SerialNumber serialNumber) implements Kind {

        @Override
        public Device.Type type() {
            return Device.Type.OATH_TOKEN;
        }
    }

    /** An authenticator app, for which a secret is made. */
    public record App() implements Kind {

        @Override
        public Device.Type type() {
            return Device.Type.TOTP;
        }
    }

    /**
     * Codes that are made now.
     *
     * @param codes how many, from 1 to 10
     * @param validUntil until when they are good
     */
    public record Temporary(int codes, Instant validUntil) implements Kind {

        @Override
        public Device.Type type() {
            return Device.Type.TEMPORARY;
        }
    }
}
