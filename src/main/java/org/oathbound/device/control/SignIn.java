package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oathbound.device.entity.Credential;
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
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/**
 * Signs people in where there is one line of input: a password, or a password and a code, as {@code bind} in the
 * environment's oathSettings says.
 */
@ApplicationScoped
public class SignIn {

    private final Devices devices;
    private final DeviceVerification verification;
    private final Passwords passwords;
    private final PaddingEntries padding;
    private final Bypass bypass;
    private final CurrentSettings settings;

    @Inject
    public SignIn(
            Devices devices,
            DeviceVerification verification,
            Passwords passwords,
            PaddingEntries padding,
            Bypass bypass,
            CurrentSettings settings) {
        this.devices = devices;
        this.verification = verification;
        this.passwords = passwords;
        this.padding = padding;
        this.bypass = bypass;
        this.settings = settings;
    }

    /**
     * A person who has signed in.
     *
     * @param withCode whether a code of the person's was accepted
     */
    public record SignedIn(Person person, boolean withCode) {}

    /**
     * Checks the credential. An unknown name, a wrong password and a wrong code cost the same: one hash, and a write; two
     * hashes where the person's devices have codes of both lengths. The entry of each device and that of its token are read
     * once.
     *
     * @param person empty when no person has that name
     * @return empty when the sign-in is refused; the reason is not told
     * @throws Problem.Unavailable when there is no verdict
     */
    public Optional<SignedIn> signIn(Environment environment, Optional<FoundPerson> person, Credential credential) {
        if (person.isEmpty()) {
            passwords.refuse(Set.of(credential.whole()));
            return Optional.empty();
        }
        SignInAttempt attempt = attempt(environment, person.get(), credential);
        return attempt.isCodeRequired(bypass) ? attempt.withCode() : attempt.withPassword();
    }

    /**
     * Whether a code is one of the person's: it is judged, and counts, without any password. Where no person has that
     * name, and for one who is disabled, a write is made all the same.
     *
     * @throws Problem.Unavailable when there is no verdict
     */
    public boolean validate(Environment environment, Optional<FoundPerson> person, String code) {
        Optional<FoundPerson> enabled = person.filter(found -> found.enrolment().enabled());
        if (enabled.isEmpty()) {
            padding.write();
            return false;
        }
        return attempt(environment, enabled.get(), new Credential.Separate("", code))
                .isCode();
    }

    private SignInAttempt attempt(Environment environment, FoundPerson person, Credential credential) {
        Settings inForce = settings.of(environment);
        Enrolment enrolment = person.enrolment();
        boolean isPasswordAlone = isPasswordAlone(credential, inForce);
        List<PairedDevice> paired = isPasswordAlone && !mayRequireCode(enrolment, inForce)
                ? List.of()
                : devices.list(environment, enrolment);
        return new SignInAttempt(
                environment,
                person,
                verification.proven(environment, enrolment, paired),
                credential,
                inForce,
                isPasswordAlone ? List.of() : paired,
                new SignInAttempt.Parts(verification, passwords, padding));
    }

    private static boolean isPasswordAlone(Credential credential, Settings inForce) {
        return switch (credential) {
            case Credential.Password password -> true;
            case Credential.Joined joined -> inForce.oath().bind() == Bind.PASSWORD;
            case Credential.Separate separate -> false;
        };
    }

    /** Whether it depends on the person's devices that a password alone is not enough. */
    private static boolean mayRequireCode(Enrolment enrolment, Settings inForce) {
        return inForce.oath().bind() != Bind.PASSWORD
                && enrolment.devices().stream().anyMatch(Listed::unproven);
    }
}
