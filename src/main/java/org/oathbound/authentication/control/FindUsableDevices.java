package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.UsableDevices;
import org.oathbound.device.control.Devices;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Refusals;
import org.oathbound.token.entity.Verdict.Locked;

/** The devices that a person can sign on with at this moment, and why the others can't be used. */
@ApplicationScoped
class FindUsableDevices {

    private final Enrolments enrolments;
    private final Devices devices;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    FindUsableDevices(Enrolments enrolments, Devices devices, CurrentSettings settings, Clock clock) {
        this.enrolments = enrolments;
        this.devices = devices;
        this.settings = settings;
        this.clock = clock;
    }

    /** No device is usable for a person without a second factor, or who is disabled. */
    UsableDevices of(Environment environment, Enrolment enrolment) {
        List<PairedDevice> listed = devices.list(environment, enrolment);
        return enrolment.enabled() && enrolment.mfaEnabled()
                ? UsableDevices.of(listed, settings.of(environment), clock.instant())
                : new UsableDevices(List.of(), listed);
    }

    /** Empty for a person who is deleted. */
    UsableDevices of(Environment environment, UUID user) {
        return enrolments
                .find(environment, user)
                .map(enrolment -> of(environment, enrolment))
                .orElse(UsableDevices.NONE);
    }

    /**
     * The device that a caller selects.
     *
     * @param target the field that names it
     * @throws Problem.InvalidData when it is none of the person's
     * @throws Problem.RequestFailed when it can't be used now
     */
    PairedDevice select(UsableDevices choice, UUID device, String target) {
        return choice.usable(device).orElseThrow(() -> choice.unusable(device)
                .map(found -> unusable(found, target))
                .orElseGet(() -> new Problem.InvalidData(
                        new Detail(DetailCode.INVALID_VALUE, target, "The user has no device with this id."))));
    }

    /** A flow that is over takes no code and lets no device be selected: {@link Problem.RequestFailed}. */
    void requireOpen(Environment environment, Flow flow) {
        if (!flow.isOpen()) {
            throw over(environment, flow);
        }
    }

    /** The lock that ended a flow, while it lasts; else that the flow is over. */
    Problem over(Environment environment, Flow flow) {
        UUID device = flow.device();
        if (flow.failure() == Failure.TOO_MANY_OTP_RETRIES && device != null) {
            Instant now = clock.instant();
            return of(environment, flow.subject().user())
                    .unusable(device)
                    .filter(found -> !found.isBlocked() && found.isLocked(now))
                    .map(found -> locked(found, now))
                    .orElseGet(() -> isOver(flow));
        }
        return isOver(flow);
    }

    private Problem unusable(PairedDevice device, String target) {
        Instant now = clock.instant();
        return !device.isBlocked() && device.isLocked(now)
                ? locked(device, now)
                : new Problem.RequestFailed(
                        new Detail(DetailCode.CONSTRAINT_VIOLATION, target, "The device can't be used to sign on."));
    }

    private static Problem locked(PairedDevice device, Instant now) {
        return Refusals.of(new Locked(device.token(), device.lockedUntil(), false), "otp", now);
    }

    private static Problem isOver(Flow flow) {
        return new Problem.RequestFailed(new Detail(
                DetailCode.CONSTRAINT_VIOLATION,
                null,
                "The device authentication is over: it is " + flow.status() + "."));
    }
}
