package org.oathbound.authentication.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

/**
 * A person who is signing on: ids and a status, never a code.
 *
 * @param failure why it is FAILED; null in every other status
 * @param device the one that is selected, or completed it; null where none was needed
 * @param attempts how many codes it has taken up, those that are being judged among them
 */
public record Flow(
        Subject subject,
        Status status,
        @Nullable Failure failure,
        @Nullable UUID device,
        int attempts,
        Instant updatedAt) {

    /** Counted from its beginning. */
    public static final Duration LASTS = Duration.ofMinutes(5);

    /** So many codes a flow takes up, of whatever devices. */
    public static final int MAX_ATTEMPTS = 10;

    /** As PingOne names them. */
    public enum Status {
        /** The code of the selected device is waited for. */
        OTP_REQUIRED,
        /** The same, for a right one that was too far away; the one that directly follows is needed. */
        EXTRA_OTP_REQUIRED,
        /** The selected device can't be used any more, another can. */
        DEVICE_SELECTION_REQUIRED,
        COMPLETED,
        FAILED
    }

    /** Why a flow has failed, as PingOne names it. */
    public enum Failure {
        NO_USABLE_DEVICES,
        TOO_MANY_OTP_RETRIES
    }

    /**
     * What never changes.
     *
     * @param application who began it
     * @param policy the one that was named, or the default
     */
    public record Subject(UUID id, UUID environment, UUID application, UUID user, UUID policy, Instant createdAt) {}

    /** A flow that begins without a device. */
    public static Flow begun(Subject subject) {
        return new Flow(subject, Status.DEVICE_SELECTION_REQUIRED, null, null, 0, subject.createdAt());
    }

    /** Whether it can still be completed. */
    public boolean isOpen() {
        return status != Status.COMPLETED && status != Status.FAILED;
    }

    /** Whether it is to be forgotten. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(subject.createdAt().plus(LASTS));
    }

    /** Whether the person was signed on without a code. */
    public boolean isBypassed() {
        return status == Status.COMPLETED && device == null;
    }

    /** Completed without a code. */
    public Flow bypassed(Instant now) {
        return new Flow(subject, Status.COMPLETED, null, null, attempts, now);
    }

    public Flow selected(UUID selected, Instant now) {
        return new Flow(subject, Status.OTP_REQUIRED, null, selected, attempts, now);
    }

    public Flow failed(Failure why, Instant now) {
        return new Flow(subject, Status.FAILED, why, device, attempts, now);
    }

    /** With one code more that is being judged. */
    public Flow attempted() {
        return new Flow(subject, status, failure, device, attempts + 1, updatedAt);
    }

    /** Without one of them: it was not judged. */
    public Flow withdrawn() {
        return new Flow(subject, status, failure, device, attempts - 1, updatedAt);
    }

    /** Without the code that was being judged, for its device can't be used any more. */
    public Flow lost(UUID unusable, boolean hasOthers, Instant now) {
        if (!isOpen() || !unusable.equals(device)) {
            return withdrawn();
        }
        return hasOthers
                ? new Flow(subject, Status.DEVICE_SELECTION_REQUIRED, null, null, attempts - 1, now)
                : withdrawn().failed(Failure.NO_USABLE_DEVICES, now);
    }

    /**
     * After a code was judged that had been taken up, whatever came in between. An accepted one completes a flow that has
     * failed meanwhile too: no wrong code that others send may cost the right one.
     *
     * @param judged the device whose code it was
     */
    public Flow after(Verdict verdict, UUID judged, Instant now) {
        return switch (verdict) {
            case Accepted accepted ->
                status == Status.COMPLETED ? this : new Flow(subject, Status.COMPLETED, null, judged, attempts, now);
            case Locked locked -> withdrawn();
            case NeedsNext needsNext -> notAccepted(Status.EXTRA_OTP_REQUIRED, false, judged, now);
            case Rejected rejected -> notAccepted(Status.OTP_REQUIRED, rejected.attemptsRemaining() == 0, judged, now);
        };
    }

    /** @param locked whether the code was the last one before its token was locked */
    private Flow notAccepted(Status next, boolean locked, UUID judged, Instant now) {
        if (!isOpen()) {
            return this;
        } else if (attempts >= MAX_ATTEMPTS || (locked && judged.equals(device))) {
            return failed(Failure.TOO_MANY_OTP_RETRIES, now);
        }
        return judged.equals(device) ? new Flow(subject, next, null, judged, attempts, now) : this;
    }
}
