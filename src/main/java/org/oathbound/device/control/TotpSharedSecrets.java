package org.oathbound.device.control;

import com.unboundid.util.Base32;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Generated;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.PersonalTokens;

/**
 * TOTP shared secrets as PingDirectory calls them: each is the secret of an authenticator app that is a device of the person,
 * and each such device, however it was made, has one.
 */
@ApplicationScoped
public class TotpSharedSecrets {

    private static final int CHARACTERS_IN_A_BLOCK = 8;

    private final DevicePairing pairing;
    private final Unpairing unpairing;
    private final Enrolments enrolments;
    private final Devices devices;
    private final DeviceVerification verification;
    private final PersonalTokens personalTokens;

    @Inject
    public TotpSharedSecrets(
            DevicePairing pairing,
            Unpairing unpairing,
            Enrolments enrolments,
            Devices devices,
            DeviceVerification verification,
            PersonalTokens personalTokens) {
        this.pairing = pairing;
        this.unpairing = unpairing;
        this.enrolments = enrolments;
        this.devices = devices;
        this.verification = verification;
        this.personalTokens = personalTokens;
    }

    /**
     * Makes one more secret, which is good at once and shown this once.
     *
     * @param byPassword whether the caller has proved nothing but the person's password
     * @throws Problem.NotFound when there is no such person
     * @throws Problem.Forbidden when a password is not enough: {@code enrolByPassword} of the environment's oathSettings
     * @throws Problem.RequestFailed when the person has the maximum number of devices, or apps are switched off
     */
    public SharedSecret generate(Environment environment, UUID person, boolean byPassword) {
        Enrolment enrolment = enrolments.get(environment, person);
        Enrolment proven = verification.proven(environment, enrolment, devices.list(environment, enrolment));
        NewDevice wanted = new NewDevice(new Generated(byPassword), Device.Status.ACTIVE, null, null);
        pairing.check(environment, proven, wanted);
        return Objects.requireNonNull(
                pairing.pair(environment, person, wanted).secret(), "one is made for every app without");
    }

    /**
     * Removes the person's device with that secret; false when there is none. {@link Problem.NotFound} for an unknown
     * person.
     */
    public boolean revoke(Environment environment, UUID person, SharedSecret secret) {
        Optional<Device> found = apps(environment, person).stream()
                .filter(device -> personalTokens.hasSecret(environment, device.token(), secret))
                .findFirst();
        return found.isPresent() && isUnpaired(environment, found.get());
    }

    /** Takes all apps from the person, and no fob; {@link Problem.NotFound} when there is no such person. */
    public void revokeAll(Environment environment, UUID person) {
        apps(environment, person).forEach(device -> isUnpaired(environment, device));
    }

    /** As people and programs write it: Base32 (RFC 4648 section 6) without padding. */
    public static String text(SharedSecret secret) {
        return Base32.encode(secret.bytes()).replace("=", "");
    }

    /** The secret that is written so, in either case, with padding or without; empty when that is none. */
    public static Optional<SharedSecret> parse(String text) {
        String digits = text.toUpperCase(Locale.ROOT).replaceFirst("={1,6}$", "");
        int missing = -digits.length() & (CHARACTERS_IN_A_BLOCK - 1);
        try {
            byte[] bytes = Base32.decode(digits + "=".repeat(missing));
            return bytes.length == 0 ? Optional.empty() : Optional.of(SharedSecret.ofBytes(bytes));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private List<Device> apps(Environment environment, UUID person) {
        Enrolment enrolment = enrolments.get(environment, person);
        return enrolment.devices().stream()
                .flatMap(listed -> devices.listed(environment, enrolment, listed.device()).stream())
                .filter(device -> device.type() == Device.Type.TOTP)
                .toList();
    }

    /** False when another was faster. */
    private boolean isUnpaired(Environment environment, Device device) {
        try {
            unpairing.unpair(environment, device.person(), device.id(), device.token());
            return true;
        } catch (Problem.NotFound e) {
            return false;
        }
    }
}
