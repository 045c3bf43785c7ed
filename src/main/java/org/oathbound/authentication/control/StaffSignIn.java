package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.device.control.DeviceVerification;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.password.GuessLimit;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Verdict;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

/**
 * Signs people in who hold a role: by password and code, always both, whatever settings let others do with less. The code
 * is of the first device that can be used.
 */
@ApplicationScoped
public class StaffSignIn {

    private final Persons persons;
    private final Passwords passwords;
    private final GuessLimit guesses;
    private final FindUsableDevices usableDevices;
    private final DeviceVerification verification;

    @Inject
    StaffSignIn(
            Persons persons,
            Passwords passwords,
            GuessLimit guesses,
            FindUsableDevices usableDevices,
            DeviceVerification verification) {
        this.persons = persons;
        this.passwords = passwords;
        this.guesses = guesses;
        this.usableDevices = usableDevices;
        this.verification = verification;
    }

    /** The outcome of a sign-in. */
    public sealed interface Result {
        /** Name, password and code are right. */
        record SignedIn(UUID person) implements Result {}

        /** The code was right and far away: the directly following one is needed. */
        record NeedsNextCode() implements Result {}

        /**
         * Name, password or code is wrong, something is locked, or the person holds no role; which of these is not
         * told.
         */
        record Refused() implements Result {}
    }

    /**
     * Checks a person's password, and only then a code. Whatever is refused costs one hash and one write.
     *
     * @throws Problem.Unavailable when there is no verdict
     * @throws Problem.Limited after too many wrong attempts
     */
    public Result signIn(Environment environment, String username, String password, Optional<Passcode> code) {
        Optional<FoundPerson> person = persons.read(environment, username);
        Account account = new Account(environment, username, person, Optional.empty());
        return guesses.counted(
                account.asker(),
                () -> signIn(environment, person, password, code),
                result -> result instanceof Result.SignedIn);
    }

    private Result signIn(
            Environment environment, Optional<FoundPerson> person, String password, Optional<Passcode> code) {
        if (person.isEmpty()) {
            passwords.refuse(Set.of(password));
            return new Result.Refused();
        }
        Passwords.Attempt attempt = passwords.attempt(environment, person.get(), Set.of(password));
        if (!attempt.isRight(password)) {
            attempt.wrong();
            return new Result.Refused();
        }
        Optional<PairedDevice> device = person.filter(
                        found -> !RoleHolders.of(found.stored()).isEmpty())
                .flatMap(found ->
                        usableDevices.of(environment, found.enrolment()).first());
        if (device.isEmpty() || code.isEmpty()) {
            attempt.inVain();
            return new Result.Refused();
        }
        Result result = judge(environment, person.get().enrolment(), device.get(), code.get(), attempt);
        return result instanceof Result.SignedIn && !attempt.signedIn() ? new Result.Refused() : result;
    }

    private Result judge(
            Environment environment,
            Enrolment enrolment,
            PairedDevice device,
            Passcode code,
            Passwords.Attempt attempt) {
        try {
            Verdict verdict = verification.verify(environment, enrolment, device, code, Purpose.SIGN_ON);
            return switch (verdict) {
                case Accepted accepted -> new Result.SignedIn(enrolment.person());
                case NeedsNext needsNext -> new Result.NeedsNextCode();
                case Rejected rejected -> new Result.Refused();
                case Locked locked -> inVain(attempt);
            };
        } catch (Problem.NotFound e) { // gone since it was listed
            return inVain(attempt);
        }
    }

    private static Result inVain(Passwords.Attempt attempt) {
        attempt.inVain();
        return new Result.Refused();
    }
}
