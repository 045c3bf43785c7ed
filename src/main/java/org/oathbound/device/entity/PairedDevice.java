package org.oathbound.device.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;

/**
 * A device that is one: its person lists it, and its token serves it.
 *
 * @param read its token, as it was read with it
 * @param replaced whether another takes its place, which blocks it
 */
public record PairedDevice(Device device, StoredToken read, boolean replaced) {

    public Token token() {
        return read.token();
    }

    public boolean isBlocked() {
        return replaced || device.blockedAt() != null;
    }

    /** Whether a code of it is judged for signing on. */
    public boolean isUsable(Instant now) {
        return device.status() == Status.ACTIVE && !isBlocked() && !isLocked(now);
    }

    /** Whether too many codes have failed; it is the token's lock, for all whom it serves. */
    public boolean isLocked(Instant now) {
        return token().failureState().isLocked(now);
    }

    /** Until when; null when it is not locked, or until an administrator unlocks it. */
    public @Nullable Instant lockedUntil() {
        FailureState failureState = token().failureState();
        return failureState.isLockedForGood() ? null : failureState.lockedUntil();
    }
}
