package org.oathbound.device.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.SignIn.SignedIn;
import org.oathbound.device.entity.Credential;
import org.oathbound.device.entity.Credential.Split;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.OathSettings.Bind;
import org.oathbound.environment.Settings;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Verifier.Foreseen;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.NeedsNext;

/**
 * One person's attempt to sign in with one line. It does not name the device of its code: the code is first judged for each
 * device, without storing anything. Then the password is checked, once, and only then the judgement is stored. So a wrong
 * password consumes no code.
 */
final class SignInAttempt {

    private final Environment environment;
    private final FoundPerson person;
    private final Enrolment enrolment;
    private final Credential credential;
    private final Settings inForce;
    private final List<PairedDevice> usable;
    private final List<Candidate> candidates;
    private final Parts parts;

    /** What it works with. */
    record Parts(
            Devices devices,
            DeviceVerification verification,
            Passwords passwords,
            PaddingEntries padding,
            Bypass bypass,
            CurrentSettings settings) {}

    SignInAttempt(Environment environment, FoundPerson person, Credential credential, Parts parts) {
        this.parts = parts;
        this.environment = environment;
        this.person = person;
        this.credential = credential;
        this.inForce = parts.settings.of(environment);
        List<PairedDevice> paired = isPasswordAlone() && !mayRequireCode()
                ? List.of()
                : parts.devices.list(environment, person.enrolment());
        this.enrolment = parts.verification.proven(environment, person.enrolment(), paired);
        this.usable = paired.stream().filter(this::isUsable).toList();
        this.candidates = isPasswordAlone() ? List.of() : candidates();
    }

    Optional<SignedIn> outcome() {
        Candidate fitting = fitting();
        boolean codeRequired = isCodeRequired();
        if (fitting != null && (codeRequired || fitting.verdict() instanceof Accepted)) {
            return isPassword(fitting.split) && isAccepted(fitting) ? letIn(true) : Optional.empty();
        } else if (!codeRequired) {
            return parts.passwords.check(environment, person, credential.whole()) ? letIn(false) : Optional.empty();
        }
        return nothingFits();
    }

    /** The code alone: of the device that it fits, else each of its length counts. */
    boolean isCode() {
        Candidate fitting = fitting();
        if (fitting != null) {
            return isAccepted(fitting);
        }
        boolean accepted = false;
        for (Candidate candidate : candidates) {
            accepted |= isAccepted(candidate);
        }
        return accepted;
    }

    /** Each code counts, but where it depends on a password that is wrong: then that counts. */
    private Optional<SignedIn> nothingFits() {
        if (candidates.isEmpty()) {
            refuseWithoutCode();
            return Optional.empty();
        }
        Candidate first = candidates.getFirst();
        boolean right = isPassword(first.split);
        boolean accepted = false;
        for (Candidate candidate : candidates) {
            boolean sameSplit = candidate.split.equals(first.split);
            if (right || !sameSplit) {
                // What did not fit a moment ago may do so now, when a time step has begun.
                accepted |= isAccepted(candidate) && right && sameSplit;
            }
        }
        return accepted ? letIn(true) : Optional.empty();
    }

    /**
     * The password that there would be in front of a code; it may be right, and still does not sign the person in.
     */
    private void refuseWithoutCode() {
        if (parts.passwords.check(environment, person, credential.withoutCode(codeLength()))) {
            parts.padding.write(); // as for one that is wrong
        }
    }

    private int codeLength() {
        return usable.isEmpty() ? 0 : digits(usable.getFirst());
    }

    private @Nullable Candidate fitting() {
        return candidates.stream()
                .filter(candidate -> candidate.verdict() instanceof Accepted)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(candidate -> candidate.verdict() instanceof NeedsNext)
                        .findFirst())
                .orElse(null);
    }

    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        for (PairedDevice device : usable) {
            credential.split(digits(device)).ifPresent(split -> foresee(device, split)
                    .ifPresent(found::add));
        }
        return found;
    }

    private Optional<Candidate> foresee(PairedDevice device, Split split) {
        try {
            Foreseen foreseen = parts.verification.foresee(environment, device, split.code(), Purpose.SIGN_ON);
            return Optional.of(new Candidate(device, split, foreseen));
        } catch (Problem.Corrupt e) { // its secret does not open, which the audit says: the others are judged
            return Optional.empty();
        }
    }

    /** Whether its codes are judged at all. */
    private boolean isUsable(PairedDevice device) {
        return device.device().status() == Device.Status.ACTIVE
                && !device.isBlocked()
                && device.device().type().method(inForce).enabled();
    }

    /** Whether it depends on the person's devices that a password alone is not enough. */
    private boolean mayRequireCode() {
        return inForce.oath().bind() != Bind.PASSWORD
                && person.enrolment().devices().stream().anyMatch(Listed::unproven);
    }

    /** Whether it is right, or none is asked for. */
    private boolean isPassword(Split split) {
        if (split.password().isEmpty() && inForce.oath().codeAlone()) {
            return true;
        }
        return parts.passwords.check(environment, person, split.password());
    }

    private boolean isAccepted(Candidate candidate) {
        try {
            Verdict verdict = parts.verification.verify(environment, enrolment, candidate.device, candidate.foreseen);
            if (verdict instanceof Verdict.Locked) {
                parts.padding.write(); // that nothing is judged does not show
            }
            return verdict instanceof Accepted;
        } catch (Problem.NotFound e) { // gone since it was listed
            parts.padding.write();
            return false;
        }
    }

    private boolean isPasswordAlone() {
        return switch (credential) {
            case Credential.Password password -> true;
            case Credential.Joined joined -> inForce.oath().bind() == Bind.PASSWORD;
            case Credential.Separate separate -> false;
        };
    }

    /**
     * A person for whom a code is required needs one also when all their devices are gone. A code that is sent is
     * judged.
     */
    private boolean isCodeRequired() {
        if (credential instanceof Credential.Separate) {
            return true;
        }
        boolean wanted =
                switch (inForce.oath().bind()) {
                    case PASSWORD -> false;
                    case PASSWORD_AND_CODE -> true;
                    case CODE_ONCE_ENROLLED -> enrolment.mfaEnabled() && enrolment.codeRequired();
                };
        return wanted && parts.bypass.until(environment, enrolment).isEmpty();
    }

    private Optional<SignedIn> letIn(boolean withCode) {
        return Optional.of(new SignedIn(person.person(), withCode));
    }

    private static int digits(PairedDevice device) {
        return device.token().metadata().digits();
    }

    /**
     * A device, and the code of its length.
     *
     * @param foreseen what judging the code would say
     */
    private record Candidate(PairedDevice device, Split split, Foreseen foreseen) {

        Verdict verdict() {
            return foreseen.verdict();
        }
    }
}
