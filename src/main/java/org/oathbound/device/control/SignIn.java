package org.oathbound.device.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.device.entity.Credential;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/**
 * Signs people in where there is one line of input: a password, or a password and a code, as {@code bind} in the
 * environment's oathSettings says.
 */
@ApplicationScoped
public class SignIn {

    private final Passwords passwords;
    private final PaddingEntries padding;
    private final SignInAttempt.Parts parts;

    @Inject
    public SignIn(
            Devices devices,
            DeviceVerification verification,
            Passwords passwords,
            PaddingEntries padding,
            Bypass bypass,
            CurrentSettings settings) {
        this.passwords = passwords;
        this.padding = padding;
        this.parts = new SignInAttempt.Parts(devices, verification, passwords, padding, bypass, settings);
    }

    /**
     * A person who has signed in.
     *
     * @param withCode whether a code of the person's was accepted
     */
    public record SignedIn(Person person, boolean withCode) {}

    /**
     * Checks the credential. An unknown name, a wrong password and a wrong code cost the same: one hash, and a write.
     * The entry of each device and that of its token are read once.
     *
     * @param person empty when no person has that name
     * @return empty when the sign-in is refused; the reason is not told
     * @throws Problem.Unavailable when there is no verdict
     */
    public Optional<SignedIn> signIn(Environment environment, Optional<FoundPerson> person, Credential credential) {
        if (person.isEmpty() || passwords.isLocked(person.get())) {
            passwords.refuse(credential.whole());
            return Optional.empty();
        }
        return new SignInAttempt(environment, person.get(), credential, parts).outcome();
    }

    /**
     * Whether a code is one of the person's: it is judged, and counts, without any password. Where no person has that
     * name, a write is made all the same.
     *
     * @throws Problem.Unavailable when there is no verdict
     */
    public boolean validate(Environment environment, Optional<FoundPerson> person, String code) {
        if (person.isEmpty()) {
            padding.write();
            return false;
        }
        return new SignInAttempt(environment, person.get(), new Credential.Separate("", code), parts).isCode();
    }
}
