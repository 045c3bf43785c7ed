package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.device.control.DeviceVerification;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Refusals;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.NeedsNext;

/**
 * Checks codes of flows: the attempt is taken up by the flow, the code judged, the verdict stored with the token, then the
 * flow moved.
 */
@ApplicationScoped
public class CodeCheck {

    private final Persons persons;
    private final DeviceVerification verification;
    private final FindUsableDevices usableDevices;
    private final Flows flows;
    private final Clock clock;

    @Inject
    CodeCheck(
            Persons persons,
            DeviceVerification verification,
            FindUsableDevices usableDevices,
            Flows flows,
            Clock clock) {
        this.persons = persons;
        this.verification = verification;
        this.usableDevices = usableDevices;
        this.flows = flows;
        this.clock = clock;
    }

    /**
     * Checks a code of the flow's device.
     *
     * @return the flow: COMPLETED by this code and no other; or waiting for the next code
     * @throws Problem.NotFound where there is no such flow
     * @throws Problem.InvalidData when the code is not accepted
     * @throws Problem.RequestFailed when nothing was judged: the flow is over, or the device locked or not usable; or when
     *     another code completed the flow before this one, which is used up all the same
     * @throws Problem.Unavailable when there is no verdict; the flow is as it was
     */
    public Flow check(Environment environment, UUID id, Passcode code) {
        Flow begun = flows.change(environment, id, flow -> attempted(environment, flow));
        UUID device = begun.device();
        if (device == null) {
            throw new IllegalStateException("A flow that takes codes has a device");
        }
        Verdict verdict = judge(environment, begun, device, code);
        Flow after = flows.change(environment, id, flow -> {
            if (isTooLate(flow, verdict)) {
                throw usableDevices.over(environment, flow);
            }
            return flow.after(verdict, device, clock.instant());
        });
        return letIn(after, verdict, "otp");
    }

    /** The first code of a flow that is not stored yet; fails as {@link #check} does. */
    Flow first(Environment environment, Flow flow, Enrolment enrolment, PairedDevice device, Passcode code) {
        Verdict verdict = verification.verify(environment, enrolment, device, code, Purpose.SIGN_ON);
        return letIn(flow.after(verdict, device.device().id(), clock.instant()), verdict, "selectedDevice.otp");
    }

    private Flow attempted(Environment environment, Flow flow) {
        usableDevices.requireOpen(environment, flow);
        if (flow.status() == Status.DEVICE_SELECTION_REQUIRED) {
            throw refused(null, "A device must be selected before.");
        } else if (flow.attempts() >= Flow.MAX_ATTEMPTS) {
            throw refused(null, "Too many codes were sent at once.");
        }
        return flow.attempted();
    }

    private Verdict judge(Environment environment, Flow flow, UUID device, Passcode code) {
        UUID id = flow.subject().id();
        UUID user = flow.subject().user();
        try {
            Enrolment enrolment = persons.get(environment, user).enrolment();
            if (!enrolment.enabled()) {
                throw refused("user.id", "The user is disabled.");
            }
            return verification.verify(environment, enrolment, device, code, Purpose.SIGN_ON);
        } catch (Problem.NotFound | Problem.RequestFailed e) {
            boolean hasOthers = !usableDevices.of(environment, user).usable().isEmpty();
            flows.change(environment, id, seen -> seen.lost(device, hasOthers, clock.instant()));
            throw refused("selectedDevice.id", "The selected device can't be used to sign on any more.");
        } catch (RuntimeException e) {
            flows.change(environment, id, Flow::withdrawn);
            throw e;
        }
    }

    /** Another request's code was faster. */
    private static boolean isTooLate(Flow flow, Verdict verdict) {
        return verdict instanceof Accepted
                ? flow.status() == Status.COMPLETED
                : verdict instanceof NeedsNext && !flow.isOpen();
    }

    private Flow letIn(Flow flow, Verdict verdict, String target) {
        if (verdict instanceof Accepted || verdict instanceof NeedsNext) {
            return flow;
        }
        throw Refusals.of(verdict, target, clock.instant());
    }

    private static Problem.RequestFailed refused(@Nullable String target, String why) {
        return new Problem.RequestFailed(new Detail(DetailCode.CONSTRAINT_VIOLATION, target, why));
    }
}
