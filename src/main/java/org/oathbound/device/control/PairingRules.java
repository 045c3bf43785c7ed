package org.oathbound.device.control;

import java.util.Map;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Generated;
import org.oathbound.environment.Settings;
import org.oathbound.environment.Settings.Method;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Whether a person may have one device more, and the person's device list with it. */
final class PairingRules {

    /** Each temporary device gives an attacker further attempts at guessing. */
    private static final int MAX_TEMPORARY = 3;

    /** Devices that are being replaced don't count towards the limit, and stay until the new one is activated. */
    private static final int MAX_LISTED = 50;

    private final Settings settings;
    private final NewDevice wanted;

    PairingRules(Settings settings, NewDevice wanted) {
        this.settings = settings;
        this.wanted = wanted;
    }

    /** Refuses what is refused later anyway, before anything is begun. */
    void check(Enrolment enrolment) {
        Method method = wanted.kind().type().method(settings);
        if (!method.enabled() || method.pairingDisabled()) {
            throw new Problem.RequestFailed(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "type",
                    "The environment's default policy does not let devices of this type be paired: allow pairing there.");
        }
        with(enrolment, new UUID(0, 0));
    }

    /** The enrolment with the new device on its list; {@link Problem} when it has no place there. */
    Enrolment with(Enrolment enrolment, UUID device) {
        if (wanted.kind() instanceof Generated generated && generated.byPassword()) {
            requirePasswordSuffices(enrolment);
        }
        UUID old = wanted.replaces();
        if (old != null && !enrolment.lists(old)) {
            throw nothingToReplace();
        }
        Enrolment changed = old == null ? enrolment : enrolment.withReplaced(old, true);
        changed = changed.with(new Listed(device, isTemporary(), false, isUnproven()));
        // A replacement does not raise the number of devices, so it is allowed also where the limit was lowered since.
        if (changed.counted() > Math.max(settings.maxDevices(), enrolment.counted())) {
            throw tooMany(settings.maxDevices());
        }
        if (isTemporary()
                && changed.devices().stream().filter(Listed::temporary).count() > MAX_TEMPORARY) {
            throw tooMany(MAX_TEMPORARY);
        }
        if (changed.devices().size() > MAX_LISTED) {
            throw tooMany(MAX_LISTED);
        }
        boolean isProven = wanted.status() == Device.Status.ACTIVE && !isUnproven();
        return isProven ? changed.withCodeRequired(true) : changed;
    }

    /**
     * The enrolment as it is without the new device after all.
     *
     * @param unblock whether the old one is to be used again; not if another has taken its place
     */
    Enrolment without(Enrolment enrolment, UUID device, boolean unblock) {
        Enrolment changed = enrolment.without(device);
        UUID old = wanted.replaces();
        if (!unblock || old == null) {
            return changed;
        }
        Enrolment unblocked = changed.withReplaced(old, false);
        return unblocked.counted() > settings.maxDevices() ? changed : unblocked;
    }

    /** A client that knows only the password must not add a second factor beside, or instead of, the owner's. */
    private void requirePasswordSuffices(Enrolment enrolment) {
        boolean suffices =
                switch (settings.oath().enrolByPassword()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case UNTIL_FIRST_CODE ->
                        !enrolment.codeRequired()
                                && enrolment.devices().stream().allMatch(Listed::unproven);
                };
        if (!suffices) {
            throw new Problem.Forbidden(
                    "The password alone does not suffice here any more: a code does, or an administrator.");
        }
    }

    static Problem.RequestFailed tooMany(int maximum) {
        return new Problem.RequestFailed(new Detail(
                DetailCode.LIMIT_EXCEEDED,
                null,
                "Maximum allowed devices has been reached: unpair one first.",
                Map.of("maximumAllowed", maximum)));
    }

    static Problem.InvalidData nothingToReplace() {
        return new Problem.InvalidData(
                DetailCode.INVALID_VALUE, "replaces.id", "The user has no device with this id that could be replaced.");
    }

    static Problem.InvalidData alreadyPaired() {
        return new Problem.InvalidData(
                DetailCode.UNIQUENESS_VIOLATION, "serialNumber", "The token is paired with this user already.");
    }

    static Problem.InvalidData unknownSerialNumber() {
        return new Problem.InvalidData(
                DetailCode.CONSTRAINT_VIOLATION, "serialNumber", "There is no token with this serial number.");
    }

    private boolean isUnproven() {
        return wanted.kind() instanceof Generated;
    }

    private boolean isTemporary() {
        return wanted.kind().type() == Device.Type.TEMPORARY;
    }
}
