package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Foreseen;
import org.oathbound.token.control.Verifier;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;

/**
 * Codes of a person's device: to sign on, and to activate it. Three reads, of the enrolment, the device and the token, and
 * one write, of the token; the first code of a device that needed no activation is told to the enrolment, too.
 */
@ApplicationScoped
public class DeviceVerification {

    private static final Logger LOG = System.getLogger(DeviceVerification.class.getName());

    private final Persons persons;
    private final Enrolments enrolments;
    private final Devices devices;
    private final Unpairing unpairing;
    private final Verifier verifier;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    public DeviceVerification(
            Persons persons,
            Enrolments enrolments,
            Devices devices,
            Unpairing unpairing,
            Verifier verifier,
            CurrentSettings settings,
            Clock clock) {
        this.persons = persons;
        this.enrolments = enrolments;
        this.devices = devices;
        this.unpairing = unpairing;
        this.verifier = verifier;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Verifies a code for signing on. It reads the device and the token.
     *
     * @param enrolment as read a moment ago
     * @throws Problem.NotFound when there is no such device
     * @throws Problem.RequestFailed when the device is not active, or blocked, or of a type that is switched off; nothing is
     *     counted then
     */
    public Verdict verify(Environment environment, Enrolment enrolment, UUID device, Passcode code, Purpose purpose) {
        Device found = unblocked(environment, enrolment, device);
        if (found.status() != Device.Status.ACTIVE) {
            throw refused("The device is not activated yet: activate it with a code first.");
        }
        requireEnabled(environment, found);
        Verdict verdict = verifier.verify(environment, found.token(), device, code, purpose);
        return told(environment, enrolment, device, verdict);
    }

    /**
     * Verifies a code for somebody who helps the person: as for signing on, and nobody is signed on.
     *
     * @throws Problem.NotFound when there is no such person or device
     * @throws Problem.RequestFailed as for signing on
     */
    public Verdict test(Environment environment, UUID person, UUID device, Passcode code) {
        Enrolment enrolment = persons.get(environment, person).enrolment();
        return verify(environment, enrolment, device, code, Purpose.SIGN_ON);
    }

    /** The same with a device that was read a moment ago, and can be used. */
    public Verdict verify(
            Environment environment, Enrolment enrolment, PairedDevice usable, Passcode code, Purpose purpose) {
        UUID device = usable.device().id();
        return told(environment, enrolment, device, verifier.verify(environment, usable.read(), device, code, purpose));
    }

    /** What judging a code would say that stands in a line which the person has typed, and which names no device. */
    Foreseen foresee(Environment environment, PairedDevice device, UUID person, Passcode code, Purpose purpose) {
        return verifier.foresee(environment, device.read(), device.device().id(), person, code, purpose);
    }

    /**
     * Takes back what lines of the person have counted on all devices but the one that a code was accepted of. Where that fails it
     * is left for her next success.
     */
    void takeBack(Environment environment, UUID person, List<PairedDevice> paired, PairedDevice accepted) {
        for (PairedDevice other : paired) {
            boolean isCounted = !other.equals(accepted)
                    && other.token().failureState().lines().stream()
                            .anyMatch(line -> line.person().equals(person) && line.counted() > 0);
            if (isCounted) {
                takeBack(environment, person, other.token().metadata().id());
            }
        }
    }

    private void takeBack(Environment environment, UUID person, TokenId token) {
        try {
            verifier.takeBack(environment, token, person);
        } catch (Problem.Unavailable | Problem.Corrupt e) {
            LOG.log(Level.DEBUG, "What lines have counted on the token {0} stands: {1}", token, e.getMessage());
        }
    }

    /** The same once more, with what was foreseen of it. */
    Verdict verify(Environment environment, Enrolment enrolment, PairedDevice usable, Foreseen foreseen) {
        return told(environment, enrolment, usable.device().id(), verifier.verify(foreseen));
    }

    private Verdict told(Environment environment, Enrolment enrolment, UUID device, Verdict verdict) {
        if (verdict instanceof Accepted
                && enrolment.listed(device).filter(Listed::unproven).isPresent()) {
            enrolments.change(environment, enrolment.person(), now -> now.withProven(device));
        }
        return verdict;
    }

    /**
     * The enrolment as it should be: a code of an unproven device was accepted, and a stop may have come before the list said so.
     * Where it can't be read whether one was, a code is required: that is not stored.
     *
     * @param paired the person's devices that can be read
     */
    Enrolment proven(Environment environment, Enrolment enrolment, List<PairedDevice> paired) {
        Enrolment proven = enrolment;
        boolean isInDoubt = false;
        for (Listed listed : enrolment.devices()) {
            if (listed.unproven()) {
                Optional<PairedDevice> read = paired.stream()
                        .filter(device -> device.device().id().equals(listed.device()))
                        .findFirst();
                isInDoubt |= read.isEmpty() && !isReadable(environment, enrolment, listed);
                if (read.filter(device -> device.token().failureState().lastUsedAt() != null)
                        .isPresent()) {
                    proven = enrolments.change(environment, enrolment.person(), now -> now.withProven(listed.device()));
                }
            }
        }
        return isInDoubt ? proven.withCodeRequired(true) : proven;
    }

    /** Also of one that is not there any more. */
    private boolean isReadable(Environment environment, Enrolment enrolment, Listed listed) {
        return new UnreadableEntries()
                .read(() -> devices.find(environment, enrolment, listed.device()))
                .isPresent();
    }

    /**
     * Verifies a code of a token for any of its holders: as a sign-on with the first of its devices that can be used.
     *
     * @throws Problem.NotFound when there is no such token
     * @throws Problem.RequestFailed when none of the token's devices can be used now; nothing is counted then
     */
    public Verdict verify(Environment environment, TokenId token, Passcode code) {
        PairedDevice usable = devices.of(environment, token).stream()
                .filter(device -> device.device().status() == Device.Status.ACTIVE && !device.isBlocked())
                .filter(device -> signsOn(environment, device.device().person()))
                .findFirst()
                .orElseThrow(() ->
                        refused("The token is paired with nobody who can use it: pair it, or unblock the device."));
        requireEnabled(environment, usable.device());
        Enrolment enrolment = enrolments.get(environment, usable.device().person());
        return verify(environment, enrolment, usable, code, Purpose.SIGN_ON);
    }

    /**
     * Activates a device by a code of it: the token's write first, then the enrolment's, from then on a code is required,
     * then the device's; the verdict after all.
     *
     * @param resync whether the caller will send the next code where one is too far away
     * @throws Problem.NotFound when there is no such person or device
     * @throws Problem.RequestFailed when the device is active already, or blocked; also when another code activated it
     *     before this one, which is used up all the same
     */
    public Verdict activate(Environment environment, UUID person, UUID device, Passcode code, boolean resync) {
        Enrolment enrolment = enrolments.get(environment, person);
        Device found = unblocked(environment, enrolment, device);
        requireInactive(found);
        Purpose purpose = resync ? Purpose.ACTIVATION_WITH_RESYNC : Purpose.ACTIVATION;
        Verdict verdict = verifier.verify(environment, found.token(), device, code, purpose);
        if (verdict instanceof Accepted) {
            enrolments.change(environment, person, now -> now.withCodeRequired(true));
            Device active = devices.change(environment, device, before -> {
                requireInactive(before);
                return before.activated(GeneralizedTime.now(clock));
            });
            Unpairing.orLeave(() -> unpairing.removeReplaced(environment, enrolment, active));
        }
        return verdict;
    }

    /** Whether the person is there, and not disabled. */
    private boolean signsOn(Environment environment, UUID person) {
        return new UnreadableEntries()
                .read(() -> persons.find(environment, person)
                        .filter(found -> found.enrolment().enabled())
                        .isPresent())
                .orElse(false);
    }

    private void requireEnabled(Environment environment, Device device) {
        if (!device.type().method(settings.of(environment)).enabled()) {
            throw refused(
                    "The environment's default policy does not let devices of this type be used: enable the type there.");
        }
    }

    private static void requireInactive(Device device) {
        if (device.status() == Device.Status.ACTIVE) {
            throw refused("The device is active already.");
        }
    }

    private Device unblocked(Environment environment, Enrolment enrolment, UUID device) {
        Device found = devices.listed(environment, enrolment, device).orElseThrow(() -> Devices.unknown(device));
        boolean replaced = enrolment.listed(device).filter(Listed::replaced).isPresent();
        if (replaced || found.blockedAt() != null) {
            throw refused("The device is blocked: unblock it first.");
        }
        return found;
    }

    private static Problem.RequestFailed refused(String why) {
        return new Problem.RequestFailed(DetailCode.CONSTRAINT_VIOLATION, null, why);
    }
}
