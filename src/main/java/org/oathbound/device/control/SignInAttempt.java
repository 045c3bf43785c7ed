package org.oathbound.device.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.SignIn.SignedIn;
import org.oathbound.device.entity.Credential;
import org.oathbound.device.entity.Credential.Split;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Settings;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Foreseen;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;

/**
 * One person's attempt to sign in. What is typed does not name the device of its code: the code is first judged for each device,
 * without storing anything. Then the password is checked, once for each length that the devices' codes have, and only then is a
 * judgement stored: that of the device that the code fits, else those of all devices before whose code stands the right password.
 * So a wrong password consumes no code, and nobody who does not know the password counts anything on a device. A code that was
 * used before, or fits a locked device, counts nowhere. A success takes back what such lines have counted on the other devices.
 */
final class SignInAttempt {

    private final Environment environment;
    private final FoundPerson person;
    private final Enrolment enrolment;
    private final Credential credential;
    private final Settings inForce;
    private final List<PairedDevice> paired;
    private final List<Candidate> candidates;
    private final Parts parts;

    /** What it works with. */
    record Parts(DeviceVerification verification, Passwords passwords, PaddingEntries padding) {}

    /** @param paired the person's devices; none where the credential holds no code */
    SignInAttempt(
            Environment environment,
            FoundPerson person,
            Enrolment enrolment,
            Credential credential,
            Settings inForce,
            List<PairedDevice> paired,
            Parts parts) {
        this.environment = environment;
        this.person = person;
        this.enrolment = enrolment;
        this.credential = credential;
        this.inForce = inForce;
        this.paired = paired;
        this.parts = parts;
        this.candidates = candidates();
    }

    /**
     * A person for whom a code is required needs one also when all their devices are gone. A code that is sent is judged.
     */
    boolean isCodeRequired(Bypass bypass) {
        if (credential instanceof Credential.Separate) {
            return true;
        }
        boolean wanted =
                switch (inForce.oath().bind()) {
                    case PASSWORD -> false;
                    case PASSWORD_AND_CODE -> true;
                    case CODE_ONCE_ENROLLED -> enrolment.mfaEnabled() && enrolment.codeRequired();
                };
        return wanted && bypass.until(environment, enrolment).isEmpty();
    }

    /** By the password; also with a code behind it, if that is accepted by itself. */
    Optional<SignedIn> withPassword() {
        Optional<Candidate> fitting = first(candidates, verdict -> verdict instanceof Accepted);
        if (fitting.isPresent()) {
            return withCode(List.of(fitting.get()));
        }
        Passwords.Attempt attempt = attempt(Set.of(credential.whole()));
        if (attempt.isRight(credential.whole())) {
            return attempt.signedIn() ? Optional.of(new SignedIn(person.person(), false)) : Optional.empty();
        }
        attempt.wrong();
        return Optional.empty();
    }

    /** By the password and a code. */
    Optional<SignedIn> withCode() {
        return candidates.isEmpty() ? withoutCode() : withCode(candidates);
    }

    /** The code alone. */
    boolean isCode() {
        return judged(candidates).isPresent();
    }

    /** The password that there would be in front of a code; it may be right, and still does not sign the person in. */
    private Optional<SignedIn> withoutCode() {
        String password = credential.withoutCode(codeLength());
        Passwords.Attempt attempt = attempt(Set.of(password));
        if (attempt.isRight(password)) {
            attempt.inVain();
        } else {
            attempt.wrong();
        }
        return Optional.empty();
    }

    private int codeLength() {
        return paired.stream()
                .filter(this::isJudged)
                .findFirst()
                .map(SignInAttempt::digits)
                .orElse(0);
    }

