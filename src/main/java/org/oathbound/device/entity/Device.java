package org.oathbound.device.entity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.Settings;
import org.oathbound.problem.Faults;
import org.oathbound.token.entity.TokenId;

/**
 * A device of a person, as its own entry says.
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

    private static final int MAX_NICKNAME_LENGTH = 100;

    public enum Type {
        /** A fob of a seed file. */
        OATH_TOKEN,
        /** An authenticator app. */
        TOTP,
        /** A few codes for a person who has lost their device. */
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

    /** What a device is called when this is asked for: null for a blank text. What can't be a name is a fault. */
    public static @Nullable String nickname(@Nullable String text, Faults faults) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > MAX_NICKNAME_LENGTH) {
            faults.tooLong("nickname", MAX_NICKNAME_LENGTH);
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            faults.invalid("nickname", "The name has a control character.");
        }
        return text;
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
