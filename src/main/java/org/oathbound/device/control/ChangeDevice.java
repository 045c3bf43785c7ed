package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditContext;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.TokenId;

/** What people and administrators change about devices. {@link Problem.NotFound} where there is none. */
@ApplicationScoped
public class ChangeDevice {

    private final Enrolments enrolments;
    private final Devices devices;
    private final Tokens tokens;
    private final Unpairing unpairing;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    public ChangeDevice(
            Enrolments enrolments,
            Devices devices,
            Tokens tokens,
            Unpairing unpairing,
            CurrentSettings settings,
            Clock clock) {
        this.enrolments = enrolments;
        this.devices = devices;
        this.tokens = tokens;
        this.unpairing = unpairing;
        this.settings = settings;
        this.clock = clock;
    }

    /** Names a device; null takes the name away. */
    public PairedDevice name(Environment environment, UUID person, UUID device, @Nullable String nickname) {
        return change(environment, person, device, before -> before.withNickname(nickname, GeneralizedTime.now(clock)));
    }

    public PairedDevice block(Environment environment, UUID person, UUID device) {
        return change(
                environment,
                person,
                device,
                before -> before.blockedAt() == null
                        ? before.withBlockedAt(GeneralizedTime.now(clock), GeneralizedTime.now(clock))
                        : before);
    }

    /** A device that another was to replace counts towards the limit again: {@link Problem.RequestFailed} beyond it. */
    public PairedDevice unblock(Environment environment, UUID person, UUID device) {
        devices.get(environment, person, device);
        int limit = settings.of(environment).maxDevices();
        enrolments.change(environment, person, before -> counted(before, device, limit));
        return change(environment, person, device, before -> before.withBlockedAt(null, GeneralizedTime.now(clock)));
    }

    /** Refuses what {@link #unblock} would refuse as things stand, and changes nothing. */
    public void checkUnblock(Environment environment, UUID person, UUID device) {
        devices.get(environment, person, device);
        counted(
                enrolments.get(environment, person),
                device,
                settings.of(environment).maxDevices());
    }

    private static Enrolment counted(Enrolment before, UUID device, int limit) {
        Enrolment after = before.withReplaced(device, false);
        if (after.counted() > Math.max(limit, before.counted())) {
            throw PairingRules.tooMany(limit);
        }
        return after;
    }

    /** Forgets failed codes, of the token and so for all whom it serves. */
    public PairedDevice unlock(Environment environment, UUID person, UUID device) {
        PairedDevice found = devices.get(environment, person, device);
        tokens.unlock(environment, found.device().token());
        return devices.get(environment, person, device);
    }

    /** Puts the devices into that order, the others behind them. {@link Problem.InvalidData} for one that is not there. */
    public List<PairedDevice> order(Environment environment, UUID person, List<UUID> order) {
        Enrolment ordered = enrolments.change(environment, person, before -> {
            for (int i = 0; i < order.size(); i++) {
                if (!before.lists(order.get(i)) || order.indexOf(order.get(i)) < i) {
                    throw new Problem.InvalidData(
                            DetailCode.INVALID_VALUE,
                            "order[" + i + "].id",
                            "The user has no device with this id, or the order names it twice.");
                }
            }
            return before.inOrder(order);
        });
        return devices.list(environment, ordered);
    }

    /** Puts the devices into the order in which they were paired. */
    public void forgetOrder(Environment environment, UUID person) {
        List<UUID> byAge = devices.list(environment, person).stream()
                .map(PairedDevice::device)
                .sorted(Comparator.comparing(Device::createdAt))
                .map(Device::id)
                .toList();
        enrolments.change(environment, person, before -> before.inOrder(byAge));
    }

    /** Takes a device from its person, also one that can't be read. */
    public void delete(Environment environment, UUID person, UUID device) {
        try {
            TokenId token = devices.get(environment, person, device).device().token();
            AuditContext.involve(token);
            unpairing.unpair(environment, person, device, token);
        } catch (Problem.Corrupt e) {
            unpairing.remove(environment, person, device);
        } catch (Problem.NotFound e) {
            if (!unpairing.isLeftUnreadable(environment, person, device)) {
                throw e;
            }
            unpairing.remove(environment, person, device);
        }
    }

    private PairedDevice change(Environment environment, UUID person, UUID device, UnaryOperator<Device> change) {
        devices.get(environment, person, device);
        devices.change(environment, device, change);
        return devices.get(environment, person, device);
    }
}