    private Optional<SignedIn> withCode(List<Candidate> typed) {
        Set<String> typedPasswords = typed.stream()
                .map(candidate -> candidate.split().password())
                .filter(password -> !isDispensable(password))
                .collect(Collectors.toSet());
        Passwords.Attempt attempt = attempt(typedPasswords);
        List<Candidate> right = typed.stream()
                .filter(candidate -> isDispensable(candidate.split().password())
                        || attempt.isRight(candidate.split().password()))
                .toList();
        if (right.isEmpty()) {
            attempt.wrong();
        }
        Optional<Candidate> accepted = judged(right);
        if (accepted.isEmpty()) {
            pad(typed.size() - Math.max(1, right.size()));
            return Optional.empty();
        }
        boolean isByPassword = !isDispensable(accepted.get().split().password());
        return isByPassword && !attempt.signedIn()
                ? Optional.empty()
                : Optional.of(new SignedIn(person.person(), true));
    }

    private Passwords.Attempt attempt(Set<String> typed) {
        return parts.passwords.attempt(environment, person, typed);
    }

    /** Whether the code alone is enough; of a person who is disabled nothing is. */
    private boolean isDispensable(String password) {
        return password.isEmpty() && inForce.oath().codeAlone() && enrolment.enabled();
    }

    /** The one whose code was accepted. Each is one write, whatever comes of it, but behind the one that fits. */
    private Optional<Candidate> judged(List<Candidate> right) {
        Optional<Candidate> fitting = first(right, verdict -> verdict instanceof Accepted)
                .or(() -> first(right, verdict -> verdict instanceof NeedsNext));
        if (fitting.isPresent()) {
            Optional<Candidate> accepted = fitting.filter(this::isAccepted);
            accepted.ifPresentOrElse(this::takeBack, () -> pad(right.size() - 1));
            return accepted;
        }
        boolean isNoGuess = right.stream().anyMatch(Candidate::isNoGuess);
        Optional<Candidate> accepted = Optional.empty();
        for (Candidate candidate : right) {
            if (isNoGuess && !candidate.isNoGuess()) {
                pad(1);
            } else if (isAccepted(candidate)) {
                accepted = Optional.of(candidate); // what did not fit a moment ago: a time step has begun
            }
        }
        accepted.ifPresent(this::takeBack);
        return accepted;
    }

    private static Optional<Candidate> first(List<Candidate> of, Predicate<Verdict> verdict) {
        return of.stream()
                .filter(candidate -> verdict.test(candidate.verdict()))
                .findFirst();
    }

    private boolean isAccepted(Candidate candidate) {
        try {
            Verdict verdict =
                    parts.verification.verify(environment, enrolment, candidate.device(), candidate.foreseen());
            if (verdict instanceof Locked) {
                pad(1); // that nothing is judged does not show
            }
            return verdict instanceof Accepted;
        } catch (Problem.NotFound e) { // gone since it was listed
            pad(1);
            return false;
        }
    }

    private void takeBack(Candidate accepted) {
        parts.verification.takeBack(environment, enrolment.person(), paired, accepted.device());
    }

    private void pad(int writes) {
        for (int i = 0; i < writes; i++) {
            parts.padding.write();
        }
    }

    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        for (PairedDevice device : paired) {
            if (isJudged(device)) {
                credential
                        .split(digits(device))
                        .map(split -> foreseen(device, split))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Null where its secret does not open, which the audit says: the others are judged. */
    private @Nullable Candidate foreseen(PairedDevice device, Split split) {
        try {
            Foreseen foreseen =
                    parts.verification.foresee(environment, device, enrolment.person(), split.code(), Purpose.SIGN_ON);
            return new Candidate(device, split, foreseen);
        } catch (Problem.Corrupt e) {
            return null;
        }
    }

    /** Whether its codes are judged at all. */
    private boolean isJudged(PairedDevice device) {
        return device.device().status() == Device.Status.ACTIVE
                && !device.isBlocked()
                && device.device().type().method(inForce).enabled();
    }

    private static int digits(PairedDevice device) {
        return device.token().metadata().digits();
    }
}
