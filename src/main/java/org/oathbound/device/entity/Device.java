package org.oathbound.device.entity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Settings;
import org.oathbound.token.entity.TokenId;

/**
 * What a person has paired, as its own entry says.
 *
 * @param nickname what the person calls it
 * @param blockedAt when an administrator blocked it; null when none did
 * @param replaces the device that goes when this one is activated
 */
public record Device(
        UUID id,
        UUID person,
        TokenId token,
        Type type,
        Status status,
        @Nullable String nickname,
        @Nullable Instant blockedAt,
        @Nullable UUID replaces,
        Instant createdAt,
        Instant updatedAt) {

    public static final int MAX_NICKNAME_LENGTH = 100;

    public enum Type {
        /** A fob of a seed file. */
        OATH_TOKEN,
        /** An authenticator app. */
        TOTP,
        /** A few codes for somebody who has lost his. */
        TEMPORARY;

        /** What an environment's settings say of devices of this type. */
        public Settings.Method method(Settings settings) {
            return this == TOTP ? settings.totp() : settings.oathToken();
        }
    }

    public enum Status {
        ACTIVE,
        /** Paired, and good for nothing before a code of it has come. */
        ACTIVATION_REQUIRED
    }

    /** Changed at that moment, as an administrator or its owner changes it. */
    public Device withNickname(@Nullable String changed, Instant now) {
        return new Device(id, person, token, type, status, changed, blockedAt, replaces, createdAt, now);
    }

    /** Blocked since that moment; unblocked when it is null. */
    public Device withBlockedAt(@Nullable Instant at, Instant now) {
        return new Device(id, person, token, type, status, nickname, at, replaces, createdAt, now);
    }

    public Device activated(Instant now) {
        return new Device(id, person, token, type, Status.ACTIVE, nickname, blockedAt, replaces, createdAt, now);
    }
}
