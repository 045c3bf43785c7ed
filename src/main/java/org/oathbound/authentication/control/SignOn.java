package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Subject;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.authentication.entity.UsableDevices;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Policy;
import org.oathbound.environment.StoredSettings;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Flows: begin, read, select a device. What becomes of a code is {@link CodeCheck}'s. */
@ApplicationScoped
public class SignOn {

    private static final Logger LOG = System.getLogger(SignOn.class.getName());

    private final Persons persons;
    private final StoredSettings stored;
    private final Bypass bypass;
    private final FindUsableDevices usableDevices;
    private final CodeCheck codes;
    private final Flows flows;
    private final Clock clock;

    @Inject
    SignOn(
            Persons persons,
            StoredSettings stored,
            Bypass bypass,
            FindUsableDevices usableDevices,
            CodeCheck codes,
            Flows flows,
            Clock clock) {
        this.persons = persons;
        this.stored = stored;
        this.bypass = bypass;
        this.usableDevices = usableDevices;
        this.codes = codes;
        this.flows = flows;
        this.clock = clock;
    }

    /**
     * A flow, and the devices that its person can sign on with.
     *
     * @param choice null where no device can be selected, or the devices were not looked up
     */
    public record View(Flow flow, @Nullable UsableDevices choice) {}

    /**
     * Begins a flow, and takes the first code where there is one.
     *
     * @param application who asks
     * @throws Problem.InvalidData when there is no such person, policy or device, or the code is not accepted; then there is
     *     no flow
     * @throws Problem.RequestFailed when the person is disabled, or the device can't be used now
     */
    public View begin(Environment environment, UUID application, NewFlow wanted) {
        Enrolment enrolment = persons.find(environment, wanted.user())
                .map(Person::enrolment)
                .orElseThrow(() -> invalid("user.id", "There is no user with this id."));
        AuditContext.concern(enrolment.person());
        if (!enrolment.enabled()) {
            throw new Problem.RequestFailed(
                    DetailCode.ACCOUNT_NOT_USABLE, "user.id", "The user is disabled, and signs on nowhere.");
        }
        Flow flow = Flow.begun(new Subject(
                UUID.randomUUID(),
                environment.id(),
                application,
                wanted.user(),
                policy(environment, wanted),
                clock.instant()));
        UsableDevices choice = usableDevices.of(environment, enrolment);
        Flow begun = begun(environment, flow, enrolment, choice, wanted);
        flows.add(begun);
        return new View(begun, choice);
    }

    /** {@link Problem.NotFound} where there is no such flow. */
    public View read(Environment environment, UUID id) {
        Flow flow = flows.get(environment, id);
        boolean choosing = flow.isOpen() || flow.failure() == Failure.NO_USABLE_DEVICES;
        return new View(
                flow, choosing ? usableDevices.of(environment, flow.subject().user()) : null);
    }

    /**
     * Selects the device whose codes the flow takes from now on.
     *
     * @throws Problem.NotFound where there is no such flow
     * @throws Problem.InvalidData when the person has no such device
     * @throws Problem.RequestFailed when it can't be used now, or the flow is over
     */
    public View select(Environment environment, UUID id, UUID device) {
        Flow seen = flows.get(environment, id);
        usableDevices.requireOpen(environment, seen);
        UsableDevices choice = usableDevices.of(environment, seen.subject().user());
        usableDevices.select(choice, device, "device.id");
        Flow selected = flows.change(environment, id, flow -> {
            usableDevices.requireOpen(environment, flow);
            return flow.selected(device, clock.instant());
        });
        return new View(selected, choice);
    }

    private Flow begun(Environment environment, Flow flow, Enrolment enrolment, UsableDevices choice, NewFlow wanted) {
        if (wanted.device() != null && !enrolment.lists(wanted.device())) {
            throw invalid("selectedDevice.id", "The user has no device with this id.");
        }
        if (!enrolment.mfaEnabled()) {
            return flow.failed(Failure.NO_USABLE_DEVICES, clock.instant());
        }
        if (bypass.until(environment, enrolment).isPresent()) {
            LOG.log(Level.INFO, "The user {0} signs on without a code.", enrolment.person());
            return flow.bypassed(clock.instant());
        }
        if (wanted.device() == null) {
            return choice.first()
                    .map(first -> flow.selected(first.device().id(), clock.instant()))
                    .orElseGet(() -> flow.failed(Failure.NO_USABLE_DEVICES, clock.instant()));
        }
        PairedDevice device = usableDevices.select(choice, wanted.device(), "selectedDevice.id");
        Flow selected = flow.selected(wanted.device(), clock.instant());
        return wanted.code() == null
                ? selected
                : codes.first(environment, selected.attempted(), enrolment, device, wanted.code());
    }

    /** The one that is named, else the default; it names a flow and changes nothing about how codes are judged. */
    private UUID policy(Environment environment, NewFlow wanted) {
        UUID named = wanted.policy();
        return stored.of(environment).policies().all().stream()
                .filter(policy ->
                        named == null ? policy.isDefault() : policy.id().equals(named))
                .map(Policy::id)
                .findFirst()
                .orElseThrow(() -> invalid("policy.id", "There is no device authentication policy with this id."));
    }

    private static Problem.InvalidData invalid(String target, String message) {
        return new Problem.InvalidData(new Detail(DetailCode.INVALID_VALUE, target, message));
    }
}
