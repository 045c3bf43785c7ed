package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.entity.Credential;
import org.oathbound.environment.Environment;
import org.oathbound.password.GuessLimit;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Problem;

/**
 * Lets people and applications in by what they type. {@link Problem.Unavailable} from each method when there is no verdict,
 * {@link Problem.Limited} after too many wrong attempts.
 */
@ApplicationScoped
public class PasswordAuthentication {

    private final Enrolments enrolments;
    private final SignIn signIn;
    private final Applications applications;
    private final RoleHolders holders;
    private final GuessLimit guesses;

    @Inject
    PasswordAuthentication(
            Enrolments enrolments, SignIn signIn, Applications applications, RoleHolders holders, GuessLimit guesses) {
        this.enrolments = enrolments;
        this.signIn = signIn;
        this.applications = applications;
        this.holders = holders;
        this.guesses = guesses;
    }

    /**
     * The caller, authenticated by one line.
     *
     * @param secret an application's secret; a person's password, or password and the code behind it
     */
    public Optional<RequestPrincipal> caller(Account account, String secret) {
        Environment environment = account.environment();
        Optional<UUID> application = account.application();
        if (application.isPresent()) {
            return applications
                    .authenticate(environment, application.get(), secret)
                    .map(found -> RequestPrincipal.application(environment, found));
        }
        return signIn(account, new Credential.Joined(secret))
                .map(session -> RequestPrincipal.person(
                        environment, session, RoleHolders.of(account.person().flatMap(FoundPerson::stored))));
    }

    /**
     * Signs a person in for longer than one request. For a person of a corporate directory the enrolment is created
     * here at the latest: an access token without one belongs to no person.
     */
    public Optional<PersonSession> begin(Account account, Credential credential) {
        Optional<PersonSession> session = signIn(account, credential);
        session.flatMap(begun -> account.person()).ifPresent(person -> enrolments.keep(account.environment(), person));
        return session;
    }

    /** Signs a person in with that credential. */
    public Optional<PersonSession> signIn(Account account, Credential credential) {
        return guesses.counted(
                        account.asker(),
                        () -> signIn.signIn(account.environment(), account.person(), credential),
                        Optional::isPresent)
                .map(in -> new PersonSession(in.person().id(), in.withCode()));
    }

    /** The person of that session, with the person's roles. */
    public RequestPrincipal caller(Environment environment, PersonSession session) {
        return RequestPrincipal.person(environment, session, holders.of(environment, session.person()));
    }
}
