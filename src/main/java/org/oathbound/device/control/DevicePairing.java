package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.NewDevice.Generated;
import org.oathbound.device.entity.NewDevice.Temporary;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.TokenId;

/**
 * Pairs a person with a token: the token's value, the device's entry, the person's list, which commits. What fails is
 * undone; what is cut off is swept.
 */
@ApplicationScoped
public class DevicePairing {

    /** A pairing that was begun longer ago and is not committed is abandoned. */
    static final Duration UNCOMMITTED_LASTS = Duration.ofMinutes(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Directory directory;
    private final Enrolments enrolments;
    private final Devices devices;
    private final Unpairing unpairing;
    private final Pairings pairings;
    private final PersonalTokens personalTokens;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    public DevicePairing(
            Directory directory,
            Enrolments enrolments,
            Devices devices,
            Unpairing unpairing,
            Pairings pairings,
            PersonalTokens personalTokens,
            CurrentSettings settings,
            Clock clock) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.devices = devices;
        this.unpairing = unpairing;
        this.pairings = pairings;
        this.personalTokens = personalTokens;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What was paired, with what is shown this once.
     *
     * @param secret of an app; null for others
     * @param codes of a temporary device; empty for others
     */
    public record Paired(PairedDevice device, @Nullable SharedSecret secret, List<Passcode> codes) {}

    /**
     * Pairs a device.
     *
     * @throws Problem.NotFound when there is no such person
     * @throws Problem.InvalidData for a serial number that is unknown or paired with this person already, and for a
     *     device to replace that is not this person's
     * @throws Problem.RequestFailed when the limit is reached, or the environment does not pair devices of that kind
     * @throws Problem.Forbidden when a password is not enough for it
     * @throws Problem.Unavailable when the same pairing was begun before and is not known to be over
     */
    public Paired pair(Environment environment, UUID person, NewDevice wanted) {
        return pair(environment, person, wanted, null);
    }

    /**
     * The same for a job's row.
     *
     * @param mark what the row leaves on the enrolment, in the write that commits
     */
    public Paired pair(Environment environment, UUID person, NewDevice wanted, @Nullable String mark) {
        PairingRules rules = checked(environment, person, wanted);
        PairingAttempt attempt = new PairingAttempt(environment, person, wanted, mark, GeneralizedTime.now(clock));
        Enrolment committed;
        PairedDevice paired;
        try {
            begin(attempt);
            attempt.checkTime();
            if (!directory.add(DeviceEntry.of(environment, attempt.device()))) {
                throw new Problem.Corrupt("There is a device " + attempt.id() + " already.");
            }
            attempt.checkTime();
            committed = enrolments.change(
                    environment, person, mark, now -> rules.with(attempt.committing(now), attempt.id()));
            attempt.committed();
            paired = devices.find(environment, committed, attempt.id())
                    .orElseThrow(() -> new Problem.Unavailable(
                            "The token was revoked, or the user deleted, while they were paired.", RETRY_AFTER));
        } catch (RuntimeException e) {
            undo(attempt, rules, e);
            throw e;
        }
        Unpairing.orLeave(() -> replace(environment, committed, paired.device()));
        return attempt.paired(paired);
    }

    /** Refuses what {@link #pair} would refuse as things stand, but for what it learns from the token; changes nothing. */
    public void check(Environment environment, UUID person, NewDevice wanted) {
        checked(environment, person, wanted);
    }

    /** The same of a fob, with what is learned from the token. */
    public void checkFob(Environment environment, UUID person, NewDevice wanted, TokenId token) {
        checked(environment, person, wanted);
        Optional<Pairing> already;
        try {
            already = pairings.check(environment, token, person, clock.instant());
        } catch (Problem.NotFound e) {
            throw PairingRules.unknownSerialNumber();
        }
        Enrolment enrolment = enrolments.get(environment, person);
        if (already.filter(pairing -> enrolment.lists(pairing.device())).isPresent()) {
            throw PairingRules.alreadyPaired();
        }
    }

    /** The same of what the rules say of an enrolment that need not be the stored one. */
    void check(Environment environment, Enrolment enrolment, NewDevice wanted) {
        new PairingRules(settings.of(environment), wanted).check(enrolment);
    }

    private PairingRules checked(Environment environment, UUID person, NewDevice wanted) {
        Enrolment before = enrolments.get(environment, person);
        PairingRules rules = new PairingRules(settings.of(environment), wanted);
        rules.check(before);
        requireReplaceable(environment, before, wanted);
        return rules;
    }

    private void requireReplaceable(Environment environment, Enrolment enrolment, NewDevice wanted) {
        UUID old = wanted.replaces();
        if (old != null && devices.find(environment, enrolment, old).isEmpty()) {
            throw PairingRules.nothingToReplace();
        }
    }

    /** The device that goes when the new one is active: blocked at once by the list, and by its own entry from here on. */
    private void replace(Environment environment, Enrolment committed, Device device) {
        UUID old = device.replaces();
        if (old != null) {
            devices.change(
                    environment,
                    old,
                    before -> before.withBlockedAt(GeneralizedTime.now(clock), GeneralizedTime.now(clock)));
            if (device.status() == Device.Status.ACTIVE) {
                unpairing.removeReplaced(environment, committed, device);
            }
        }
    }

    private void begin(PairingAttempt attempt) {
        switch (attempt.wanted().kind()) {
            case Fob fob -> beginWithFob(attempt);
            case Temporary temporary ->
                attempt.shows(personalTokens.createTemporary(
                        attempt.environment(), attempt.pairing(), temporary.codes(), temporary.validUntil()));
            case App app -> beginWithApp(attempt, app.secret());
            case Generated generated -> beginWithApp(attempt, null);
        }
    }

    /** @param secret what the app has in it already; null when a secret is made for it and shown */
    private void beginWithApp(PairingAttempt attempt, @Nullable AppSecret secret) {
        if (secret == null) {
            attempt.shows(personalTokens.createForApp(attempt.environment(), attempt.pairing()));
        } else {
            personalTokens.createForApp(attempt.environment(), attempt.pairing(), secret);
        }
    }

    private void beginWithFob(PairingAttempt attempt) {
        Optional<Pairing> before = beginIfNone(attempt);
        if (before.isEmpty()) {
            return;
        }
        Pairing other = before.get();
        // Read again: the other may have been committed since.
        if (enrolments.get(attempt.environment(), attempt.person()).lists(other.device())) {
            throw PairingRules.alreadyPaired();
        }
        if (GeneralizedTime.now(clock).isBefore(other.begunAt().plus(UNCOMMITTED_LASTS))) {
            throw new Problem.Unavailable(
                    "This token and this user are being paired by another call, or that was cut off. Try again later.",
                    RETRY_AFTER);
        }
        unpairing.remove(attempt.environment(), other.person(), other.device(), attempt.token());
        if (beginIfNone(attempt).isPresent()) {
            throw PairingRules.alreadyPaired();
        }
    }

    private Optional<Pairing> beginIfNone(PairingAttempt attempt) {
        try {
            return pairings.begin(attempt.environment(), attempt.token(), attempt.pairing());
        } catch (Problem.NotFound e) {
            throw PairingRules.unknownSerialNumber();
        }
    }

    /** Takes back whatever of it was done. What can't be now, the sweep takes. */
    private void undo(PairingAttempt attempt, PairingRules rules, RuntimeException cause) {
        try {
            enrolments.takeBack(
                    attempt.environment(),
                    attempt.person(),
                    attempt.mark(),
                    now -> rules.without(now, attempt.id(), attempt.hasBlocked()));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        try {
            unpairing.remove(attempt.environment(), attempt.person(), attempt.id(), attempt.token());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
